// form.hpp: what a form sends: names and values, and files. Source: multipart/form-data, RFC 7578 and RFC 2046, 5.1;
// the urlencoded kind is parse_urlencoded() in http.hpp. Bounds: kPartsMax parts, kPartHeaderMax bytes before each; the
// rest is bounded by whoever read the body. Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::serve {

struct FormPart {
  std::string name;
  std::string_view value;    // views the body
  std::string file_name;     // without folders; empty where a file has none
  std::string content_type;  // of a file; empty where unknown
  bool is_file = false;
};

inline constexpr size_t kPartsMax = 64;
inline constexpr size_t kPartHeaderMax = 4096;

// Nothing where the body is not what its content type says it is.
std::optional<std::vector<FormPart>> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace vigie::serve
