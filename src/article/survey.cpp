#include "article/survey.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "article/strings.hpp"
#include "article/survey_tags.hpp"
#include "page/find.hpp"
#include "page/text.hpp"

namespace vigie::article {

namespace {

using page::Atom;
using page::NodeId;

constexpr size_t kBlocksMax = 200'000;
constexpr size_t kMarksMax = 4'000;
constexpr size_t kMetasMax = 1'000;
constexpr size_t kScriptsMax = 200;
constexpr uint8_t kFar = 255;

// Whether trim() leaves nothing: most texts are told by their first bytes.
bool is_blank(std::string_view s) {
  size_t at = 0;
  while (at < s.size() && is_space(s[at])) ++at;
  if (at == s.size()) return true;
  bool const printed = s[at] > ' ' && s[at] < 0x7F;
  return !printed && trim(s.substr(at)).empty();
}

bool hides(std::string_view style) {
  size_t const at = style.find("display");
  return at != style.npos && contains_nocase(style.substr(at, 20), "none");
}

// How many elements up the nearest one named so is; 255 where there is none. Room for two vectors of 16.
struct Distances {
  static_assert(kHints <= 32);
  using Bytes [[gnu::vector_size(16)]] = uint8_t;
  Bytes at[2];

  void fill(uint8_t v) {
    for (auto& part : at) part = v - Bytes{};
  }
  void grow() {  // a comparison that holds is -1
    for (auto& part : at) part -= reinterpret_cast<Bytes>(part != kFar);
  }
  void set(HintSet hints) {
    for (; hints != 0; hints &= hints - 1) {
      auto const i = static_cast<size_t>(std::countr_zero(hints));
      at[i / 16][i % 16] = 0;
    }
  }
  void copy(std::array<uint8_t, kHints>& out) const { std::memcpy(out.data(), at, kHints); }
};

// `body` is no hint: every page has one.
struct Frame {
  NodeId node;
  uint32_t container = 0;  // of the nearest block-level element that has one; see container_known
  bool container_known = false;
  bool is_block = false, is_link = false, is_bold = false;
  uint8_t heading = 0, list_depth = 0;
  bool preformatted = false, in_item = false, in_quote = false;
  PlaceSet places = 0;
  HintSet hints = 0;
  Distances distance;
};

}  // namespace

class SurveyWalk {
 public:
  SurveyWalk(page::Tree const& tree, Survey& out) : tree_(tree), out_(out) {}

  void run() {
    Frame root{};
    root.node = page::kDocument;
    root.distance.fill(kFar);
    root.container_known = root.is_block = true;
    frames_.push_back(root);
    Container document;
    document.node = page::kDocument;
    out_.containers.push_back(document);
    auto const all = page::kDocument;
    for (auto n = tree_.next_in(all, all); n != page::kNoNode;) {
      while (frames_.back().node != tree_.parent(n)) leave();
      bool down = true;
      if (tree_.is_element(n)) {
        down = enter(n);
      } else if (tree_.is_text(n)) {
        add_text(tree_.text(n));
      }
      if (out_.blocks.size() >= kBlocksMax) {
        out_.truncated = true;
        break;
      }
      n = down ? tree_.next_in(all, n) : tree_.next_after_subtree(all, n);
    }
    flush();
    add_up();
  }

 private:
  // Whether to go on below the element.
  bool enter(NodeId n) {
    Atom const tag = tree_.tag(n);
    if (tree_.name_space(n) != page::Namespace::html) return false;
    switch (tag) {
      case Atom::meta:
        return add_meta(n), false;
      case Atom::link:
        return add_link(n), false;
      case Atom::base:
        return out_.base = tree_.attribute(n, Atom::href), false;
      case Atom::title:
        if (out_.title.empty()) out_.title = squeezed(page::raw_text(tree_, n));
        return false;
      case Atom::script:
        if (contains_nocase(tree_.attribute(n, Atom::type), "ld+json") && out_.scripts.size() < kScriptsMax) {
          out_.scripts.push_back(n);
        }
        return false;
      case Atom::br:
        return add_break(), false;
      case Atom::hr:
        return flush(), false;
      case Atom::html:
        out_.page_language = tree_.attribute(n, Atom::lang);
        break;
      default:
        if (is_skipped(tag)) return false;
    }
    push(n, tag);
    return true;
  }

  void push(NodeId n, Atom tag) {
    Frame f = frames_.back();
    f.node = n;
    f.container_known = false;
    f.is_block = page::is_block(tag) || tag == Atom::button;
    if (f.is_block) flush();
    f.is_link = f.is_link || (tag == Atom::a && tree_.has_attribute(n, Atom::href));
    if (tag == Atom::a) pending_links_ += tree_.has_attribute(n, Atom::href);
    f.is_bold = f.is_bold || tag == Atom::b || tag == Atom::strong;
    if (auto const level = heading_level(tag)) f.heading = level;
    f.list_depth = static_cast<uint8_t>(std::min(250, f.list_depth + (tag == Atom::ul || tag == Atom::ol)));
    f.in_item = f.in_item || tag == Atom::li;
    f.in_quote = f.in_quote || tag == Atom::blockquote;
    f.preformatted = f.preformatted || tag == Atom::pre;
    f.distance.grow();
    read_attributes(n, tag, f);
    frames_.push_back(f);
  }

  void read_attributes(NodeId n, Atom tag, Frame& f) {
    f.places |= place_of_tag(tag);
    f.hints = 0;
    bool author = tag == Atom::address, published = false, modified = false;
    for (auto const& a : tree_.attributes(n)) {
      switch (a.name) {
        case Atom::class_:
        case Atom::id:
          f.hints |= out_.hint_reader_.read(a.value);
          break;
        case Atom::role:
          f.places |= place_of_role(a.value);
          break;
        case Atom::hidden:
          f.places |= bit(Place::hidden);
          break;
        case Atom::aria_hidden:
          if (a.value == "true") f.places |= bit(Place::hidden);
          break;
        case Atom::style:
          if (hides(a.value)) f.places |= bit(Place::hidden);
          break;
        case Atom::itemprop:
          if (page::has_token(a.value, "articleBody")) f.places |= bit(Place::body_mark);
          author = author || page::has_token(a.value, "author");
          published = published || page::has_token(a.value, "datePublished");
          modified = modified || page::has_token(a.value, "dateModified");
          break;
        case Atom::property:  // RDFa: "schema:datePublished"
          published = published || a.value.ends_with("datePublished") || a.value.ends_with("dateCreated");
          modified = modified || a.value.ends_with("dateModified");
          break;
        case Atom::rel:
          author = author || page::has_token(a.value, "author");
          break;
        default:
          break;
      }
    }
    if (tag == Atom::body || tag == Atom::html) f.hints = 0;
    f.distance.set(f.hints);
    if (tag == Atom::h1) mark(MarkKind::heading1, n, f);
    if (tag == Atom::time) mark(MarkKind::time, n, f);
    if (published) mark(MarkKind::published, n, f);
    if (modified) mark(MarkKind::modified, n, f);
    if ((f.hints & bit(Hint::date)) && tag != Atom::time) mark(MarkKind::dated, n, f);
    author = author || (tag == Atom::a && is_author_address(tree_.attribute(n, Atom::href)));
    if (author || (f.hints & bit(Hint::byline))) mark(MarkKind::author, n, f);
  }

  void mark(MarkKind kind, NodeId n, Frame const& f) {
    if (out_.marks.size() >= kMarksMax) return;
    std::array<uint8_t, kHints> distance;
    f.distance.copy(distance);
    HintSet around = 0;
    for (size_t i = 0; i < kHints; ++i) around |= HintSet{distance[i] <= 5} << i;
    out_.marks.push_back({kind, n, static_cast<uint32_t>(out_.text.size()), f.places, f.hints, around});
  }

  void leave() {
    if (frames_.back().is_block) flush();
    // <h1><span>Kicker</span><span>Headline</span></h1>: style sheets put them on lines of their own.
    gap_ = frames_.back().heading != 0 && tree_.tag(frames_.back().node) == Atom::span;
    frames_.pop_back();
  }

  void add_meta(NodeId n) {
    if (out_.metas.size() >= kMetasMax) return;
    auto name = tree_.attribute(n, Atom::property);
    if (name.empty()) name = tree_.attribute(n, Atom::name);
    if (name.empty()) name = tree_.attribute(n, Atom::itemprop);
    auto const content = tree_.attribute(n, Atom::content);
    if (!name.empty() && !content.empty()) out_.metas.push_back({name, content});
  }

  void add_link(NodeId n) {
    if (out_.canonical.empty() && page::has_token(tree_.attribute(n, Atom::rel), "canonical")) {
      out_.canonical = tree_.attribute(n, Atom::href);
    }
  }

  // One <br> is a space, two end a block.
  void add_break() {
    if (frames_.back().preformatted || (break_pending_ && open_)) {
      flush();
      after_break_ = true;
    } else if (open_) {
      out_.text += ' ';
      break_pending_ = true;
    }
  }

  void add_text(std::string_view s) {
    if (frames_.size() < 2) return;
    if (frames_.back().preformatted) return add_lines(s);
    add_piece(s);
  }

  void add_lines(std::string_view s) {
    while (!s.empty()) {
      size_t const end = std::min(s.find('\n'), s.size());
      add_piece(s.substr(0, end));
      if (end < s.size()) flush();
      s.remove_prefix(std::min(end + 1, s.size()));
    }
  }

  void add_piece(std::string_view s) {
    bool const blank = is_blank(s);
    if (!open_ && blank) return;
    if (!blank) break_pending_ = false;
    if (!open_) begin_block();
    bool const capital = !s.empty() && ((s[0] >= 'A' && s[0] <= 'Z') || static_cast<unsigned char>(s[0]) >= 0xC3);
    if (gap_ && capital && out_.text.size() > block_.begin && out_.text.back() != ' ') out_.text += ' ';
    gap_ = false;
    size_t const before = out_.text.size();
    append_squeezed(out_.text, s);
    auto const bytes = static_cast<uint32_t>(out_.text.size() - before);
    if (blank) return;
    auto const& f = frames_.back();
    if (f.is_link) block_.link_bytes += bytes;
    if (f.is_bold) block_.bold_bytes += bytes;
  }

  void begin_block() {
    open_ = true;
    size_t at = frames_.size() - 1;
    while (!frames_[at].is_block) --at;
    Frame const& f = frames_[at];
    Frame const& inner = frames_.back();
    block_ = {};
    block_.begin = static_cast<uint32_t>(out_.text.size());
    block_.node = f.node;
    block_.tag = tree_.tag(f.node);
    block_.depth = static_cast<uint16_t>(std::min<size_t>(frames_.size(), 65535));
    block_.places = inner.places;
    f.distance.copy(block_.hint_distance);
    block_.after_break = after_break_;
    after_break_ = false;
    size_t owner = at;
    if (is_leaf_tag(block_.tag) && owner > 0) {
      --owner;
      while (!frames_[owner].is_block) --owner;
    }
    block_.container = container_of(owner);
    set_kind(inner);
  }

  void set_kind(Frame const& f) {
    if (f.heading != 0) {
      block_.kind = BlockKind::heading;
      block_.level = f.heading;
    } else if (f.preformatted) {
      block_.kind = BlockKind::preformatted;
    } else if (f.in_item) {
      block_.kind = BlockKind::item;
      block_.level = f.list_depth;
    } else if (f.in_quote) {
      block_.kind = BlockKind::quote;
    }
  }

  // The container of a frame, made with those above it that are not there yet.
  uint32_t container_of(size_t frame) {
    size_t known = frame;
    while (!frames_[known].container_known) --known;
    uint32_t parent = frames_[known].container;
    for (size_t at = known + 1; at <= frame; ++at) {
      Frame& f = frames_[at];
      if (f.is_block) {
        Container c;
        c.node = f.node;
        c.parent = parent;
        c.depth = static_cast<uint16_t>(std::min<size_t>(at, 65535));
        c.places = f.places;
        c.hints = f.hints;
        c.tag = tree_.tag(f.node);
        parent = static_cast<uint32_t>(out_.containers.size());
        out_.containers.push_back(c);
      }
      f.container = parent;
      f.container_known = true;
    }
    return parent;
  }

  void flush() {
    if (!open_) {
      pending_links_ = 0;
      return;
    }
    open_ = break_pending_ = false;
    auto const whole = std::string_view(out_.text).substr(block_.begin);
    auto const kept = trim(whole);
    if (kept.empty()) {
      out_.text.resize(block_.begin);
      return;
    }
    block_.begin += static_cast<uint32_t>(kept.data() - whole.data());
    block_.end = block_.begin + static_cast<uint32_t>(kept.size());
    block_.words = static_cast<uint32_t>(count_words(kept));
    block_.links = static_cast<uint16_t>(std::min<uint32_t>(pending_links_, 65535));
    pending_links_ = 0;
    out_.text.resize(block_.end);
    out_.text += '\n';
    out_.blocks.push_back(block_);
  }

  void add_up() {
    for (auto const& b : out_.blocks) {
      auto& c = out_.containers[b.container];
      uint32_t const words = b.words;
      ++c.blocks;
      c.words += words;
      uint32_t const bytes = b.end - b.begin;
      c.link_words += bytes == 0 ? 0 : static_cast<uint32_t>(uint64_t{words} * std::min(b.link_bytes, bytes) / bytes);
      bool const prose = words >= 10 && b.link_bytes * 2 < bytes && b.kind != BlockKind::heading;
      if (prose) {
        c.prose_words += words;
        ++c.prose_blocks;
      }
    }
    for (size_t i = out_.containers.size(); i-- > 1;) {
      auto const& c = out_.containers[i];
      auto& p = out_.containers[c.parent];
      p.words += c.words;
      p.link_words += c.link_words;
      p.prose_words += c.prose_words;
      p.prose_blocks += c.prose_blocks;
      p.blocks += c.blocks;
    }
  }

  page::Tree const& tree_;
  Survey& out_;
  std::vector<Frame> frames_;
  TextBlock block_;
  bool open_ = false, break_pending_ = false, after_break_ = false;
  bool gap_ = false;  // a <span> of a heading has just ended
  uint32_t pending_links_ = 0;
};

void Survey::read(page::Tree const& tree) {
  text.clear();
  blocks.clear();
  containers.clear();
  marks.clear();
  metas.clear();
  scripts.clear();
  canonical = base = page_language = {};
  title.clear();
  truncated = false;
  SurveyWalk(tree, *this).run();
}

}  // namespace vigie::article
