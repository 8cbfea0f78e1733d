#include "article/json.hpp"

#include <simdjson.h>

#include <vector>

#include "article/strings.hpp"
#include "base/utf8.hpp"

namespace vigie::article {

// Nodes stand in document order: the first child of a container is the node behind it, `next` is its sibling (0: none).
struct JsonNode {
  JsonView::Type type = JsonView::Type::nothing;
  bool truth = false;
  uint32_t next = 0;
  uint32_t children = 0;
  double number = 0;
  std::string_view key, text;
};

namespace {

constexpr uint32_t kDepth = 256;
using Type = JsonView::Type;

// Walks simdjson's elements with a stack of its own; strings stay in the parser's buffer.
class Flattener {
 public:
  explicit Flattener(std::vector<JsonNode>& out) : out_(out) {}

  bool run(simdjson::dom::element root) {
    out_.clear();
    add({}, root);
    while (!stack_.empty()) {
      auto& level = stack_.back();
      if (level.at_end()) {
        stack_.pop_back();
        continue;
      }
      if (stack_.size() >= kDepth) return false;
      auto const [key, value] = level.take();
      uint32_t const parent = level.parent, previous = level.last;
      level.last = static_cast<uint32_t>(out_.size());
      ++out_[parent].children;
      if (previous != 0) out_[previous].next = level.last;
      add(key, value);
    }
    return true;
  }

 private:
  struct Level {
    uint32_t parent, last = 0;
    bool is_object;
    simdjson::dom::object::iterator member, member_end;
    simdjson::dom::array::iterator item, item_end;

    bool at_end() const { return is_object ? !(member != member_end) : !(item != item_end); }
    std::pair<std::string_view, simdjson::dom::element> take() {
      if (is_object) {
        std::pair<std::string_view, simdjson::dom::element> const result{member.key(), member.value()};
        ++member;
        return result;
      }
      std::pair<std::string_view, simdjson::dom::element> const result{{}, *item};
      ++item;
      return result;
    }
  };

  void add(std::string_view key, simdjson::dom::element value) {
    auto const at = static_cast<uint32_t>(out_.size());
    JsonNode node;
    node.key = key;
    switch (value.type()) {
      case simdjson::dom::element_type::OBJECT: {
        node.type = Type::object;
        simdjson::dom::object const object = value.get_object().value_unsafe();
        stack_.push_back({at, 0, true, object.begin(), object.end(), {}, {}});
        break;
      }
      case simdjson::dom::element_type::ARRAY: {
        node.type = Type::array;
        simdjson::dom::array const array = value.get_array().value_unsafe();
        stack_.push_back({at, 0, false, {}, {}, array.begin(), array.end()});
        break;
      }
      case simdjson::dom::element_type::STRING:
        node.type = Type::string;
        node.text = value.get_string().value_unsafe();
        break;
      case simdjson::dom::element_type::BOOL:
        node.type = Type::boolean;
        node.truth = value.get_bool().value_unsafe();
        break;
      case simdjson::dom::element_type::NULL_VALUE:
        node.type = Type::null;
        break;
      default:
        node.type = Type::number;
        if (value.get_double().get(node.number) != simdjson::SUCCESS) node.number = 0;
    }
    out_.push_back(node);
  }

  std::vector<JsonNode>& out_;
  std::vector<Level> stack_;
};

// What pages wrap around their JSON: comments, CDATA, a semicolon.
std::string_view unwrap(std::string_view s) {
  if (size_t const open = s.find("<![CDATA["); open != s.npos && open < 64) {
    s.remove_prefix(open + 9);
    s = s.substr(0, s.rfind("]]>"));
  }
  size_t const begin = s.find_first_of("{[");
  if (begin == s.npos) return {};
  s.remove_prefix(begin);
  size_t const end = s.find_last_of("}]");
  return end == s.npos ? std::string_view() : s.substr(0, end + 1);
}

// Raw control characters become spaces, unknown escapes their letter, a comma before a closing bracket goes, an object
// or array that ends too early is closed.
std::string mend(std::string_view s) {
  std::string out, open;
  out.reserve(s.size() + 16);
  bool quoted = false;
  for (size_t i = 0; i < s.size(); ++i) {
    char const c = s[i];
    if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
    } else if (quoted && c == '\\') {
      char const next = i + 1 < s.size() ? s[i + 1] : ' ';
      if (std::string_view("\"\\/bfnrtu").find(next) != std::string_view::npos) {
        out += c;
        out += next;
        ++i;
      }
    } else if (c == '"') {
      quoted = !quoted;
      out += c;
    } else if (!quoted && (c == '}' || c == ']')) {
      size_t last = out.size();
      while (last > 0 && out[last - 1] == ' ') --last;
      if (last > 0 && out[last - 1] == ',') out.resize(last - 1);
      if (!open.empty()) open.pop_back();
      out += c;
    } else {
      if (!quoted && (c == '{' || c == '[')) open += c == '{' ? '}' : ']';
      out += c;
    }
  }
  if (quoted) out += '"';
  while (!open.empty()) {
    out += open.back();
    open.pop_back();
  }
  return out;
}

}  // namespace

struct Json::State {
  simdjson::dom::parser parser;
  std::vector<JsonNode> nodes;

  bool flatten(simdjson::dom::element root) { return Flattener(nodes).run(root); }
};

Json::Json() : state_(std::make_unique<State>()) {}
Json::~Json() = default;

Result<JsonView> Json::read(std::string_view text) {
  simdjson::dom::element root;
  if (auto const error = state_->parser.parse(text.data(), text.size()).get(root)) {
    return fail(Errc::invalid_input, std::string("not JSON: ") + simdjson::error_message(error));
  }
  if (!state_->flatten(root)) return fail(Errc::over_limit, "JSON nested deeper than 256");
  return JsonView(state_->nodes.data(), 0);
}

JsonView Json::read_mended(std::string_view text) {
  text = unwrap(text);
  if (text.empty()) return {};
  simdjson::dom::element root;
  if (state_->parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) {
    auto mended = mend(text);
    if (!is_valid_utf8(mended)) mended = to_valid_utf8(mended);
    if (state_->parser.parse(mended).get(root) != simdjson::SUCCESS) return {};
  }
  if (!state_->flatten(root)) return {};
  return {state_->nodes.data(), 0};
}

JsonView::Type JsonView::type() const { return nodes_ ? nodes_[at_].type : Type::nothing; }
std::string_view JsonView::string() const { return is_string() ? nodes_[at_].text : std::string_view(); }
double JsonView::number() const { return type() == Type::number ? nodes_[at_].number : 0; }
bool JsonView::boolean() const { return type() == Type::boolean && nodes_[at_].truth; }
std::string_view JsonView::key() const { return nodes_ ? nodes_[at_].key : std::string_view(); }

JsonView JsonView::first() const {
  if (!is_array() && !is_object()) return {};
  return nodes_[at_].children == 0 ? JsonView() : JsonView(nodes_, at_ + 1);
}

JsonView JsonView::next() const {
  if (!nodes_ || nodes_[at_].next == 0) return {};
  return {nodes_, nodes_[at_].next};
}

JsonView JsonView::operator[](std::string_view key) const {
  if (!is_object()) return {};
  for (auto member = first(); member.exists(); member = member.next()) {
    if (member.key() == key) return member;
  }
  return {};
}

}  // namespace vigie::article
