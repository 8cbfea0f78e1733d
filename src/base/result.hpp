// result.hpp: how functions fail. No exception crosses a folder boundary; hostile bytes make failure ordinary, and the
// signature says what can fail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace vigie {

enum class Errc : uint8_t {
  not_found,      // the thing asked for does not exist
  invalid_input,  // what was given cannot be understood
  corrupt,        // stored bytes do not agree with themselves
  io,             // the system refused: disk full, permission, closed pipe
  over_limit,     // a stated bound was reached
  unsupported,    // understood, but not something this build does (a newer format, say)
  busy,           // someone else holds it; trying again may work
};

std::string_view name(Errc) noexcept;

struct [[nodiscard]] Error {
  Errc code;
  std::string message;  // for a person: what failed, on what (file, offset, URL), and what to do where that is known
};

template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

inline tl::unexpected<Error> fail(Errc code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

// Fails with errno's text: "cannot open /x: No such file or directory". ENOENT is not_found, anything else io.
tl::unexpected<Error> fail_errno(std::string_view what);

#define VIGIE_CONCAT_(a, b) a##b
#define VIGIE_CONCAT(a, b) VIGIE_CONCAT_(a, b)
// VIGIE_TRY(auto x, f()): x is f's value, or the enclosing function returns f's error.
#define VIGIE_TRY(decl, expr) VIGIE_TRY_(VIGIE_CONCAT(vigie_try_, __COUNTER__), decl, expr)
#define VIGIE_TRY_(temporary, decl, expr)                                                \
  auto temporary = (expr);                                                               \
  if (!temporary) return ::tl::unexpected<::vigie::Error>(std::move(temporary).error()); \
  decl = std::move(*temporary)
// VIGIE_CHECK(f()): the same for a Status.
#define VIGIE_CHECK(expr) VIGIE_CHECK_(VIGIE_CONCAT(vigie_check_, __COUNTER__), expr)
#define VIGIE_CHECK_(temporary, expr) \
  if (auto temporary = (expr); !temporary) return ::tl::unexpected<::vigie::Error>(std::move(temporary).error())

}  // namespace vigie
