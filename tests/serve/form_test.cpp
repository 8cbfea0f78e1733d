// Forms as browsers send them, and as they do not; the line that the log gets.
#include "serve/form.hpp"

#include <gtest/gtest.h>

#include "serve/failure_log.hpp"

namespace vigie::serve {
namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=----WebKit42";

TEST(Multipart, ValuesAndFilesAreTakenApart) {
  std::string const body =
      "------WebKit42\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nligne\r\n--autre\r\n"
      "\r\n------WebKit42\r\ncontent-disposition: form-data; name=\"file\"; filename=\"C:\\\\une\\page.html\"\r\n"
      "Content-Type: text/html\r\n\r\n<p>x</p>\r\n------WebKit42--\r\n";
  auto const parts = parse_multipart(kType, body);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].name, "text");
  EXPECT_EQ((*parts)[0].value, "ligne\r\n--autre\r\n");
  EXPECT_FALSE((*parts)[0].is_file);
  EXPECT_EQ((*parts)[1].file_name, "page.html");
  EXPECT_EQ((*parts)[1].content_type, "text/html");
  EXPECT_TRUE((*parts)[1].is_file);
}

TEST(Multipart, WhatIsCutShortIsRefusedWhereverItIsCut) {
  std::string const whole =
      "------WebKit42\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n------WebKit42--\r\n";
  ASSERT_TRUE(parse_multipart(kType, whole));
  for (size_t size = 0; size < whole.size() - 2; ++size) {
    EXPECT_FALSE(parse_multipart(kType, std::string_view(whole).substr(0, size))) << size;
  }
  EXPECT_FALSE(parse_multipart("text/plain", whole));
  EXPECT_FALSE(parse_multipart("multipart/form-data", whole));
  EXPECT_FALSE(parse_multipart("multipart/form-data; boundary=", whole));
}

TEST(Multipart, PartsAndTheirHeadersAreBounded) {
  std::string many;
  for (int i = 0; i < 70; ++i) many += "------WebKit42\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n";
  EXPECT_FALSE(parse_multipart(kType, many + "------WebKit42--\r\n"));
  EXPECT_FALSE(
      parse_multipart(kType, "------WebKit42\r\nX: " + std::string(5000, 'x') + "\r\n\r\nb\r\n------WebKit42--\r\n"));
}

TEST(FailureLine, IsOneLineWhateverWasAsked) {
  Request request;
  request.target = "/search?q=\n\x1b[31mrouge";
  EXPECT_EQ(failure_line(request, "disk on fire\nsecond line", 1795408889),
            "2026-11-23T04:41:29Z vigie serve: GET /search?q=??[31mrouge: 500: disk on fire?second line\n");
  request.target.assign(5000, 'a');
  EXPECT_LT(failure_line(request, std::string(5000, 'b'), 0).size(), 1300u);
}

}  // namespace
}  // namespace vigie::serve
