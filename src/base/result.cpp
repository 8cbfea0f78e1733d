#include "base/result.hpp"

#include <cerrno>
#include <cstring>

namespace vigie {

std::string_view name(Errc code) noexcept {
  switch (code) {
    case Errc::not_found:
      return "not_found";
    case Errc::invalid_input:
      return "invalid_input";
    case Errc::corrupt:
      return "corrupt";
    case Errc::io:
      return "io";
    case Errc::over_limit:
      return "over_limit";
    case Errc::unsupported:
      return "unsupported";
    case Errc::busy:
      return "busy";
  }
  return "unknown";
}

tl::unexpected<Error> fail_errno(std::string_view what) {
  int const error = errno;
  return fail(error == ENOENT ? Errc::not_found : Errc::io, std::string(what) + ": " + std::strerror(error));
}

}  // namespace vigie
