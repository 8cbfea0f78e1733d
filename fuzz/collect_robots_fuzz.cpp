// Any bytes as robots.txt, a path behind the last line end: judging ends, and /robots.txt is always allowed.
#include <cstdlib>
#include <string_view>

#include "collect/robots.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size) {
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  size_t const last = bytes.rfind('\n');
  auto const path = last == std::string_view::npos ? std::string_view("/") : bytes.substr(last + 1);
  auto const robots = vigie::collect::Robots::parse(bytes);
  static_cast<void>(robots.allows(path));
  if (!robots.allows("/robots.txt") || robots.delay_ms() > 60'000) std::abort();
  return 0;
}
