#include "article/selection.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include "article/dates.hpp"
#include "article/phrases.hpp"
#include "article/strings.hpp"

namespace vigie::article {
namespace {

constexpr PlaceSet kOutside = bit(Place::nav) | bit(Place::footer) | bit(Place::hidden) | bit(Place::button) |
                              bit(Place::form) | bit(Place::aside) | bit(Place::figure);

// Log odds of the first classifier that the second one never mends.
constexpr float kBeyondContext = -3;

// Where nothing is above the bar: the words of prose that make a body likely, and the log odds that are enough then.
constexpr size_t kProseOfABody = 60;
constexpr float kLeastLikely = -2;

bool near(TextBlock const& b, Hint h, uint8_t within) { return b.hint_distance[static_cast<size_t>(h)] <= within; }

// Points for and against, roughly log odds.
float rule_score(Survey const& survey, FeatureTable const& table, size_t i) {
  auto const& b = survey.blocks[i];
  auto const& f = table.facts[i];
  float score = table.inside_best[b.container] ? 1.5f : -2.0f;
  if (f.prose) score += 1.5f;
  if (b.kind == BlockKind::heading) score -= 0.5f;
  if (b.places & kOutside) score -= 4;
  score -= 4 * f.link_density;
  if (f.role != LineRole::text) score -= 3;
  if (f.words < 3) score -= 1;
  if (f.in_body_claim) score += 4;
  if (b.places & bit(Place::body_mark)) score += 1;
  for (auto const bad : {Hint::related, Hint::share, Hint::comments, Hint::promotion, Hint::consent, Hint::byline,
                         Hint::caption, Hint::sidebar, Hint::meta}) {
    if (near(b, bad, 2)) score -= 1.5f;
  }
  if (table.title_block != SIZE_MAX && i < table.title_block) score -= 2;
  return score;
}

// Subheadings without text of their own below them, and headings at the end.
void drop_bare_headings(Survey const& survey, Selection& out) {
  bool text_follows = false;
  uint8_t level_below = 0;
  for (size_t i = survey.blocks.size(); i-- > 0;) {
    if (!out.keep[i]) continue;
    if (survey.blocks[i].kind == BlockKind::heading) {
      if (!text_follows && (level_below == 0 || level_below <= survey.blocks[i].level)) out.keep[i] = 0;
      if (out.keep[i]) level_below = survey.blocks[i].level;
      text_follows = false;
      if (!out.keep[i]) continue;
    } else {
      text_follows = true;
      level_below = 0;
    }
  }
}

// Lines whose words alone say that they are not the article's.
bool is_no_text(BlockFacts const& f, std::string_view text) {
  switch (f.role) {
    case LineRole::related:
      return f.words <= 30;
    case LineRole::share:
    case LineRole::comments:
    case LineRole::legal:
      return f.words <= 14;
    case LineRole::subscribe:
      return f.words <= 20;
    case LineRole::dateline:
      return f.words <= 8 || find_date(text).has_value();
    case LineRole::text:
    case LineRole::byline:
    case LineRole::credit:
      break;
  }
  return false;
}

// Calls to subscribe, consent and the like that are named so by their boxes, however they are worded.
bool is_prompt(TextBlock const& b, BlockFacts const& f, std::string_view plain) {
  static constexpr std::string_view kAsks[]{"newsletter",     "notre lettre", "recevez",        "cookies",
                                            "inscrivez vous", "votre boite",  "your inbox",     "morning email",
                                            "desinscrire",    "unsubscribe",  "en poursuivant", "privacy notice"};
  static constexpr std::string_view kBoxed[]{
      "newsletter", "cookies",       "privacy notice", "notre lettre",   "lettre d information",
      "our email",  "morning email", "your inbox",     "abonnez vous",   "inscrivez vous",
      "recevez",    "subscribe",     "sign up",        "privacy policy", "terms of",
      "unsubscribe"};
  static constexpr Phrases kAny(kAsks);
  static constexpr Phrases kInBox(kBoxed);
  if (f.words > 60) return false;
  if (f.words <= 45 && kAny.found_in(plain)) {
    auto const asks = std::count_if(std::begin(kAsks), std::end(kAsks),
                                    [&](std::string_view ask) { return plain.find(ask) != plain.npos; });
    if (asks >= 2) return true;
  }
  bool const boxed = near(b, Hint::promotion, 3) || near(b, Hint::consent, 3) || (b.places & bit(Place::form));
  return boxed && kInBox.found_in(plain);
}

// What newsrooms put below an article: where to write to, where else to read on.
bool is_plea(std::string_view plain) {
  static constexpr std::string_view kWords[]{"editing by",
                                             "get in touch at",
                                             "get in touch with us",
                                             "have you got a story",
                                             "do you have a story",
                                             "more to follow",
                                             "this is a breaking",
                                             "first published in",
                                             "first published on",
                                             "originally published in",
                                             "originally published on",
                                             "please bookmark",
                                             "follow live updates",
                                             "repere une erreur",
                                             "signaler une erreur",
                                             "notre newsletter",
                                             "our newsletter",
                                             "unseren newsletter",
                                             "unserem newsletter",
                                             "in unserem liveblog",
                                             "telechargez l application",
                                             "download our app",
                                             "download the app",
                                             "news app",
                                             "folgen sie uns",
                                             "follow us on",
                                             "like us on facebook",
                                             "auf whatsapp",
                                             "social media ob",
                                             "hier geht es zu"};
  static constexpr Phrases kPleas(kWords);
  return kPleas.found_in(plain);
}

// Behind the last sentences: pleas, and lines that hold nothing but a date.
void drop_tail_lines(Survey const& survey, FeatureTable const& table, Selection& out) {
  size_t seen = 0;
  for (size_t i = survey.blocks.size(); i-- > 0 && seen < 6;) {
    if (!out.keep[i]) continue;
    auto const& f = table.facts[i];
    ++seen;
    bool const dated = seen <= 3 && f.words <= 8 && !f.sentence_end && find_date(survey.text_of(survey.blocks[i]));
    if (dated || (f.words <= 45 && is_plea(table.folded_of(i)))) out.keep[i] = 0;
  }
}

// Where a good part of what was kept stands in an <article>, what follows behind it, outside of any, is something else.
void drop_behind_article(Survey const& survey, FeatureTable const& table, Selection& out) {
  size_t inside = 0, outside = 0, last = 0;
  for (size_t i = 0; i < survey.blocks.size(); ++i) {
    if (!out.keep[i]) continue;
    bool const in = survey.blocks[i].places & bit(Place::article);
    (in ? inside : outside) += table.facts[i].words;
    if (in) last = i;
  }
  if (outside == 0 || inside < 60 || inside * 2 < outside) return;
  for (size_t i = last + 1; i < survey.blocks.size(); ++i) out.keep[i] = 0;
}

// What boxes called comments hold behind a text of some length is its readers', not its writer's. A page that is all
// comments (a forum's) keeps them.
void drop_comments(Survey const& survey, FeatureTable const& table, Selection& out) {
  constexpr size_t kTextOfItsOwn = 100;  // words
  constexpr uint8_t kAbove = 3;          // elements
  size_t outside = 0, last = 0;
  for (size_t i = 0; i < survey.blocks.size(); ++i) {
    if (!out.keep[i] || near(survey.blocks[i], Hint::comments, kAbove)) continue;
    outside += table.facts[i].words;
    last = i;
  }
  if (outside < kTextOfItsOwn) return;
  for (size_t i = last + 1; i < survey.blocks.size(); ++i) out.keep[i] = 0;
}

// A small box whose heading asks to subscribe, share or read on goes whole.
void drop_prompt_boxes(Survey const& survey, FeatureTable const& table, Selection& out) {
  for (size_t i = 0; i < survey.blocks.size(); ++i) {
    auto const& b = survey.blocks[i];
    auto const role = table.facts[i].role;
    bool const asks = role == LineRole::subscribe || role == LineRole::share || role == LineRole::related;
    if (b.kind != BlockKind::heading || !asks || survey.containers[b.container].words > 120) continue;
    for (size_t k = i; k < survey.blocks.size() && survey.blocks[k].container == b.container; ++k) out.keep[k] = 0;
  }
}

// "— Odile Kermor (@okermor) March 4, 2021": what ends a post of a social network shown inside an article.
bool ends_post(BlockFacts const& f, std::string_view text) {
  return f.words <= 20 && (text.starts_with("\xE2\x80\x94") || text.starts_with("- ")) && text.find("(@") != text.npos;
}

// Somebody else's words on somebody else's site, with everything that stands in their quotation. Where they are a good
// part of the text, the article is about them and they stay.
void drop_embedded_posts(Survey const& survey, FeatureTable const& table, Selection& out) {
  std::vector<size_t> posts;
  size_t kept = 0, posted = 0;
  for (size_t i = 0; i < survey.blocks.size(); ++i) {
    auto const& end = survey.blocks[i];
    kept += out.keep[i] ? table.facts[i].words : 0;
    if (!(end.places & bit(Place::blockquote)) || !ends_post(table.facts[i], survey.text_of(end))) continue;
    for (size_t k = i + 1; k-- > 0;) {
      auto const& b = survey.blocks[k];
      bool const within = b.node == end.node || survey.containers[b.container].node == end.node;
      if (!(b.places & bit(Place::blockquote)) || (!within && b.container != end.container)) break;
      posts.push_back(k);
      posted += out.keep[k] ? table.facts[k].words : 0;
    }
  }
  if (posted * 4 > kept) return;
  for (size_t const i : posts) out.keep[i] = 0;
}

// "Gazette avec l'agence | 05.07.2021 à 22h09 • Mis à jour le ..."
bool is_dateline(std::string_view plain, BlockFacts const& f, std::string_view text) {
  if (f.words > 32 || f.sentence_end) return false;
  static constexpr std::string_view kWords[]{"mis a jour",  "publie le", "publie a",     "modifie le",
                                             "updated",     "published", "aktualisiert", "veroffentlicht",
                                             "actualizado", "publicado", "aggiornato",   "pubblicato"};
  static constexpr Phrases kSaid(kWords);
  return kSaid.found_in(plain) && find_date(text).has_value();
}

// Between headline and text: section labels, and lines of names and dates.
void drop_head_lines(Survey const& survey, FeatureTable const& table, Selection& out) {
  for (size_t i = 0, seen = 0, prose = 0; i < survey.blocks.size() && seen < 8; ++i) {
    if (!out.keep[i]) continue;
    auto const& f = table.facts[i];
    ++seen;
    if (f.prose && f.sentence_end) {
      if (++prose > 1) return;  // a lede may stand above the byline
      continue;
    }
    if (f.sentence_end || survey.blocks[i].kind == BlockKind::item) continue;
    auto const text = survey.text_of(survey.blocks[i]);
    bool const heading = survey.blocks[i].kind == BlockKind::heading;
    bool const label = f.words <= 3 && !heading;
    bool const byline = f.role == LineRole::byline && f.words <= 8 && !heading;
    bool const dated = f.words <= 18 && find_date(text);
    if (label || byline || dated || is_dateline(table.folded_of(i), f, text)) out.keep[i] = 0;
  }
}

bool ends_cut(std::string_view s) { return s.ends_with("...") || s.ends_with("\xE2\x80\xA6") || s.ends_with("[...]"); }

// Teasers below the article: cut short, and either two in a row at the end or the beginning of a block said before.
void drop_cut_teasers(Survey const& survey, FeatureTable const& table, Selection& out) {
  std::vector<size_t> run;
  for (size_t i = survey.blocks.size(); i-- > 0;) {
    if (!out.keep[i]) continue;
    if (survey.blocks[i].kind == BlockKind::heading) continue;
    auto const text = survey.text_of(survey.blocks[i]);
    if (!ends_cut(text) || table.facts[i].words > 60) break;
    run.push_back(i);
  }
  if (run.size() >= 2) {
    for (size_t const i : run) out.keep[i] = 0;
  }
  for (size_t i = 0; i < survey.blocks.size(); ++i) {
    if (!out.keep[i] || table.facts[i].words < 6 || !ends_cut(survey.text_of(survey.blocks[i]))) continue;
    auto const plain = table.folded_of(i);
    auto const head = plain.substr(0, std::min(plain.rfind(' '), plain.size()));
    for (size_t k = 0; k < i; ++k) {
      if (out.keep[k] && table.folded_of(k).size() > head.size() && table.folded_of(k).starts_with(head))
        out.keep[i] = 0;
    }
  }
}

// A lede that stands between headline and body, where the page calls it so or its description repeats it.
void rescue_lede(Survey const& survey, FeatureTable const& table, Selection& out) {
  size_t first = 0;
  while (first < out.keep.size() && !out.keep[first]) ++first;
  if (first == out.keep.size() || table.title_block == SIZE_MAX || table.title_block >= first) return;
  if (table.facts[first].begins_description) return;
  for (size_t i = table.title_block + 1; i < first && i < table.title_block + 25; ++i) {
    auto const& b = survey.blocks[i];
    auto const& f = table.facts[i];
    if (f.words < 8 || f.words > 120 || f.link_density > 0.5f || f.role != LineRole::text || (b.places & kOutside))
      continue;
    bool const named = near(b, Hint::lede, 1) && !near(b, Hint::related, 1) && !near(b, Hint::caption, 2);
    if (!named && !f.begins_description) continue;
    out.keep[i] = 1;
    return;
  }
}

// Sentences that stand bare in the element marked as the article's body, between or behind kept ones: what editing
// tools leave there behind a video or an embedded post.
void rescue_body_text(Survey const& survey, FeatureTable const& table, Selection& out) {
  bool begun = false;
  for (size_t i = 0; i < survey.blocks.size(); ++i) {
    auto const& b = survey.blocks[i];
    auto const& f = table.facts[i];
    begun = begun || (out.keep[i] && f.prose);
    if (out.keep[i] || !begun || !(b.places & bit(Place::body_mark)) || (b.places & kOutside)) continue;
    if (b.kind != BlockKind::paragraph || f.words < 6 || !f.sentence_end || f.link_density > 0.3f) continue;
    if (f.role != LineRole::text || f.repeats > 1 || near(b, Hint::related, 3) || near(b, Hint::promotion, 3)) continue;
    if (b.container != 0 && survey.containers[b.container].node != b.node) continue;  // not bare
    if (near(b, Hint::caption, 3) || near(b, Hint::byline, 2) || near(b, Hint::meta, 1)) continue;
    out.keep[i] = 1;
  }
}

void clean_up(Survey const& survey, FeatureTable const& table, Selection& out) {
  std::unordered_set<uint64_t> said;
  for (size_t i = 0; i < survey.blocks.size(); ++i) {
    if (!out.keep[i]) continue;
    auto const& f = table.facts[i];
    bool const again = f.words >= 6 && !said.insert(f.hash).second;
    if (again || f.is_title || i == table.title_block || is_no_text(f, survey.text_of(survey.blocks[i])) ||
        is_prompt(survey.blocks[i], f, table.folded_of(i)))
      out.keep[i] = 0;
  }
  rescue_body_text(survey, table, out);
  drop_embedded_posts(survey, table, out);
  drop_behind_article(survey, table, out);
  drop_comments(survey, table, out);
  drop_prompt_boxes(survey, table, out);
  drop_head_lines(survey, table, out);
  drop_cut_teasers(survey, table, out);
  drop_tail_lines(survey, table, out);
  rescue_lede(survey, table, out);
  drop_bare_headings(survey, out);
}

void keep_above_bar(Survey const& survey, FeatureTable const& table, float bar, bool clean, Selection& out) {
  for (size_t i = 0; i < out.keep.size(); ++i) out.keep[i] = out.score[i] > bar && table.facts[i].words > 0;
  if (clean) clean_up(survey, table, out);
}

bool keeps_any(Selection const& out) {
  return std::any_of(out.keep.begin(), out.keep.end(), [](auto kept) { return kept != 0; });
}

}  // namespace

void select_blocks(Survey const& survey, FeatureTable const& table, BlockClassifier const& classifier,
                   ContextTable& context, float keep_above, bool clean, Selection& out) {
  size_t const n = survey.blocks.size();
  out.keep.assign(n, 0);
  out.score.assign(n, 0);
  bool const learned = !classifier.first.empty();
  out.stage = learned ? Stage::learned : Stage::rules;
  std::vector<uint32_t> doubtful(n);
  std::iota(doubtful.begin(), doubtful.end(), 0u);
  if (learned) {
    classifier.first.score(table.row(0), doubtful, out.score.data());
  } else {
    for (size_t i = 0; i < n; ++i) out.score[i] = rule_score(survey, table, i);
  }
  if (!classifier.second.empty()) {
    std::erase_if(doubtful, [&](uint32_t i) { return out.score[i] < kBeyondContext; });
    context.compute(survey, table, out.score, doubtful);
    classifier.second.score(context.row(0), doubtful, out.score.data());
  }
  keep_above_bar(survey, table, keep_above, clean, out);
  if (!learned || keeps_any(out)) return;
  // A page with prose has a body: what is least unlikely, else what rules find.
  size_t prose = 0;
  for (auto const& f : table.facts) prose += f.prose ? f.words : 0;
  if (prose < kProseOfABody) return;
  keep_above_bar(survey, table, kLeastLikely, clean, out);
  if (keeps_any(out)) return;
  out.stage = Stage::rules;
  for (size_t i = 0; i < n; ++i) out.score[i] = rule_score(survey, table, i);
  keep_above_bar(survey, table, 0, clean, out);
}

}  // namespace vigie::article
