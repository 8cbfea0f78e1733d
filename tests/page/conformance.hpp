// conformance.hpp: where the shared conformance suites are, unpacked once for the whole test program.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace vigie::page {

// The folder html5lib-tests, or nothing where ../shared/data/conformance.tar.xz (or $VIGIE_SHARED/data/...) is absent.
std::optional<std::filesystem::path> html5lib_tests();

std::string read_file(std::filesystem::path const&);

}  // namespace vigie::page

#define VIGIE_NEEDS_HTML5LIB(folder)                   \
  auto const folder = ::vigie::page::html5lib_tests(); \
  if (!folder) GTEST_SKIP() << "html5lib-tests skipped: no shared/data/conformance.tar.xz on this machine"
