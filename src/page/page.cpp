#include "page/page.hpp"

#include "base/utf8.hpp"
#include "page/charset.hpp"
#include "page/decode.hpp"
#include "page/tokenizer.hpp"
#include "page/tree_builder.hpp"

namespace vigie::page {
namespace {

// So many nodes may a small page have, and one more for each of its bytes: misnested formatting makes nodes from
// nothing, and this keeps what it makes in proportion.
constexpr uint32_t kNodesOfSmallPage = 1u << 16;

uint32_t node_limit(Limits const& limits, size_t bytes) {
  return static_cast<uint32_t>(std::min<size_t>(limits.nodes, kNodesOfSmallPage + bytes));
}

}  // namespace

struct PageReader::State {
  State(Limits l, Scripting s)
      : limits(l),
        scripting(s),
        tokenizer(arena, TreeBuilder::names_of(page.tree), TreeBuilder::attributes_of(page.tree),
                  {l.attributes, l.all_attributes}),
        builder(page.tree, tokenizer, arena) {}

  void begin() {
    page.encoding.clear();
    page.diagnostics.clear();
    page.truncated = false;
    size_t const keep_bytes = memory_bytes() > limits.keep_bytes ? 0 : limits.keep_bytes;
    arena.reset(keep_bytes);
    source.trim(keep_bytes);
    builder.trim(keep_bytes);
  }
  TreeBuilder::Options options() const {
    return {limits.depth, node_limit(limits, source.view().size()), scripting == Scripting::on};
  }
  size_t memory_bytes() const { return source.capacity() + arena.memory_bytes() + builder.memory_bytes(); }
  void decode_page(std::string_view bytes, std::string_view content_type);
  void build();
  void cut(char const* what) {
    page.truncated = true;
    page.diagnostics.push_back(std::string("limit: ") + what);
  }

  Limits const limits;
  Scripting const scripting;
  Page page;
  Source source;
  Arena arena;
  Tokenizer<SimdScan> tokenizer;
  TreeBuilder builder;
};

// Most pages are UTF-8 without a "\r": for them the copy that checks them is all there is to do.
void PageReader::State::decode_page(std::string_view bytes, std::string_view content_type) {
  bool const whole = bytes.size() <= limits.source_bytes;
  bytes = bytes.substr(0, limits.source_bytes);
  Utf8Check const check = copy_checked(bytes, source);
  Charset const charset = find_charset(bytes, content_type, check, page.diagnostics);
  page.encoding = name(charset.encoding);
  bool complete = true;
  // ASCII is itself in both.
  bool const is_decoded = (charset.encoding == Encoding::utf_8 && check.valid) ||
                          (charset.encoding == Encoding::windows_1252 && check.ascii);
  if (is_decoded) {
    source.drop_front(charset.mark_size);
  } else {
    complete = decode(bytes.substr(charset.mark_size), charset.encoding, limits.source_bytes, source);
  }
  if (!is_decoded || check.has_cr) normalize_line_ends(source);
  if (!whole || !complete) cut("the end of the page is dropped");
}

void PageReader::State::build() {
  Token token;
  do {
    tokenizer.next(token);
    builder.process(token);
  } while (token.type != TokenType::end_of_file && !builder.full());
  if (token.type != TokenType::end_of_file) {
    cut("too many nodes, the rest of the page is dropped");
    token = Token{};
    token.begin = static_cast<uint32_t>(source.view().size());
    builder.process(token);
  }
  if (builder.cut_depth()) cut("elements nested too deep were taken out of their parents");
  if (tokenizer.dropped_attributes()) cut("too many attributes or names, the rest are dropped");
}

PageReader::PageReader(Limits limits, Scripting scripting) : state_(std::make_unique<State>(limits, scripting)) {}
PageReader::~PageReader() = default;

Page const& PageReader::read(std::string_view bytes, std::string_view content_type) {
  State& s = *state_;
  s.begin();
  s.decode_page(bytes, content_type);
  s.tokenizer.start(s.source.view());
  s.builder.start(s.source.view(), s.options());
  s.build();
  return s.page;
}

Page const& PageReader::read_fragment(std::string_view utf8, Atom context, Namespace space) {
  State& s = *state_;
  s.begin();
  s.page.encoding = name(Encoding::utf_8);
  if (!decode(utf8, Encoding::utf_8, s.limits.source_bytes, s.source)) s.cut("the end of the fragment is dropped");
  normalize_line_ends(s.source);
  s.tokenizer.start(s.source.view());
  s.builder.start_fragment(s.source.view(), s.options(), context, space);
  s.build();
  return s.page;
}

size_t PageReader::memory_bytes() const { return state_->memory_bytes(); }

std::optional<size_t> capture_offset(std::string_view bytes, Page const& page, uint32_t offset) {
  bool const utf8 = page.encoding == name(Encoding::utf_8);
  if (!utf8 && page.encoding != name(Encoding::windows_1252)) return std::nullopt;
  size_t at = utf8 && bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::string code_point;
  for (size_t decoded = 0; decoded < offset && at < bytes.size();) {
    char const c = bytes[at];
    if (c == '\r' && at + 1 < bytes.size() && bytes[at + 1] == '\n') ++at;
    if (static_cast<unsigned char>(c) < 0x80) {
      ++at;
      ++decoded;
      continue;
    }
    code_point.clear();
    append_code_point(code_point, utf8 ? next_code_point(bytes, at)
                                       : windows_1252_code_point(static_cast<unsigned char>(bytes[at++])));
    decoded += code_point.size();
  }
  return at;
}

}  // namespace vigie::page
