#include "article/visible_claims.hpp"

#include <algorithm>
#include <cstdlib>

#include "article/byline.hpp"
#include "article/phrases.hpp"
#include "article/strings.hpp"
#include "page/find.hpp"
#include "page/text.hpp"

namespace vigie::article {
namespace {

constexpr PlaceSet kElsewhere = bit(Place::nav) | bit(Place::footer) | bit(Place::aside);

class VisibleReader {
 public:
  VisibleReader(Survey const& survey, page::Tree const& tree, FeatureTable const& table, DayOrder order)
      : survey_(survey), tree_(tree), table_(table), order_(order) {
    if (table.title_block != SIZE_MAX) title_at_ = survey.blocks[table.title_block].begin;
  }

  VisibleClaims run() {
    read_marks();
    read_blocks();
    return std::move(out_);
  }

 private:
  // How far from the headline, in bytes of text; what stands before it is twice as far.
  size_t distance(uint32_t at) const { return at >= title_at_ ? at - title_at_ : size_t{2} * (title_at_ - at); }

  // What a reader sees of the element counts for more than what its attribute says, which may be the day of a change.
  std::optional<Time> time_of(page::NodeId n) const {
    auto const shown = page::shown_line(tree_, n);
    auto const seen = find_date(std::string_view(shown).substr(0, 200), 0, order_);
    for (auto const name : {page::Atom::datetime, page::Atom::content, page::Atom::title}) {
      auto const value = tree_.attribute(n, name);
      if (value.empty()) continue;
      auto const t = read_date_field(value, order_);
      if (!t) continue;
      return seen && std::abs(seen->time.local_s - t->local_s) > 2 * 86400 ? seen->time : t;
    }
    return seen ? std::optional(seen->time) : std::nullopt;
  }

  // Marked for machines, said to readers: `<p itemprop="datePublished">4 March 2021</p>` by the headline.
  bool is_for_readers(Mark const& m) const {
    return distance(m.at) < 3000 && !in_teaser(m) && !tree_.has_attribute(m.node, page::Atom::datetime) &&
           !tree_.has_attribute(m.node, page::Atom::content);
  }

  // `<span class="updated" title="2021-03-04T18:00:00+01:00">`, `<p class="date">4 March 2021</p>`
  std::optional<Time> named_date(Mark const& m) const {
    for (auto const name : {page::Atom::datetime, page::Atom::content, page::Atom::title}) {
      auto const value = tree_.attribute(m.node, name);
      if (value.size() < 8 || !is_digit(value[0])) continue;
      if (auto t = read_date_field(value, order_)) return t;
    }
    auto const text = std::string_view(survey_.text).substr(m.at, 60);
    auto const found = find_date(text.substr(0, text.find('\n')), 0, order_);
    return found && found->begin < 30 ? std::optional(found->time) : std::nullopt;
  }

  bool in_teaser(Mark const& m) const { return (m.hints & bit(Hint::related)) || (m.places & kElsewhere); }

  bool in_teaser_beside(Mark const& m) const {
    return (m.around & bit(Hint::related)) || (m.places & bit(Place::footer));
  }

  // A site's head shows the day of today.
  static bool in_masthead(PlaceSet places) {
    return (places & bit(Place::header)) && !(places & (bit(Place::article) | bit(Place::main)));
  }

  // "Last updated on " right before the mark on its line: what follows is no day of publication.
  bool follows_change(uint32_t at) const {
    auto const before = std::string_view(survey_.text).substr(0, at);
    size_t const line = before.rfind('\n');
    return speaks_of_change(before.substr(line == before.npos ? 0 : line + 1));
  }
  static bool speaks_of_change(std::string_view before) {
    static constexpr std::string_view kChanged[]{"updat",      "mis a jour", "mise a jour", "modif",     "aktualisi",
                                                 "geandert",   "anderung",   "actualiz",    "atualiz",   "aggiorn",
                                                 "bijgewerkt", "edited",     "revised",     "reviewed",  "uppdaterad",
                                                 "zuletzt",    "derniere m", "oppdatert",   "opdateret", "aktualiz"};
    static constexpr std::string_view kPublished[]{"publi", "posted", "erstellt", "ffentlich", "erschienen", "pubblic"};
    size_t from = before.size() > 40 ? before.size() - 40 : 0;
    while (from < before.size() && (static_cast<unsigned char>(before[from]) & 0xC0) == 0x80) ++from;
    auto const plain = folded(before.substr(from));
    static constexpr Phrases kChanges(kChanged);
    static constexpr Phrases kPublishes(kPublished);
    size_t const changed = kChanges.last_in(plain), published = kPublishes.last_in(plain);
    return changed != plain.npos && (published == plain.npos || published < changed);
  }

  void read_marks() {
    size_t nearest = SIZE_MAX, nearest_author = SIZE_MAX, nearest_named = SIZE_MAX;
    for (auto const& m : survey_.marks) {
      if (m.kind == MarkKind::published && !out_.marked) {
        out_.marked = time_of(m.node);
        if (out_.marked && is_for_readers(m) && !out_.named) {
          out_.named = out_.marked;
          nearest_named = distance(m.at);
        }
      }
      if (m.kind == MarkKind::modified && !out_.marked_modified) out_.marked_modified = time_of(m.node);
      if (m.kind == MarkKind::time && !in_teaser(m) && !(m.around & bit(Hint::comments)) &&
          !(m.places & bit(Place::blockquote)) && distance(m.at) < nearest && distance(m.at) < 4000) {
        if (auto t = time_of(m.node)) {
          bool const changed =
              follows_change(m.at) || page::has_token(tree_.attribute(m.node, page::Atom::itemprop), "dateModified");
          if (!changed) nearest = distance(m.at);
          (changed ? out_.written_modified : out_.time_element) = t;
        }
      }
      if (m.kind == MarkKind::dated && !in_teaser(m) && !in_masthead(m.places) &&
          !(m.around & (bit(Hint::comments) | bit(Hint::caption))) && distance(m.at) < nearest_named &&
          distance(m.at) < 3000) {
        if (auto t = named_date(m)) {
          bool const changed =
              follows_change(m.at) || speaks_of_change(std::string_view(survey_.text).substr(m.at, 30));
          if (!changed) nearest_named = distance(m.at);
          (changed ? out_.written_modified : out_.named) = t;
        }
      }
      if (m.kind != MarkKind::author) continue;
      if (!(m.places & kElsewhere)) {
        read_author(m, nearest_author);
      } else if (!(m.places & bit(Place::nav))) {
        read_author_beside(m);
      }
    }
  }

  bool is_exact(Mark const& m) const {
    bool const linked =
        tree_.tag(m.node) == page::Atom::a && is_author_address(tree_.attribute(m.node, page::Atom::href));
    return linked || tree_.attribute(m.node, page::Atom::rel).find("author") != std::string_view::npos ||
           tree_.has_attribute(m.node, page::Atom::itemprop);
  }

  // A writer named for machines in a column or at the foot: theirs is the article if nobody else is named there.
  void read_author_beside(Mark const& m) {
    bool const exact = is_exact(m) && !beside_authors_differ_;
    if (!exact && !out_.authors.empty()) return;
    std::vector<std::string> names;
    auto const line = page::shown_line(tree_, m.node);
    if (line.size() <= 100) add_authors(line, names);
    bool const by_headline = m.at >= title_at_ && distance(m.at) < 400 && !in_teaser_beside(m);
    if (by_headline && out_.authors.empty() && names.size() == 1 && looks_like_person(names[0])) out_.authors = names;
    if (!exact) return;
    bool const told = tree_.tag(m.node) != page::Atom::a ||
                      tree_.attribute(m.node, page::Atom::rel).find("author") != std::string_view::npos;
    if (names.size() != 1 || !(told || looks_like_person(names[0]))) return;
    if (!beside_author_.empty() && beside_author_ != names[0]) beside_authors_differ_ = true;
    beside_author_ = names[0];
  }

  // "Reviewed by", "Edited by" and the like right before a name: someone who had a part in it, but is not its writer.
  bool had_a_part(uint32_t at, std::string_view line) const {
    static constexpr std::string_view kParts[]{"reviewed by", "edited by", "checked by",     "photo by",
                                               "photos by",   "images by", "illustrated by", "translated by",
                                               "relu par",    "photos de", "fotos von",      "foto von"};
    auto before = std::string_view(survey_.text).substr(0, at);
    if (before.size() > 24) before.remove_prefix(before.size() - 24);
    while (!before.empty() && (static_cast<unsigned char>(before.front()) & 0xC0) == 0x80) before.remove_prefix(1);
    auto const plain = folded(before), own = folded(line.substr(0, 40));
    return std::any_of(std::begin(kParts), std::end(kParts), [&](std::string_view part) {
      return plain.ends_with(part) || own.starts_with(part) || own.starts_with("medically " + std::string(part));
    });
  }

  // A name that runs into what stands beside it in its box is cut to what an element of its own says:
  // "<b class=name>Ida Marlow</b><i>Reporter</i>".
  void cut_to_name(page::NodeId box, std::string& name) const {
    std::string inner;
    page::find_element(tree_, box, [&](page::NodeId n) {
      bool const told = page::has_token(tree_.attribute(n, page::Atom::itemprop), "name") ||
                        contains_nocase(tree_.attribute(n, page::Atom::class_), "name") ||
                        (tree_.tag(n) == page::Atom::a && tree_.has_attribute(n, page::Atom::href));
      if (!told) return false;
      auto line = page::shown_line(tree_, n);
      bool const shorter = line.size() < (inner.empty() ? name.size() : inner.size());
      if (shorter && name.find(line) != name.npos && looks_like_person(line)) inner = std::move(line);
      return false;
    });
    if (!inner.empty()) name = inner;
  }

  // What is marked as the author for machines, or links to a writer's page, may stand anywhere (author boxes end many
  // articles); what is only named so must be near.
  void read_author(Mark const& m, size_t& nearest) {
    size_t const away = distance(m.at);
    bool const exact = is_exact(m);
    if (away > 3000 && !(exact && !in_teaser(m) && m.at > title_at_)) return;
    bool const beside =
        exact && last_exact_ && m.at >= nearest_end_ && m.at - nearest_end_ < 120 && !out_.authors.empty();
    if ((exact ? away / 4 : away) >= nearest && !beside) return;
    auto const value = tree_.attribute(m.node, page::Atom::content);
    auto const line = value.empty() ? page::shown_line(tree_, m.node) : std::string(value);
    bool const helper = had_a_part(m.at, line);
    if (helper && !out_.authors.empty()) return;
    size_t const cost = (exact ? away / 4 : away) + (helper ? 3000 : 0);
    if (cost >= nearest && !beside) return;
    if (tree_.attribute(m.node, page::Atom::itemtype).ends_with("Organization")) return;
    if (line.empty() || line.size() > 160 || count_words(line) > 14) return;
    std::vector<std::string> names;
    add_authors(name_part(line), names);
    if (names.size() == 1) cut_to_name(m.node, names.front());
    if (names.empty()) return;
    if (beside) {
      for (auto const& name : names) add_authors(name, out_.authors);  // two writers side by side
    } else {
      out_.authors = std::move(names);
    }
    nearest = std::min(nearest, cost);
    nearest_end_ = m.at;
    last_exact_ = exact;
  }

  // "Published 4 March 2021 by Ida Marlow": what stands behind the "by", else what stands before the date.
  std::string_view name_part(std::string_view line) const {
    auto const date = find_date(line, 0, order_);
    if (!date) return line;
    auto const behind = line.substr(date->end);
    for (auto const by : {" by ", " par ", " von ", " por ", " di "}) {
      if (size_t const at = behind.find(by); at != behind.npos && at < 12)
        return behind.substr(at + std::string_view(by).size());
    }
    auto const before = line.substr(0, date->begin);
    return folded(before).size() < 3 ? behind : before;
  }

  // A block that only says "Written by": the next one is the name.
  static bool announces_name(std::string_view plain) {
    static constexpr std::string_view kAlone[]{
        "by",           "written by",      "posted by",    "published by", "par",    "ecrit par",
        "von",          "geschrieben von", "erstellt von", "author",       "auteur", "autor",
        "verfasst von", "words by",        "story by",     "escrito por",  "text"};
    for (auto const alone : kAlone) {
      if (plain == alone) return true;
    }
    return false;
  }

  void read_blocks() {
    for (size_t i = 0; i < survey_.blocks.size(); ++i) {
      auto const& b = survey_.blocks[i];
      auto const& f = table_.facts[i];
      if (f.words == 0) continue;
      auto const text = survey_.text_of(b);
      bool const digits = std::any_of(text.begin(), text.end(),
                                      [](char c) { return is_digit(c); });  // most blocks have none: no date either
      if (digits && f.words <= 60 && !out_.said) out_.said = said_date(text);
      if (digits && f.words <= 60 && !out_.standing) out_.standing = standing_date(text);
      if (b.places & kElsewhere) {
        if (digits && f.words <= 30 && !(b.places & bit(Place::nav))) read_beside(text);
        continue;
      }
      size_t const away = distance(b.begin);
      if (!out_.opening && b.begin > title_at_ && away < 3000 && f.words > 4) out_.opening = opening_date(text);
      if (f.words > 40) continue;
      bool const dated = b.hint_distance[static_cast<size_t>(Hint::date)] <= 3 || f.role == LineRole::dateline ||
                         f.role == LineRole::byline;
      if (!dated && f.words > 14) continue;
      if (f.role == LineRole::byline && out_.authors.empty() && away < 1500) add_authors(name_part(text), out_.authors);
      if (out_.signed_far.empty() && b.begin > title_at_) read_signature(i, text);
      if (out_.authors.empty() && away < 1500 && i + 1 < survey_.blocks.size() && announces_name(table_.folded_of(i)) &&
          table_.facts[i + 1].words <= 6) {
        add_authors(survey_.text_of(survey_.blocks[i + 1]), out_.authors);
      }
      auto const date = find_date(text, 0, order_);
      if (!date) continue;
      if (out_.authors.empty() && away < 1500) read_name_by_date(text, *date);
      bool const caption = (b.places & bit(Place::figure)) || b.hint_distance[static_cast<size_t>(Hint::caption)] <= 1;
      if (caption && f.words > 6) continue;
      if (!out_.anywhere) out_.anywhere = date->time;
      if (away > 2500 && !(dated && away < 6000)) continue;
      read_dateline(table_.folded_of(i), text.substr(0, date->begin), date->time, f.words);
    }
    if (beside_differ_) out_.beside.reset();
    if (out_.signed_far.empty() && !beside_authors_differ_ && !beside_author_.empty())
      out_.signed_far.push_back(beside_author_);
  }

  // "Written by Ida Marlow" at the foot of the article, or "Author" over the name.
  void read_signature(size_t i, std::string_view text) {
    static constexpr std::string_view kSigned[]{"written by",
                                                "article by",
                                                "this post was written by",
                                                "story by",
                                                "ecrit par",
                                                "geschrieben von",
                                                "verfasst von",
                                                "words by",
                                                "text von",
                                                "texte de",
                                                "erstellt von",
                                                "beitrag von",
                                                "ein beitrag von",
                                                "blog beitrag von",
                                                "redaction",
                                                "propos recueillis par",
                                                "auteur",
                                                "autor",
                                                "autoren",
                                                "author",
                                                "autore"};
    auto const plain = table_.folded_of(i);
    if (announces_name(plain) && i + 1 < survey_.blocks.size() && table_.facts[i + 1].words <= 4) {
      auto const next = survey_.text_of(survey_.blocks[i + 1]);
      if (looks_like_person(next)) add_authors(next, out_.signed_far);
    }
    if (plain.empty() || table_.facts[i].words > 8) return;
    for (auto const phrase : kSigned) {
      if (plain[0] != phrase[0] || !plain.starts_with(phrase) || !out_.signed_far.empty()) continue;
      add_authors(text, out_.signed_far);
      auto const person = [](std::string const& name) { return looks_like_person(name); };
      if (!std::all_of(out_.signed_far.begin(), out_.signed_far.end(), person)) out_.signed_far.clear();
    }
  }

  // "Published 4 March 2021 by Ida Marlow", "Ida Marlow | Senior Writer | 4 March 2021".
  void read_name_by_date(std::string_view text, FoundDate const& date) {
    auto const is_name = [](std::string_view s) {
      return s.size() < 60 && count_words(s) <= 4 && looks_like_person(s) && std::none_of(s.begin(), s.end(), is_digit);
    };
    auto const behind = trim(text.substr(date.end));
    for (std::string_view const by : {"by ", "By ", "par ", "Par ", "von ", "por "}) {
      if (!behind.starts_with(by) || !is_name(trim(behind.substr(by.size())))) continue;
      return add_authors(behind.substr(by.size()), out_.authors);
    }
    size_t const bar = text.find(" | ");
    if (bar != text.npos && bar < date.begin && is_name(trim(text.substr(0, bar))))
      add_authors(text.substr(0, bar), out_.authors);
  }

  // What a long line says (a caption that nothing names so, as often as not) gives way to a date that stands alone.
  void read_dateline(std::string_view plain, std::string_view before, Time time, size_t words) {
    auto& into = plain.starts_with("stand ") ? out_.standing
                 : speaks_of_change(before)  ? out_.written_modified
                 : says_published(plain)     ? out_.labelled
                                             : out_.written;
    bool const clearer = &into == &out_.written && written_words_ > 14 && words <= 5;
    if (into && !clearer) return;
    if (&into == &out_.written) written_words_ = words;
    into = time;
  }

  static bool says_published(std::string_view plain) {
    static constexpr std::string_view kPublished[]{"publi",
                                                   "posted",
                                                   "erstellt am",
                                                   "ersteldatum",
                                                   "veroeffentlicht",
                                                   "veroffentlicht",
                                                   "erschienen",
                                                   "pubblicato",
                                                   "geplaatst",
                                                   "gepubliceerd",
                                                   "date published",
                                                   "date de publication",
                                                   "fecha de publicacion",
                                                   "mis en ligne",
                                                   "datum ",
                                                   "date "};
    for (auto const phrase : kPublished) {
      if (plain.starts_with(phrase)) return true;
    }
    return false;
  }

  void read_beside(std::string_view text) {
    auto const date = find_date(text, 0, order_);
    if (!date) return;
    auto const day = [](Time t) { return t.local_s / 86400; };
    if (out_.beside && day(*out_.beside) != day(date->time)) beside_differ_ = true;
    out_.beside = date->time;
  }

  // "This entry was posted on Monday, 4 March 2021, and filed under ..."
  std::optional<Time> said_date(std::string_view text) const {
    static constexpr std::string_view kPhrases[]{"posted on",      "published on",  "publié le",    "publiée le",
                                                 "wurde am",       "wurde vor am",  "entlicht am",  "erschienen am",
                                                 "geschrieben am", "gepostet am",   "erstellt am",  "publicado el",
                                                 "publicado em",   "pubblicato il", "geplaatst op", "gepubliceerd op"};
    static constexpr Phrases kAny(kPhrases);
    auto const plain = lower(text);
    if (!kAny.found_in(plain)) return {};
    for (auto const phrase : kPhrases) {
      size_t const at = plain.find(phrase);
      if (at == plain.npos) continue;
      auto const date = find_date(text, at + phrase.size(), order_);
      if (date && date->begin - at - phrase.size() < 24) return date->time;
    }
    return {};
  }

  // "[Stand: 04.03.2021, 01:40 Uhr]"
  std::optional<Time> standing_date(std::string_view text) const {
    size_t const at = text.find("Stand:");
    if (at == text.npos) return {};
    auto const date = find_date(text, at + 6, order_);
    return date && date->begin - at < 10 ? std::optional(date->time) : std::nullopt;
  }

  // "04.03.2021 - The mayor ...", "Port-Brume, (04.03.2021). The mayor ...": how agencies and offices begin.
  std::optional<Time> opening_date(std::string_view text) const {
    auto const date = find_date(text.substr(0, 60), 0, order_);
    if (!date || date->begin > 30) return {};
    auto const behind = trim(text.substr(date->end));
    bool const bracket = date->begin > 0 && text[date->begin - 1] == '(' && behind.starts_with(')');
    bool const joint = behind.starts_with("- ") || behind.starts_with("\xE2\x80\x93") ||
                       behind.starts_with("\xE2\x80\x94") || behind.starts_with(": ") || behind.starts_with("| ") ||
                       behind.starts_with("\xE2\x80\x9E") || behind.starts_with(". ");
    return bracket || (date->begin == 0 && joint) ? std::optional(date->time) : std::nullopt;
  }

  Survey const& survey_;
  page::Tree const& tree_;
  FeatureTable const& table_;
  DayOrder const order_;
  uint32_t title_at_ = 0;
  uint32_t nearest_end_ = 0;  // of the author mark taken last
  size_t written_words_ = 0;  // of the line that out_.written is from
  bool last_exact_ = false;
  bool beside_differ_ = false, beside_authors_differ_ = false;
  std::string beside_author_;
  VisibleClaims out_;
};

}  // namespace

VisibleClaims read_visible(Survey const& survey, page::Tree const& tree, FeatureTable const& table, DayOrder order) {
  return VisibleReader(survey, tree, table, order).run();
}

}  // namespace vigie::article
