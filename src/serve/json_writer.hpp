// json_writer.hpp: writes JSON text into one growing string, on one line. Whatever bytes it is given, what comes out is
// valid JSON in valid UTF-8: ill-formed parts become U+FFFD, numbers that JSON lacks become null.
// Threads: confined to one. Cost: linear; plain runs are appended whole. Source: RFC 8259.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"

namespace vigie::serve {

class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view);  // inside an object, before its value

  JsonWriter& string(std::string_view);
  JsonWriter& text_or_null(std::string_view);  // empty stands for absent, which is null
  JsonWriter& time_or_null(std::optional<Time> const&);
  JsonWriter& number(std::unsigned_integral auto value) { return raw(std::to_string(value)); }
  JsonWriter& number(std::signed_integral auto value) { return raw(std::to_string(value)); }
  JsonWriter& number(double);  // the shortest text that reads back the same; null where not finite
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  JsonWriter& raw(std::string_view json);  // a value that is JSON already

  std::string const& text() const& { return out_; }
  std::string take() && { return std::move(out_); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();
  void append_quoted(std::string_view);

  std::string out_;
  bool needs_comma_ = false;
};

}  // namespace vigie::serve
