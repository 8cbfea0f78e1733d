#include "query/parse.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "query/echo.hpp"
#include "query/fields.hpp"
#include "query/lexer.hpp"
#include "query/when.hpp"
#include "text/analyzer.hpp"
#include "text/tokenizer.hpp"

namespace vigie::query {
namespace {

constexpr size_t kQueryBytes = 32 * 1024;
constexpr size_t kWords = 256;
constexpr unsigned kDepth = 64;
constexpr size_t kNotes = 20;

using Maybe = std::optional<NodeIndex>;

// Grammar, loosest first; OR joins its two neighbours, as readers of search
// engines expect:
//   all      = either ((AND)? either)*
//   either   = near (OR near)*
//   near     = one (NEAR/n one)*
//   one      = (NOT | -)* ( "(" all ")" | field ":" one | phrase | word )
// Recursion is bounded by kDepth parentheses and fields.
class Parser {
 public:
  Parser(std::string_view query, ParseOptions const& options) : options_(options) {
    if (query.size() > kQueryBytes) {
      size_t cut = kQueryBytes;
      while (cut > 0 && (static_cast<unsigned char>(query[cut]) & 0xC0) == 0x80) --cut;
      note(cut, query.size(),
           "The query is too long; what stands behind the first 32 KB was "
           "ignored.",
           "La requête est trop longue ; ce qui suit les 32 premiers Ko a été "
           "ignoré.");
      query = query.substr(0, cut);
    }
    query_ = query;
    signs_ = lex(query);
  }

  ParsedQuery run() {
    while (at_ < signs_.size()) {
      if (peek(SignKind::close)) {
        note_sign("This closing parenthesis opens nowhere; it was ignored.",
                  "Cette parenthèse fermante n'est ouverte nulle part ; elle a "
                  "été ignorée.");
        ++at_;
        continue;
      }
      Maybe const part = all();
      if (part) top_.insert(top_.end(), *part);
    }
    parsed_.root = finish_root();
    collect_bare_words();
    parsed_.echo = echo(parsed_);
    return std::move(parsed_);
  }

 private:
  struct Context {  // what words mean here
    FieldKind kind = FieldKind::text;
    uint8_t fields = kAnyField;
    NameKind names = NameKind::author;
    std::string label = {};  // "titre:", as typed
  };

  bool peek(SignKind kind) const { return at_ < signs_.size() && signs_[at_].kind == kind; }
  Sign const& sign() const { return signs_[at_]; }

  void note(size_t begin, size_t end, std::string text, std::string text_fr) {
    if (parsed_.notes.size() >= kNotes) return;
    parsed_.notes.push_back(
        {static_cast<uint32_t>(begin), static_cast<uint32_t>(end), std::move(text), std::move(text_fr)});
  }
  void note_sign(std::string text, std::string text_fr) {
    note(sign().begin, sign().end, std::move(text), std::move(text_fr));
  }

  NodeIndex add(Node node) {
    parsed_.nodes.push_back(std::move(node));
    return static_cast<NodeIndex>(parsed_.nodes.size() - 1);
  }

  // One child stands for itself; a group of several is a node. A conjunction inside a conjunction is one.
  Maybe group(NodeKind kind, std::vector<NodeIndex> children) {
    if (children.empty()) return std::nullopt;
    if (children.size() == 1) return children.front();
    Node node;
    node.kind = kind;
    node.begin = parsed_.nodes[children.front()].begin;
    node.end = parsed_.nodes[children.back()].end;
    node.children = std::move(children);
    return add(std::move(node));
  }

  Maybe all() {
    std::vector<NodeIndex> children;
    while (at_ < signs_.size()) {
      if (peek(SignKind::close)) {
        if (ignored_parentheses_ == 0) break;
        --ignored_parentheses_;
        ++at_;
        continue;
      }
      if (peek(SignKind::both)) {
        parsed_.has_operators = true;
        ++at_;
        continue;
      }
      if (Maybe const child = either()) children.push_back(*child);
    }
    return group(NodeKind::conjunction, std::move(children));
  }

  Maybe either() {
    std::vector<NodeIndex> children;
    for (;;) {
      if (Maybe const child = near()) children.push_back(*child);
      bool joined = false;
      while (peek(SignKind::either)) {
        parsed_.has_operators = joined = true;
        bool const alone = children.empty() || at_ + 1 == signs_.size() || signs_[at_ + 1].kind == SignKind::close;
        if (alone) {
          note_sign("OR has nothing on one of its sides; it was ignored.",
                    "OR n'a rien d'un de ses côtés ; il a été ignoré.");
        }
        ++at_;
      }
      if (!joined || at_ == signs_.size() || peek(SignKind::close)) break;
    }
    return group(NodeKind::disjunction, std::move(children));
  }

  Maybe near() {
    Maybe left = one();
    while (peek(SignKind::near)) {
      uint32_t const distance = sign().distance;
      size_t const begin = sign().begin, end = sign().end;
      parsed_.has_operators = true;
      ++at_;
      Maybe const right = at_ < signs_.size() && !peek(SignKind::close) ? one() : std::nullopt;
      if (!left || !right) {
        note(begin, end, "NEAR has nothing on one of its sides; it was ignored.",
             "NEAR n'a rien d'un de ses côtés ; il a été ignoré.");
        if (!left) left = right;
        continue;
      }
      left = join_near(*left, *right, distance, begin, end);
    }
    return left;
  }

  NodeIndex join_near(NodeIndex left, NodeIndex right, uint32_t distance, size_t begin, size_t end) {
    Node node;
    bool const placed = is_placed(left) && is_placed(right) && spaces(left) == spaces(right) && spaces(left) != 3;
    if (!placed) {
      note(begin, end, "NEAR joins words and phrases only; here it was read as AND.",
           "NEAR ne joint que des mots et des expressions ; il a été lu ici "
           "comme AND.");
    }
    node.kind = placed ? NodeKind::near : NodeKind::conjunction;
    node.distance = distance;
    node.begin = parsed_.nodes[left].begin;
    node.end = parsed_.nodes[right].end;
    node.children = {left, right};
    return add(std::move(node));
  }

  // Whether a node has places in the text. Children stand before parents and hold their own answer.
  bool is_placed(NodeIndex index) const {
    switch (Node const& node = parsed_.nodes[index]; node.kind) {
      case NodeKind::word:
      case NodeKind::phrase:
      case NodeKind::prefix:
      case NodeKind::fuzzy:
      case NodeKind::near:
        return true;
      case NodeKind::disjunction:
        return std::ranges::all_of(node.children, [&](NodeIndex child) {
          NodeKind const kind = parsed_.nodes[child].kind;
          return kind == NodeKind::word || kind == NodeKind::phrase || kind == NodeKind::prefix ||
                 kind == NodeKind::fuzzy;
        });
      default:
        return false;
    }
  }

  // Where a node's places are: 1 in the text, 2 within quotes, whose positions are others; 3 in both.
  unsigned spaces(NodeIndex index) const {
    Node const& node = parsed_.nodes[index];
    if (node.children.empty()) return node.fields == kSaid ? 2 : 1;
    unsigned sum = 0;
    for (NodeIndex const child : node.children) sum |= spaces(child);
    return sum;
  }

  Maybe one() {
    bool negated = false;
    size_t const begin = at_ < signs_.size() ? sign().begin : query_.size();
    while (peek(SignKind::negation)) {
      negated = !negated;
      parsed_.has_operators = true;
      ++at_;
    }
    Maybe const inner = primary();
    if (!inner || !negated) return inner;
    Node node;
    node.kind = NodeKind::negation;
    node.children = {*inner};
    node.begin = static_cast<uint32_t>(begin);
    node.end = parsed_.nodes[*inner].end;
    return add(std::move(node));
  }

  Maybe primary() {
    if (at_ == signs_.size() || peek(SignKind::close)) {
      size_t const last = at_ > 0 ? at_ - 1 : 0;
      if (last < signs_.size()) {
        note(signs_[last].begin, signs_[last].end, "Nothing follows this; it was ignored.",
             "Rien ne suit ceci ; cela a été ignoré.");
      }
      return std::nullopt;
    }
    switch (sign().kind) {
      case SignKind::open:
        return parenthesis();
      case SignKind::field:
        return field();
      case SignKind::phrase:
        return phrase();
      case SignKind::word:
        return word();
      default:
        return std::nullopt;  // an operator: the caller's loop meets it again
    }
  }

  Maybe parenthesis() {
    parsed_.has_operators = true;
    size_t const opening = at_++;
    Maybe inner;
    if (depth_ >= kDepth) {
      note(signs_[opening].begin, signs_[opening].end, "Parentheses are nested too deeply; this one was ignored.",
           "Les parenthèses sont trop imbriquées ; celle-ci a été ignorée.");
      ++ignored_parentheses_;
      return std::nullopt;
    }
    ++depth_;
    inner = all();
    --depth_;
    if (peek(SignKind::close)) {
      ++at_;
    } else {
      note(signs_[opening].begin, signs_[opening].end, "This parenthesis is not closed; it was read to the end.",
           "Cette parenthèse n'est pas fermée ; elle a été lue jusqu'à la fin.");
    }
    return inner;
  }

  Maybe field() {
    Sign const named = sign();
    parsed_.has_operators = true;
    ++at_;
    bool const usable = peek(SignKind::word) || peek(SignKind::phrase) || peek(SignKind::open);
    if (!usable || depth_ >= kDepth) {
      note(named.begin, named.end, "This field has no value; it was ignored.",
           "Ce champ n'a pas de valeur ; il a été ignoré.");
      return std::nullopt;
    }
    if (sign().begin > named.end) {
      note(named.begin, sign().end,
           "A space stands between this field and its value; they were read "
           "together.",
           "Une espace sépare ce champ de sa valeur ; ils ont été lus "
           "ensemble.");
    }
    FieldName const* const known = find_field(named.text);
    Context const outer =
        std::exchange(context_, {known->kind, known->fields, known->names, std::string(named.text) + ":"});
    ++depth_;
    Maybe const inner = primary();
    --depth_;
    context_ = outer;
    return inner;
  }

  Maybe phrase() {
    Sign const quoted = sign();
    ++at_;
    parsed_.has_operators = true;
    if (quoted.open_ended) {
      note(quoted.begin, quoted.end, "The quotation mark is not closed; the phrase was read to the end.",
           "Le guillemet n'est pas fermé ; l'expression a été lue jusqu'à la "
           "fin.");
    }
    if (context_.kind != FieldKind::text) return value(quoted);
    auto words = words_of(quoted.text, quoted);
    if (words.empty()) {
      note(quoted.begin, quoted.end, "There is no word between these quotation marks; they were ignored.",
           "Il n'y a aucun mot entre ces guillemets ; ils ont été ignorés.");
      return std::nullopt;
    }
    Node node = node_of(NodeKind::phrase, quoted);
    node.fields = context_.fields;
    node.written = context_.label + "\"" + without_quotes(quoted.text) + "\"";
    node.words = std::move(words);
    return add(std::move(node));
  }

  Maybe word() {
    Sign const written = sign();
    ++at_;
    if (context_.kind != FieldKind::text) return value(written);
    std::string_view text = written.text;
    if (text.starts_with("NEAR/")) {
      note(written.begin, written.end, "NEAR/ is followed by a number, as in NEAR/5; it was ignored.",
           "NEAR/ est suivi d'un nombre, comme dans NEAR/5 ; il a été ignoré.");
      return std::nullopt;
    }
    Node node = node_of(NodeKind::word, written);
    node.fields = context_.fields;
    if (auto const cut = text.find_last_not_of('*'); cut != std::string_view::npos && cut + 1 < text.size()) {
      node.kind = NodeKind::prefix;
      text = text.substr(0, cut + 1);
    } else if (auto const tilde = text.rfind('~'); tilde != std::string_view::npos && tilde > 0) {
      node.kind = fuzzy_or_word(text.substr(tilde + 1), written);
      text = text.substr(0, tilde);
    }
    node.words = words_of(text, written);
    if (node.words.empty()) {
      ignored_word(written);
      return std::nullopt;
    }
    note_unknown_field(written);
    return settle(std::move(node), text);
  }

  // "sujet:météo": a name and a colon, but no field. Not an address, nor an hour.
  void note_unknown_field(Sign const& written) {
    size_t const colon = written.text.find(':');
    if (colon == 0 || colon >= written.text.size() - 1 || written.text[colon + 1] == '/') return;
    for (char const c : written.text.substr(0, colon)) {
      if (c >= '0' && c <= '9') return;
    }
    std::string const name(written.text.substr(0, colon + 1));
    note(written.begin, written.begin + colon + 1, "There is no field " + name + " so it was read as words.",
         "Il n'y a pas de champ " + name + " ; il a été lu comme des mots.");
  }

  NodeKind fuzzy_or_word(std::string_view amount, Sign const& written) {
    if (amount.empty() || amount == "1") return NodeKind::fuzzy;
    if (amount.size() == 1 && amount.front() > '1' && amount.front() <= '9') {
      note(written.begin, written.end, "One wrong letter is the most that is searched for; ~1 was read.",
           "Une lettre fautive au plus est recherchée ; ~1 a été lu.");
      return NodeKind::fuzzy;
    }
    note(written.begin, written.end, "Only ~1 may follow a word; what follows ~ was ignored.",
         "Seul ~1 peut suivre un mot ; ce qui suit ~ a été ignoré.");
    return NodeKind::word;
  }

  // A sign that joins its words ("rendez-vous", "km/h") asks for them in a row; the last one may be a prefix.
  Maybe settle(Node node, std::string_view text) {
    if (node.kind != NodeKind::word) parsed_.has_operators = true;
    if (node.kind == NodeKind::fuzzy && text::fold(node.words.back().folded).size() < 4) {
      note(node.begin, node.end,
           "The word is too short to be searched with a wrong letter; it was "
           "read as it is.",
           "Le mot est trop court pour être cherché avec une faute ; il a été "
           "lu tel quel.");
      node.kind = NodeKind::word;
    }
    std::string const tail = node.kind == NodeKind::prefix ? "*" : node.kind == NodeKind::fuzzy ? "~1" : "";
    if (node.words.size() == 1 || node.kind == NodeKind::word) {
      if (node.words.size() > 1) {
        node.kind = NodeKind::phrase;
        node.stemmed = true;
      }
      node.written = context_.label + plain(text) + tail;
      return add(std::move(node));
    }
    std::vector<NodeIndex> parts;
    for (size_t i = 0; i < node.words.size(); ++i) {
      Node part = node;
      bool const last = i + 1 == node.words.size();
      part.words = {node.words[i]};
      if (!last) part.kind = NodeKind::word;
      part.written = context_.label + part.words[0].surface + (last ? tail : "");
      parts.push_back(add(std::move(part)));
    }
    return group(NodeKind::conjunction, std::move(parts));
  }

  // The value of a field that is not text.
  Maybe value(Sign const& written) {
    if (words_kept_ >= kWords) {
      note_too_many(written);
      return std::nullopt;
    }
    ++words_kept_;
    Node node = node_of(NodeKind::nothing, written);
    node.written = context_.label + (written.kind == SignKind::phrase ? "\"" + without_quotes(written.text) + "\""
                                                                      : std::string(written.text));
    node.words.push_back({std::string(written.text), text::fold(written.text)});
    switch (context_.kind) {
      case FieldKind::source:
        node.kind = NodeKind::source;
        break;
      case FieldKind::language:
        node.kind = NodeKind::language;
        break;
      case FieldKind::name:
        node.kind = NodeKind::author;
        node.names = context_.names;
        node.words = words_of(written.text, written);
        if (node.words.empty()) return std::nullopt;
        break;
      case FieldKind::published:
      case FieldKind::seen:
        return date(std::move(node), written);
      case FieldKind::story:
        return story(std::move(node), written);
      case FieldKind::text:
        break;
    }
    return add(std::move(node));
  }

  NodeIndex story(Node node, Sign const& written) {
    auto const number = options_.story ? options_.story(written.text) : decimal(written.text);
    if (number && *number != 0) {
      node.kind = NodeKind::story;
      node.number = *number;
    } else {
      note(written.begin, written.end, "There is no story of this name, so it finds nothing.",
           "Il n'y a pas d'histoire de ce nom : elle ne trouve rien.");
    }
    return add(std::move(node));
  }

  static std::optional<uint64_t> decimal(std::string_view text) {
    uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
  }

  Maybe date(Node node, Sign const& written) {
    auto const interval = parse_interval(written.text, options_.now_s);
    if (!interval) {
      note(written.begin, written.end,
           "This is not a date: write 2018-09-07, 2018-09, 2018, "
           "2018-09-01/2018-09-07 or P7D/. It was ignored.",
           "Ce n'est pas une date : écrivez 2018-09-07, 2018-09, 2018, "
           "2018-09-01/2018-09-07 ou P7D/. Elle a été "
           "ignorée.");
      return std::nullopt;
    }
    if (interval->from_s >= interval->to_s) {
      note(written.begin, written.end, "This period ends before it begins; it holds nothing.",
           "Cette période finit avant de commencer ; elle ne contient rien.");
    }
    node.kind = context_.kind == FieldKind::seen ? NodeKind::seen : NodeKind::published;
    node.words.clear();
    node.from_s = interval->from_s;
    node.to_s = interval->to_s;
    if (node.kind == NodeKind::published && interval->to_s != kFarAhead) {
      parsed_.latest_date_s = std::max(parsed_.latest_date_s.value_or(kLongAgo), interval->to_s - 1);
    }
    return add(std::move(node));
  }

  Node node_of(NodeKind kind, Sign const& written) const {
    Node node;
    node.kind = kind;
    node.begin = written.begin;
    node.end = written.end;
    return node;
  }

  std::vector<QueryWord> words_of(std::string_view text, Sign const& written) {
    std::vector<QueryWord> words;
    text::Tokenizer tokenizer(text);
    for (text::RawToken token; tokenizer.next(token);) {
      if (words_kept_ == kWords) {
        note_too_many(written);
        break;
      }
      auto surface = text::surface_of(text.substr(token.begin, token.end - token.begin));
      if (surface.empty()) continue;
      auto folded = text::folded_of(surface);
      words.push_back({std::move(surface), std::move(folded)});
      ++words_kept_;
    }
    return words;
  }

  void note_too_many(Sign const& written) {
    if (too_many_) return;
    too_many_ = true;
    note(written.begin, query_.size(), "The query has more than 256 words; those from here on were ignored.",
         "La requête compte plus de 256 mots ; ceux qui suivent ont été "
         "ignorés.");
  }

  void ignored_word(Sign const& written) {
    if (words_kept_ == kWords) return;
    if (written.text.find('*') != std::string_view::npos) {
      note(written.begin, written.end, "Write at least one letter before *; it was ignored.",
           "Écrivez au moins une lettre avant * ; cela a été ignoré.");
    } else if (written.text.find_first_of("~^\\/") != std::string_view::npos) {
      note(written.begin, written.end, "There is no word here; it was ignored.",
           "Il n'y a pas de mot ici ; cela a été ignoré.");
    }
  }

  static std::string without_quotes(std::string_view text) {
    std::string out;
    for (char const c : text) out += c == '"' || c == '\n' ? ' ' : c;
    return out;
  }

  // `text` where reading it again gives the same word; signs at its ends are left out.
  std::string plain(std::string_view text) const {
    text::Tokenizer tokenizer(text);
    text::RawToken first, last;
    if (!tokenizer.next(first)) return std::string(text);
    last = first;
    while (tokenizer.next(last)) {
    }
    std::string out(text.substr(first.begin, last.end - first.begin));
    std::ranges::replace_if(out, [](char c) { return c == '*' || c == '~' || c == ':'; }, '-');
    bool const reads_as_operator = out == "AND" || out == "OR" || out == "NOT" || out.starts_with("NEAR");
    // Only the operator's own letters change: what stands behind it must be cut into words as it was.
    for (size_t i = 0; reads_as_operator && i < std::min<size_t>(out.size(), 4); ++i) out[i] |= 0x20;
    return out;
  }

  NodeIndex finish_root() {
    std::vector<NodeIndex> children;
    for (NodeIndex const index : top_) {  // a conjunction of conjunctions is one
      if (parsed_.nodes[index].kind == NodeKind::conjunction) {
        children.insert(children.end(), parsed_.nodes[index].children.begin(), parsed_.nodes[index].children.end());
      } else {
        children.push_back(index);
      }
    }
    if (top_.size() == 1) return top_.front();
    if (Maybe const root = group(NodeKind::conjunction, std::move(children))) return *root;
    Node node;
    bool const blank = query_.find_first_not_of(" \t\r\n") == std::string_view::npos;
    node.kind = blank ? NodeKind::all : NodeKind::nothing;
    if (!blank && parsed_.notes.empty()) {
      note(0, query_.size(), "There is no word to search for here.", "Il n'y a aucun mot à chercher ici.");
    }
    return add(std::move(node));
  }

  void collect_bare_words() {
    if (parsed_.has_operators) return;
    Node const& root = parsed_.root_node();
    std::vector<NodeIndex> const candidates =
        root.kind == NodeKind::conjunction ? root.children : std::vector<NodeIndex>{parsed_.root};
    for (NodeIndex const index : candidates) {
      Node const& node = parsed_.nodes[index];
      if (node.kind == NodeKind::word || node.kind == NodeKind::phrase) parsed_.bare_words.push_back(index);
    }
  }

  ParseOptions const options_;
  std::string_view query_;
  std::vector<Sign> signs_;
  size_t at_ = 0;
  unsigned depth_ = 0;
  size_t words_kept_ = 0, ignored_parentheses_ = 0;
  bool too_many_ = false;
  Context context_;
  std::vector<NodeIndex> top_;
  ParsedQuery parsed_;
};

}  // namespace

ParsedQuery parse(std::string_view query, ParseOptions const& options) { return Parser(query, options).run(); }

}  // namespace vigie::query
