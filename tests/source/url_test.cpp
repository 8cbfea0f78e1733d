#include "source/url.hpp"

#include <gtest/gtest.h>

namespace vigie::source {
namespace {

// The examples of RFC 3986, section 5.4, that feeds can hold.
TEST(Urls, ResolveAsTheStandardSays) {
  struct Case {
    char const *reference, *expected;
  };
  Case const cases[] = {{"g:h", "g:h"},
                        {"g", "http://a/b/c/g"},
                        {"./g", "http://a/b/c/g"},
                        {"g/", "http://a/b/c/g/"},
                        {"/g", "http://a/g"},
                        {"//g", "http://g"},
                        {"?y", "http://a/b/c/d;p?y"},
                        {"g?y", "http://a/b/c/g?y"},
                        {"#s", "http://a/b/c/d;p?q#s"},
                        {".", "http://a/b/c/"},
                        {"..", "http://a/b/"},
                        {"../g", "http://a/b/g"},
                        {"../..", "http://a/"},
                        {"../../g", "http://a/g"},
                        {"../../../g", "http://a/g"},
                        {"g;x=1/../y", "http://a/b/c/y"},
                        {"", ""}};
  for (auto const& c : cases) EXPECT_EQ(resolve_url("http://a/b/c/d;p?q", c.reference), c.expected) << c.reference;
  EXPECT_EQ(resolve_url("", "x/y"), "x/y");
  EXPECT_EQ(resolve_url("http://a", "x"), "http://a/x");
}

}  // namespace
}  // namespace vigie::source
