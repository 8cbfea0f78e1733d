#include "article/plain_text.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "article/byline.hpp"
#include "article/dates.hpp"
#include "article/line_role.hpp"
#include "article/strings.hpp"
#include "text/language.hpp"

namespace vigie::article {
namespace {

constexpr size_t kLinesMax = 100'000;  // of one scrape; the rest is dropped

struct Line {
  std::string text, plain;  // as written; folded
  size_t words = 0;
  bool prose = false;      // sentences of an article, as far as one line can tell
  bool truncated = false;  // ends in "..."
  bool repeated = false;   // a short line that stands there more than once
  LineRole role = LineRole::text;
};

bool ends_truncated(std::string_view s) {
  return s.ends_with("...") || s.ends_with("\xE2\x80\xA6") || s.ends_with("[...]") || s.ends_with("[\xE2\x80\xA6]");
}

bool ends_sentence(std::string_view s) {
  for (auto const close : {"\"", "'", ")", "]", "\xE2\x80\x9D", "\xC2\xBB", "\xE2\x80\x99"}) {
    while (s.ends_with(close)) s = trim(s.substr(0, s.size() - std::string_view(close).size()));
  }
  return s.ends_with('.') || s.ends_with('!') || s.ends_with('?') || s.ends_with("\xE2\x80\xA6") || s.ends_with(':') ||
         s.ends_with("\xE3\x80\x82");
}

Line make_line(std::string text) {
  Line line;
  line.plain = folded(text);
  line.words = count_words(text);
  line.truncated = ends_truncated(text);
  line.role = role_of_line(line.plain, line.words);
  line.prose = (line.role == LineRole::text || line.words > 25) &&
               ((line.words >= 12 && ends_sentence(text)) || line.words >= 28);
  line.text = std::move(text);
  return line;
}

// A chunk between blank lines whose lines all but the last are about as wide as a page was wrapped by hand.
bool is_wrapped(std::vector<std::string> const& chunk) {
  if (chunk.size() < 2) return false;
  size_t open = 0, narrow = 0;
  for (size_t i = 0; i + 1 < chunk.size(); ++i) {
    open += !ends_sentence(chunk[i]);
    narrow += chunk[i].size() < 45 || chunk[i].size() > 100;
  }
  return narrow * 5 <= chunk.size() && open * 2 >= chunk.size() - 1;
}

std::vector<Line> read_lines(std::string_view text) {
  std::vector<Line> out;
  std::vector<std::string> chunk;
  auto const flush = [&] {
    if (is_wrapped(chunk)) {
      std::string joined;
      for (auto const& part : chunk) joined += (joined.empty() ? "" : " ") + part;
      out.push_back(make_line(std::move(joined)));
    } else {
      for (auto& part : chunk) out.push_back(make_line(std::move(part)));
    }
    chunk.clear();
  };
  while (!text.empty() && out.size() < kLinesMax) {
    size_t const end = std::min(text.find_first_of("\r\n"), text.size());
    auto line = squeezed(text.substr(0, end));
    if (text.substr(end).starts_with("\r\n")) text.remove_prefix(1);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) {
      flush();
    } else {
      chunk.push_back(std::move(line));
    }
  }
  flush();
  return out;
}

void mark_repeats(std::vector<Line>& lines) {
  std::unordered_map<std::string_view, int> seen;
  for (auto const& line : lines) ++seen[line.plain];
  for (auto& line : lines) line.repeated = line.words <= 8 && seen[line.plain] > 1;
}

// The headline: the nearest line above the first prose that is long enough to be one and nothing else.
size_t find_title(std::vector<Line> const& lines, size_t first_prose) {
  size_t fallback = lines.size();
  size_t const floor = first_prose > 60 ? first_prose - 60 : 0;
  for (size_t i = first_prose; i-- > floor;) {
    auto const& line = lines[i];
    if (line.role != LineRole::text || line.words > 40 || line.words == 0) continue;
    if (!line.repeated && line.words >= 4 && !(line.words <= 6 && find_date(line.text))) return i;
    if (fallback == lines.size() && line.words >= 2 && !line.repeated) fallback = i;
  }
  return fallback;
}

void read_credits(std::vector<Line> const& lines, size_t begin, size_t end, Article& a) {
  for (size_t i = begin; i < std::min(end, lines.size()); ++i) {
    auto const& line = lines[i];
    if (line.prose || line.words > 30) continue;
    if (line.role == LineRole::byline && a.authors.empty()) {
      auto names = std::string_view(line.text);
      if (auto const date = find_date(names)) names = names.substr(0, date->begin);
      add_authors(names, a.authors);
      if (!a.authors.empty()) a.diagnostics.push_back("authors: a byline");
    }
    bool const changed = line.plain.starts_with("mis a jour") || line.plain.starts_with("updated") ||
                         line.plain.starts_with("modifie") || line.plain.starts_with("last");
    if (line.role != LineRole::dateline && line.role != LineRole::byline && line.words > 12) continue;
    auto const date = find_date(line.text);
    if (!date) continue;
    if (!changed && !a.published) {
      a.published = date->time;
      a.diagnostics.push_back("published: a line of the text");
      if (auto const second = find_date(line.text, date->end); second && !a.modified) a.modified = second->time;
    } else if (changed && !a.modified) {
      a.modified = date->time;
    }
  }
}

// Whether a line says again what stands above: whole, or cut short by "...".
bool is_repeat(Line const& line, std::string const& above) {
  std::string_view needle = line.plain;
  if (line.truncated) needle = needle.substr(0, needle.rfind(' '));
  return needle.size() >= 25 && above.find(needle) != std::string::npos;
}

// Navigation between paragraphs: three short lines or more in a row without a sentence among them.
bool in_short_run(std::vector<Line> const& lines, size_t at) {
  auto const is_short = [&](size_t i) { return lines[i].words <= 7 && !ends_sentence(lines[i].text); };
  if (!is_short(at)) return false;
  size_t run = 1;
  for (size_t i = at; i-- > 0 && run < 3 && is_short(i);) ++run;
  for (size_t i = at + 1; i < lines.size() && run < 3 && is_short(i); ++i) ++run;
  return run >= 3;
}

Block to_block(Line const& line) {
  std::string_view text = line.text;
  for (auto const bullet : {"- ", "* ", "\xE2\x80\xA2 ", "\xE2\x80\x93 "}) {
    if (text.starts_with(bullet) && text.find('"') == text.npos && text.find("\xC2\xAB") == text.npos &&
        line.words < 60) {
      return {BlockKind::item, 1, std::string(trim(text.substr(std::string_view(bullet).size())))};
    }
  }
  bool const heading = !line.prose && line.words <= 14 && !ends_sentence(text);
  return {heading ? BlockKind::heading : BlockKind::paragraph, static_cast<uint8_t>(heading ? 2 : 0), line.text};
}

// The lines of the body behind `begin`; `above` gathers what was kept, folded.
void read_body(std::vector<Line> const& lines, size_t begin, std::string above, Article& a) {
  size_t kept_prose = a.blocks.size();
  bool repeat_seen = false;
  for (size_t i = begin; i < lines.size(); ++i) {
    auto const& line = lines[i];
    if (kept_prose > 1 && opens_tail(line.plain, line.words)) break;
    if (is_repeat(line, above)) {
      repeat_seen = true;
      continue;
    }
    bool const speech = line.words >= 3 && ends_sentence(line.text) && !line.truncated;
    bool const subheading = line.words >= 2 && line.words <= 14 && !in_short_run(lines, i) && i + 1 < lines.size() &&
                            lines[i + 1].prose && !is_repeat(lines[i + 1], above);
    if (line.role != LineRole::text && !line.prose) continue;
    if (line.repeated || (!line.prose && !speech && !subheading)) continue;
    if (line.truncated && repeat_seen) continue;  // teasers of other articles follow the first
    a.blocks.push_back(to_block(line));
    if (a.blocks.back().kind != BlockKind::heading) kept_prose = a.blocks.size();
    above += line.plain + ' ';
  }
  a.blocks.resize(std::min(kept_prose, a.blocks.size()));
}

}  // namespace

void read_plain_text(std::string_view text, Article& a) {
  auto lines = read_lines(text);
  mark_repeats(lines);
  size_t prose = 0;
  while (prose < lines.size() && !lines[prose].prose) ++prose;
  if (prose == lines.size()) {  // no sentence at all: whatever there is, said to be doubtful
    for (auto const& line : lines) {
      if (a.title.empty()) {
        a.title = line.text;
      } else if (line.role == LineRole::text && !line.repeated) {
        a.blocks.push_back(to_block(line));
      }
    }
    a.kind = Kind::other;
    a.diagnostics.push_back("text: no sentences found");
  } else {
    size_t const title = find_title(lines, prose);
    std::string above;
    if (title < lines.size()) {
      a.title = lines[title].text;
      a.diagnostics.push_back("title: the line above the first sentences");
      above = lines[title].plain + ' ';
      read_credits(lines, title > 4 ? title - 4 : 0, prose + 1, a);
      if (title > 0 && lines[title - 1].words <= 3 && !lines[title - 1].repeated && title == 1)
        a.kicker = lines[0].text;
    }
    size_t prose_lines = 0;
    for (size_t i = prose; i < lines.size(); ++i) prose_lines += lines[i].prose;
    size_t begin = prose;
    if (title < lines.size() && lines[prose].words <= 75 && prose_lines >= 3) {
      a.lede = lines[prose].text;
      a.lede_in_text = true;
      a.diagnostics.push_back("lede: the first paragraph below the headline");
      above += lines[prose].plain + ' ';
      begin = prose + 1;
    }
    read_body(lines, begin, std::move(above), a);
  }
  a.language = text::detect_language(a.title + "\n" + article::text(a), a.language);
}

}  // namespace vigie::article
