#include "article/features.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "article/strings.hpp"
#include "base/hash.hpp"
#include "base/utf8.hpp"

namespace vigie::article {
namespace {

float ratio(double a, double b) { return b > 0 ? static_cast<float>(a / b) : 0.0f; }

bool ends_sentence(std::string_view s) {
  if (!s.empty() && (is_alpha(s.back()) || is_digit(s.back()))) return false;
  for (bool more = true; more;) {
    more = false;
    for (auto const close : {"\"", "'", ")", "]", "\xE2\x80\x9D", "\xC2\xBB", "\xE2\x80\x99", "\xE2\x80\x9C"}) {
      if (s.ends_with(close)) {
        s = trim(s.substr(0, s.size() - std::string_view(close).size()));
        more = true;
      }
    }
  }
  if (s.empty()) return false;
  return s.back() == '.' || s.back() == '!' || s.back() == '?' || s.ends_with("\xE2\x80\xA6") ||
         s.ends_with("\xE3\x80\x82") || s.ends_with("\xE0\xA5\xA4") || s.ends_with("\xEF\xBC\x81") ||
         s.ends_with("\xD8\x9F");
}

struct Counts {
  uint32_t commas = 0, stops = 0, digits = 0, capitals = 0, letters = 0, odd = 0, quotes = 0;
};

// What a byte counts as: one in a field of eight bits. `looked_at` are those that count for what stands beside them.
enum Field : unsigned {
  comma = 0,
  digit = 8,
  capital = 16,
  small = 24,
  odd = 32,
  quote = 40,
  high = 48,
  looked_at = 56
};

constexpr std::array<uint64_t, 256> kFields = [] {
  std::array<uint64_t, 256> table{};
  auto const counts = [&](unsigned char c, Field field) { table[c] += uint64_t{1} << field; };
  for (unsigned c = 0; c < 256; ++c) {
    char const x = static_cast<char>(c);
    auto const byte = static_cast<unsigned char>(c);
    if (is_digit(x)) counts(byte, digit);
    if (is_alpha(x)) counts(byte, lower(x) == x ? small : capital);
    if (c >= 0xC3) counts(byte, high);
    if (c == 0xE2 || c == 0xE3) counts(byte, looked_at);
  }
  for (unsigned char const c : std::string_view(",;")) counts(c, comma);
  for (unsigned char const c : std::string_view(".!?")) counts(c, looked_at);
  for (unsigned char const c : std::string_view("|>/@#+*")) counts(c, odd);
  counts('"', quote);
  return table;
}();

// Stops before a space or the end, quotation marks, ideographic commas and stops.
void look_at(std::string_view s, size_t at, Counts& out) {
  auto const rest = s.substr(at);
  auto const c = static_cast<unsigned char>(rest[0]);
  if (c < 0x80) {
    out.stops += rest.size() == 1 || rest[1] == ' ';
  } else if (c == 0xE2) {
    out.quotes += rest.starts_with("\xE2\x80\x9C") || rest.starts_with("\xE2\x80\x9D");
  } else {
    out.commas += rest.starts_with("\xE3\x80\x81");
    out.stops += rest.starts_with("\xE3\x80\x82");
  }
}

Counts count(std::string_view s) {
  constexpr size_t kFieldMax = 255;  // bytes that no field can overflow on
  Counts out;
  for (size_t begin = 0; begin < s.size(); begin += kFieldMax) {
    size_t const end = std::min(s.size(), begin + kFieldMax);
    uint64_t sums = 0;
    for (size_t i = begin; i < end; ++i) sums += kFields[static_cast<unsigned char>(s[i])];
    auto const sum = [sums](Field field) { return static_cast<uint32_t>(sums >> field & 0xFF); };
    out.commas += sum(comma);
    out.digits += sum(digit);
    out.capitals += sum(capital);
    out.letters += sum(capital) + sum(small) + sum(high);
    out.odd += sum(odd);
    out.quotes += sum(quote);
    auto left = sum(looked_at);
    for (size_t i = begin; left > 0; ++i) {
      if (kFields[static_cast<unsigned char>(s[i])] >> looked_at == 0) continue;
      look_at(s, i, out);
      --left;
    }
  }
  return out;
}

}  // namespace

// Most of what is counted is small: those logarithms are made once.
float log1(double x) {
  static auto const small = [] {
    std::array<float, 2048> table{};
    for (size_t i = 0; i < table.size(); ++i) table[i] = static_cast<float>(std::log1p(static_cast<double>(i)));
    return table;
  }();
  auto const whole = static_cast<size_t>(std::max(x, 0.0));
  if (whole < small.size() && static_cast<double>(whole) == x) return small[whole];
  return static_cast<float>(std::log1p(x));
}

float tag_class(page::Atom tag) {
  using page::Atom;
  switch (tag) {
    case Atom::p:
      return 0;
    case Atom::div:
      return 1;
    case Atom::section:
    case Atom::article:
    case Atom::main:
    case Atom::body:
      return 2;
    case Atom::li:
      return 3;
    case Atom::h1:
      return 4;
    case Atom::h2:
      return 5;
    case Atom::h3:
      return 6;
    case Atom::h4:
    case Atom::h5:
    case Atom::h6:
      return 7;
    case Atom::blockquote:
      return 8;
    case Atom::td:
    case Atom::th:
      return 9;
    case Atom::pre:
      return 10;
    case Atom::dd:
    case Atom::dt:
      return 11;
    case Atom::figcaption:
      return 12;
    case Atom::button:
      return 13;
    default:
      return 14;
  }
}

void FeatureTable::compute(Survey const& survey, page::Tree const& tree, PageFacts const& page) {
  read_blocks(survey, page);
  score_containers(survey);
  find_looks(survey, tree);
  fill_rows(survey, page);
}

void FeatureTable::read_blocks(Survey const& survey, PageFacts const& page) {
  size_t const n = survey.blocks.size();
  facts.assign(n, {});
  folded_text.clear();
  folded_text.reserve(survey.text.size() + n);
  auto const title = folded(page.title), description = folded(page.description), claimed = folded(page.body);
  numbering_.begin(n);
  std::vector<uint32_t> said, times(n, 0);
  said.reserve(n);
  for (size_t i = 0; i < n; ++i) {
    auto const& b = survey.blocks[i];
    auto const text = survey.text_of(b);
    auto& f = facts[i];
    f.folded_begin = static_cast<uint32_t>(folded_text.size());
    append_folded(folded_text, text);
    f.folded_end = static_cast<uint32_t>(folded_text.size());
    folded_text += ' ';
    auto const plain = folded_of(i);
    f.words = b.words;
    f.hash = hash64(plain);
    f.link_density = std::min(1.0f, ratio(b.link_bytes, text.size()));
    f.role = role_of_line(plain, f.words);
    f.opens_tail = opens_tail(plain, f.words);
    f.sentence_end = ends_sentence(text);
    f.prose =
        f.words >= 10 && f.link_density < 0.5f && b.kind != BlockKind::heading && (f.sentence_end || f.words >= 25);
    f.is_title = !title.empty() && plain == title;
    f.in_body_claim = plain.size() >= 12 && plain.size() <= claimed.size() &&
                      memmem(claimed.data(), claimed.size(), plain.data(), plain.size()) != nullptr;
    f.begins_description = description.size() >= 30 && plain.size() >= 30 &&
                           (description.starts_with(plain.substr(0, 60)) ||
                            plain.starts_with(std::string_view(description).substr(0, 60)));
    said.push_back(numbering_.number(f.hash));
    times[said.back()] += f.words > 0;
  }
  for (size_t i = 0; i < n; ++i) {
    if (facts[i].words > 0) facts[i].repeats = static_cast<uint16_t>(std::min(times[said[i]], 65535u));
  }
  find_title(survey, title);
}

// The headline's block: the <h1> that says it, else a heading, else any block; else the first <h1> in the article's
// part of the page.
void FeatureTable::find_title(Survey const& survey, std::string_view title) {
  title_block = SIZE_MAX;
  int best = 0;
  for (size_t i = 0; i < facts.size(); ++i) {
    auto const& b = survey.blocks[i];
    int rank = 0;
    auto const plain = folded_of(i);
    bool const near = !title.empty() && plain.size() * 2 > title.size() && plain.size() < title.size() * 2 &&
                      (title.find(plain) != title.npos || plain.find(title) != plain.npos);
    if (facts[i].is_title || near) rank = b.level == 1 ? 6 : b.kind == BlockKind::heading ? 4 : 2;
    if (facts[i].is_title) ++rank;
    if (rank == 0 && b.kind == BlockKind::heading && b.level == 1 && facts[i].words >= 3) rank = 1;
    if (b.places & (bit(Place::nav) | bit(Place::hidden) | bit(Place::footer))) rank = std::min(rank, 1);
    if (rank > best) {
      best = rank;
      title_block = i;
    }
  }
}

// Each block of prose speaks for its container, and half as loud for the one above (the idea of Readability's scoring);
// links speak against.
void FeatureTable::score_containers(Survey const& survey) {
  size_t const n = survey.containers.size();
  container_score_.assign(n, 0);
  for (size_t i = 0; i < facts.size(); ++i) {
    auto const& f = facts[i];
    if (!f.prose) continue;
    auto const& b = survey.blocks[i];
    if (b.places & (bit(Place::nav) | bit(Place::footer) | bit(Place::hidden) | bit(Place::form))) continue;
    float score = std::min(static_cast<float>(f.words), 120.0f) * (1 - f.link_density);
    if (b.places & (bit(Place::aside) | bit(Place::figure))) score *= 0.3f;
    if (b.hint_distance[static_cast<size_t>(Hint::comments)] < 8) score *= 0.2f;
    uint32_t const c = b.container, up = survey.containers[c].parent;
    container_score_[c] += score;
    if (up != c) {
      container_score_[up] += score * 0.55f;
      uint32_t const far = survey.containers[up].parent;
      if (far != up) container_score_[far] += score * 0.25f;
    }
  }
  best_container = 0;
  for (uint32_t c = 1; c < n; ++c) {
    auto const& box = survey.containers[c];
    container_score_[c] *= 1 - 0.8f * std::min(1.0f, ratio(box.link_words, box.words));
    if (container_score_[c] > container_score_[best_container]) best_container = c;
  }
  inside_best.assign(n, 0);
  best_distance_.assign(n, 0);
  std::vector<uint8_t> above(n, 0);
  for (uint32_t c = best_container;; c = survey.containers[c].parent) {
    above[c] = 1;
    if (c == 0) break;
  }
  for (uint32_t c = 0; c < n; ++c) {  // parents come before their children
    uint32_t const up = survey.containers[c].parent;
    inside_best[c] = c == best_container || (c != 0 && inside_best[up]);
    if (above[c]) {
      best_distance_[c] = static_cast<uint16_t>(survey.containers[best_container].depth - survey.containers[c].depth);
    } else {
      best_distance_[c] = inside_best[c] ? 0 : best_distance_[up];
    }
  }
}

// Blocks of one look: same tag, class and container's class.
void FeatureTable::find_looks(Survey const& survey, page::Tree const& tree) {
  size_t const n = survey.blocks.size();
  look.resize(n);
  numbering_.begin(n);
  std::vector<uint64_t> of_container(survey.containers.size(), 0);  // made for those that hold blocks themselves
  for (size_t i = 0; i < n; ++i) {
    auto const& b = survey.blocks[i];
    auto const& box = survey.containers[b.container];
    auto& outer = of_container[b.container];
    if (outer == 0) outer = hash64(tree.attribute(box.node, page::Atom::class_), page::index(box.tag));
    auto const inner =
        b.node == box.node ? outer : hash64(tree.attribute(b.node, page::Atom::class_), page::index(b.tag));
    look[i] = numbering_.number(inner * 31 + outer);
  }
  looks = numbering_.size();
}

void FeatureTable::fill_rows(Survey const& survey, PageFacts const& page) {
  size_t const n = survey.blocks.size();
  values_.resize(n * kFeatures);
  struct Group {
    uint32_t blocks = 0, words = 0, prose_words = 0, inside = 0;
    float link_words = 0;
  };
  std::vector<Group> groups(looks);
  double page_words = 0, page_prose = 0;
  for (size_t i = 0; i < n; ++i) {
    auto const& b = survey.blocks[i];
    auto& g = groups[look[i]];
    ++g.blocks;
    g.words += facts[i].words;
    g.link_words += static_cast<float>(facts[i].words) * facts[i].link_density;
    if (facts[i].prose) g.prose_words += facts[i].words;
    if (inside_best[b.container]) g.inside += facts[i].words;
    page_words += facts[i].words;
    if (facts[i].prose) page_prose += facts[i].words;
  }
  struct GroupRow {
    float blocks, prose_share, links, words_each, inside;
  };
  std::vector<GroupRow> group_rows(looks);
  for (size_t i = 0; i < looks; ++i) {
    auto const& g = groups[i];
    group_rows[i] = {log1(g.blocks), ratio(g.prose_words, page_prose), ratio(g.link_words, g.words),
                     ratio(g.words, g.blocks), ratio(g.inside, g.words)};
  }
  struct BoxRow {
    float words = -1, links = 0, prose_share = 0, prose = 0, blocks = 0;
  };
  std::vector<BoxRow> box_rows(survey.containers.size());  // made when first asked for
  auto const box_row = [&](uint32_t container) -> BoxRow const& {
    auto& row = box_rows[container];
    auto const& c = survey.containers[container];
    if (row.words < 0) {
      row = {log1(c.words), ratio(c.link_words, c.words), ratio(c.prose_words, page_prose),
             ratio(c.prose_words, c.words), log1(c.blocks)};
    }
    return row;
  };
  size_t articles = 0;
  for (auto const& c : survey.containers) articles += c.tag == page::Atom::article;
  bool const has_body = page.body.size() > 200;
  double words_before = 0, words_since_title = 0, words_since_tail = 0;
  bool tail = false;
  float const best_share = ratio(survey.containers[best_container].words, page_words);
  float const log_page_words = log1(page_words), log_page_prose = log1(page_prose);
  float const log_blocks = log1(static_cast<double>(n));
  for (size_t i = 0; i < n; ++i) {
    auto const& b = survey.blocks[i];
    auto const& f = facts[i];
    auto const text = survey.text_of(b);
    auto const c = count(text);
    float* out = values_.data() + i * kFeatures;
    float* const row = out;
    auto const put = [&](float v) { *out++ = v; };
    put(static_cast<float>(f.words));
    put(f.link_density);
    put(static_cast<float>(std::min<int>(b.links, 50)));
    put(ratio(c.commas, f.words));
    put(static_cast<float>(std::min<uint32_t>(c.stops, 30)));
    put(f.sentence_end);
    put(ratio(c.capitals, c.letters));
    put(ratio(c.digits, static_cast<double>(text.size())));
    put(static_cast<float>(c.odd));
    put(static_cast<float>(std::min<uint32_t>(c.quotes, 20)));
    put(ratio(static_cast<double>(text.size()), f.words));
    put(ratio(b.bold_bytes, static_cast<double>(text.size())));
    put(text.ends_with(':'));
    put(text.ends_with("...") || text.ends_with("\xE2\x80\xA6"));
    put(b.after_break);
    put(tag_class(b.tag));
    put(static_cast<float>(b.kind));
    put(b.level);
    for (size_t p = 0; p < kPlaces; ++p) put((b.places >> p) & 1);                     // 16
    for (size_t h = 0; h < kHints; ++h) put(std::min<float>(b.hint_distance[h], 20));  // 19
    put(static_cast<float>(f.role));
    put(f.opens_tail);
    put(static_cast<float>(std::min<int>(f.repeats, 20)));
    put(f.is_title);
    put(f.begins_description);
    put(!has_body ? 0.0f : f.in_body_claim ? 1.0f : -1.0f);
    // where it stands
    put(ratio(static_cast<double>(i), static_cast<double>(n)));
    put(ratio(words_before, page_words));
    float const since =
        title_block == SIZE_MAX ? 0.0f : static_cast<float>(static_cast<double>(i) - static_cast<double>(title_block));
    put(std::clamp(since, -200.0f, 400.0f));
    put(title_block == SIZE_MAX ? -1.0f : log1(words_since_title));
    put(tail ? log1(words_since_tail) : -1.0f);
    put(b.depth);
    // containers
    uint32_t const up = survey.containers[b.container].parent, far = survey.containers[up].parent;
    put(inside_best[b.container]);
    put(std::min<float>(best_distance_[b.container], 30));
    put(ratio(container_score_[b.container], container_score_[best_container]));
    for (uint32_t const container : {b.container, up, far}) {
      auto const& k = box_row(container);
      put(k.words);
      put(k.links);
      put(k.prose_share);
      put(k.prose);
      put(k.blocks);
    }
    put(best_share);
    auto const& g = group_rows[look[i]];
    put(g.blocks);
    put(g.prose_share);
    put(g.links);
    put(g.words_each);
    put(g.inside);
    // neighbours
    for (int const step : {-2, -1, 1, 2}) {
      auto const at = static_cast<int64_t>(i) + step;
      bool const there = at >= 0 && at < static_cast<int64_t>(n);
      auto const j = static_cast<size_t>(there ? at : 0);
      put(there ? log1(facts[j].words) : -1.0f);
      put(there ? facts[j].link_density : -1.0f);
      put(there ? static_cast<float>(facts[j].prose) : -1.0f);
      put(there ? static_cast<float>(look[j] == look[i] && survey.blocks[j].container == b.container) : -1.0f);
    }
    // the page
    put(log_page_words);
    put(log_page_prose);
    put(std::min<float>(static_cast<float>(articles), 50));
    put(log_blocks);
    put(has_body);
    while (out < row + kFeatures) put(0);
    words_before += f.words;
    if (tail) words_since_tail += f.words;
    if (f.opens_tail && title_block != SIZE_MAX && i > title_block) {
      tail = true;
      words_since_tail = 0;
    }
    if (title_block != SIZE_MAX && i > title_block) words_since_title += f.words;
  }
}

}  // namespace vigie::article
