// json.hpp: JSON read into one flat array of nodes. The only file that knows which library reads it. Two readings:
// strict, for records people hand in, and mended, for what stands in pages (raw line ends in strings, trailing commas,
// comments and CDATA around it, a semicolon behind). Threads: a Json belongs to one thread and keeps its memory from
// document to document. Lifetime: values and their texts live until the next read. Limits: depth 256; deeper is an
// error. Cost: linear; about 1 GB/s before the copy.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace vigie::article {

struct JsonNode;

// A value of a Json document, or nothing: every question may be asked of nothing and answers with nothing, so that
// paths into strangers' data need no checks on the way.
class JsonView {
 public:
  enum class Type : uint8_t { nothing, null, boolean, number, string, array, object };

  JsonView() = default;
  JsonView(JsonNode const* nodes, uint32_t at) : nodes_(nodes), at_(at) {}

  Type type() const;
  bool exists() const { return nodes_ != nullptr; }
  bool is_string() const { return type() == Type::string; }
  bool is_array() const { return type() == Type::array; }
  bool is_object() const { return type() == Type::object; }

  std::string_view string() const;  // empty for anything but a string
  double number() const;            // 0 for anything but a number
  bool boolean() const;             // false for anything but true
  std::string_view key() const;     // of a member of an object

  JsonView operator[](std::string_view key) const;  // an object's member; nothing where absent. Cost: its members
  JsonView first() const;                           // of an array's elements or an object's members
  JsonView next() const;                            // behind this one in its array or object

 private:
  JsonNode const* nodes_ = nullptr;
  uint32_t at_ = 0;
};

class Json {
 public:
  Json();
  ~Json();
  Json(Json const&) = delete;
  Json& operator=(Json const&) = delete;

  // Errors: invalid_input (with the place), over_limit (depth).
  Result<JsonView> read(std::string_view text);
  // Mended where it is not JSON; nothing where that did not help.
  JsonView read_mended(std::string_view text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigie::article
