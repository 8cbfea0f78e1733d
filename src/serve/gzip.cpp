#include "serve/gzip.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <memory>

namespace vigie::serve {
namespace {

constexpr int kLevel = 4;  // pages are made for one reader: fast matters more than the last percent

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

bool is_refused(std::string_view parameters) {
  auto const at = parameters.find("q=");
  if (at == parameters.npos) return false;
  auto const value = parameters.substr(at + 2);
  return value.starts_with('0') && value.find_first_of("123456789") == value.npos;
}

}  // namespace

bool accepts_gzip(std::string_view header) {
  while (!header.empty()) {
    auto coding = header.substr(0, header.find(','));
    header.remove_prefix(std::min(header.size(), coding.size() + 1));
    while (coding.starts_with(' ')) coding.remove_prefix(1);
    auto const semicolon = std::min(coding.find(';'), coding.size());
    auto name = coding.substr(0, semicolon);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (name == "gzip") return !is_refused(coding.substr(semicolon));
  }
  return false;
}

std::string gzip(std::string_view bytes) {
  thread_local std::unique_ptr<libdeflate_compressor, FreeCompressor> const compressor{
      libdeflate_alloc_compressor(kLevel)};
  if (!compressor) return {};
  std::string out(bytes.size(), '\0');  // no room for more than the input: then it is sent as it is
  out.resize(libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

}  // namespace vigie::serve
