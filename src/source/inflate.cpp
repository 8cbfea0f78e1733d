#include "source/inflate.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <memory>

#include "base/coding.hpp"

namespace vigie::source {
namespace {

struct Free {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

struct Call {
  libdeflate_result result;
  size_t consumed = 0, produced = 0;
};

Call run(libdeflate_decompressor* d, Wrapping wrapping, std::string_view in, char* out, size_t room) {
  Call call{};
  auto const run_as = [&](auto function) {
    call.result = function(d, in.data(), in.size(), out, room, &call.consumed, &call.produced);
  };
  switch (wrapping) {
    case Wrapping::none:
      run_as(libdeflate_deflate_decompress_ex);
      break;
    case Wrapping::zlib:
      run_as(libdeflate_zlib_decompress_ex);
      break;
    case Wrapping::gzip:
      run_as(libdeflate_gzip_decompress_ex);
      break;
  }
  return call;
}

// A gzip trailer tells the size (modulo 2^32); it is only believed as a first guess.
size_t first_guess(std::string_view packed, Wrapping wrapping, uint64_t most) {
  uint64_t guess = 4 * packed.size() + 1024;
  if (wrapping == Wrapping::gzip && packed.size() > 18) {
    guess = ByteCursor(packed.substr(packed.size() - 4)).fixed<uint32_t>();
    guess = std::min<uint64_t>(guess, 64 * packed.size()) + 64;
  }
  return std::min(guess, most);
}

}  // namespace

Result<std::string> inflate(std::string_view packed, Wrapping wrapping, uint64_t most) {
  thread_local std::unique_ptr<libdeflate_decompressor, Free> const decompressor(libdeflate_alloc_decompressor());
  std::string out(first_guess(packed, wrapping, most), '\0');
  size_t used = 0;
  for (bool first = true; !packed.empty();) {
    auto const call = run(decompressor.get(), wrapping, packed, out.data() + used, out.size() - used);
    if (call.result == LIBDEFLATE_INSUFFICIENT_SPACE) {
      if (out.size() >= most)
        return fail(Errc::over_limit, "the body expands beyond " + std::to_string(most) + " bytes");
      out.resize(std::min<uint64_t>(most, 2 * out.size() + 4096));
      continue;
    }
    if (call.result != LIBDEFLATE_SUCCESS) {
      if (first) return fail(Errc::corrupt, "the compressed body is damaged");
      break;
    }
    used += call.produced;
    packed.remove_prefix(call.consumed);
    first = false;
    if (wrapping != Wrapping::gzip) break;
  }
  out.resize(used);
  return out;
}

}  // namespace vigie::source
