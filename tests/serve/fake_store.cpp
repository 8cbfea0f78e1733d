#include "serve/fake_store.hpp"

#include <algorithm>
#include <charconv>

#include "engine/document.hpp"
#include "text/analyzer.hpp"

namespace vigie::serve {
namespace {

using article::Article;
using article::BlockKind;

Article dispatch(std::string id, std::string source, std::string language, std::string published, std::string title,
                 std::string lede, std::vector<std::string> paragraphs) {
  Article a;
  a.id = id;
  a.url = "https://" + id + ".example/depeche";
  a.source = std::move(source);
  a.language = std::move(language);
  a.title = std::move(title);
  a.lede = std::move(lede);
  a.lede_in_text = true;
  for (auto& text : paragraphs) a.blocks.push_back({BlockKind::paragraph, 0, std::move(text)});
  a.published = parse_rfc3339(published);
  a.seen = parse_rfc3339("2026-03-20T09:05:00Z");
  return a;
}

std::vector<Article> dispatches() {
  std::vector<Article> out;
  out.push_back(dispatch(
      "digue-1", "Le Phare de Port-Brume", "fr", "2026-03-19T18:42:00+01:00",
      "Port-Brume : la digue du vieux port fermée « par précaution »",
      "La mairie a fermé jeudi la digue du vieux port après la découverte de fissures.",
      {"« Nous préférons fermer une semaine que regretter toute une vie », a déclaré la maire, Solène Kerbrat.",
       "Les ingénieurs ont relevé onze fissures, dont une de quatre mètres.", "Un barrage flottant sera posé."}));
  out.back().kicker = "Littoral";
  out.back().authors = {"Inès Tavel", "Marc Ollivro"};
  out.back().tags = {"digue", "port"};
  out.back().modified = parse_rfc3339("2026-03-19T20:10:00+01:00");
  out.back().blocks.insert(out.back().blocks.begin() + 1, {BlockKind::heading, 2, "Onze fissures"});
  out.back().blocks.push_back({BlockKind::item, 0, "lundi : inspection sous-marine"});
  out.back().blocks.push_back({BlockKind::item, 0, "mardi : réunion publique"});
  out.back().blocks.push_back({BlockKind::quote, 0, "La mer ne négocie pas."});
  out.push_back(dispatch(
      "digue-2", "Harbour Courier", "en", "2026-03-19T17:05:00Z", "Old harbour wall closed after engineers find cracks",
      "Eleven cracks were found in the wall that shelters Port-Brume's fishing fleet.",
      {"The council said the wall would stay closed for a week.", "Fishing boats were moved on Thursday night."}));
  out.push_back(dispatch("train", "Agence Littorale", "fr", "2026-03-18T07:15:00+01:00",
                         "Trains de nuit : la ligne de la côte reprend en mai", "",
                         {"La ligne de nuit de la côte, suspendue depuis deux hivers, reprendra le 4 mai, a annoncé "
                          "mercredi l'exploitant."}));
  out.back().access = article::Access::paid;
  out.back().modified = out.back().published;
  out.push_back(dispatch("arabe", "صحيفة الميناء", "ar", "2026-03-17", "إغلاق السد القديم في الميناء",
                         "أغلقت البلدية السد بعد اكتشاف تشققات.", {"قالت رئيسة البلدية إن الإغلاق سيستمر أسبوعا."}));
  out.push_back(dispatch("sans-date", "Carnet du phare", "fr", "", "Note sans date du gardien",
                         "Une note retrouvée au pied de la lanterne.", {"Le vent a tourné."}));
  out.back().kind = article::Kind::listing;
  for (int i = 0; i < 45; ++i) {
    auto const day = 16 - i / 4;
    auto const date = "2026-03-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "T" +
                      std::to_string(19 - 2 * (i % 4)) + ":0" + std::to_string(i % 10) + ":00+01:00";
    out.push_back(dispatch("breve-" + std::to_string(i), i % 3 == 0 ? "Agence Littorale" : "La Gazette des Dunes",
                           i % 5 == 0 ? "en" : "fr", date,
                           i % 5 == 0 ? "Ferry timetable number " + std::to_string(i) + " published"
                                      : "Horaires du bac : la grille numéro " + std::to_string(i) + " est publiée",
                           "Le bac traversera l'estuaire à marée haute seulement, précise le port.",
                           {"La grille vaut jusqu'à l'été."}));
  }
  return out;
}

// Two outlets tell the story of the harbour wall; one of them quotes the mayor.
engine::Findings findings_of(std::string_view id) {
  engine::Findings found;
  if (!id.starts_with("digue")) return found;
  found.story = "hdigue";
  found.speech.mentions.push_back({"Solène Kerbrat", speech::NameKind::person, 2, {"Solène Kerbrat"}});
  found.speech.mentions.push_back({"Port-Brume", speech::NameKind::place, 3, {"Port-Brume"}});
  found.speech.mentions.push_back({"Harbour Council", speech::NameKind::organisation, 1, {"Harbour Council"}});
  speech::Quote quote;
  quote.text = "Nous préférons fermer une semaine que regretter toute une vie";
  quote.speaker = "Solène Kerbrat";
  quote.cue = "a déclaré";
  quote.begin = 82;
  quote.end = 143;
  if (id == "digue-1") found.speech.quotes.push_back(quote);
  if (id == "digue-2") found.copy_of = "digue-1";
  return found;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::vector<std::string> words_of(std::string const& query) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false, filter = false;
  for (char const c : query + ' ') {
    if (c == '"') quoted = !quoted;
    if (c == ':' && !quoted) filter = true;
    if (c == ' ' && !quoted) {
      std::erase_if(word, [](char d) { return d == '"' || d == '(' || d == ')'; });
      if (!word.empty() && !filter && word != "OR") words.push_back(lower(word));
      word.clear();
      filter = false;
    } else {
      word += c;
    }
  }
  return words;
}

engine::Snippet snippet_of(std::string text, std::vector<std::string> const& words) {
  engine::Snippet snippet{std::move(text), {}};
  auto const haystack = lower(snippet.text);
  for (auto const& word : words) {
    for (size_t at = haystack.find(word); at != haystack.npos; at = haystack.find(word, at + word.size())) {
      snippet.highlights.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + word.size())});
    }
  }
  return snippet;
}

void count(std::vector<engine::FacetCount>& counts, std::string const& value) {
  if (value.empty()) return;
  auto const found =
      std::find_if(counts.begin(), counts.end(), [&](auto const& entry) { return entry.value == value; });
  if (found == counts.end())
    counts.push_back({value, 1});
  else
    ++found->count;
}

}  // namespace

FakeStore::FakeStore(bool with_dispatches) {
  if (!with_dispatches) return;
  for (auto& a : dispatches()) {
    auto found = findings_of(a.id);
    keep(std::move(a), std::move(found));
  }
  auto edited = dispatches().front();
  edited.title = "Port-Brume : la digue du vieux port fermée une semaine";
  keep(std::move(edited), findings_of("digue-1"));
}

void FakeStore::keep(Article a, engine::Findings found) {
  std::lock_guard lock(mutex_);
  engine::KeptArticle kept{std::move(a), std::move(found)};
  articles_[kept.id].push_back(std::move(kept));
  ++row_;
  arrived_.notify_all();
}

std::string FakeStore::last_query() const {
  std::lock_guard lock(mutex_);
  return last_query_;
}

std::vector<engine::KeptArticle const*> FakeStore::newest_first() const {
  std::vector<engine::KeptArticle const*> out;
  for (auto const& [id, editions] : articles_) out.push_back(&editions.back());
  std::sort(out.begin(), out.end(), [](auto* a, auto* b) { return engine::order_s(*a) > engine::order_s(*b); });
  return out;
}

Result<engine::SearchAnswer> FakeStore::search(engine::SearchRequest const& request) const {
  std::lock_guard lock(mutex_);
  last_query_ = request.query;
  if (request.query == "panne") return fail(Errc::io, "/secret/path: disk on fire");
  engine::SearchAnswer answer;
  answer.echo = request.query;
  auto const words = words_of(request.query);
  if (request.query.find('*') != request.query.npos) {
    answer.notes.push_back({0, 1, "\"*\" alone was ignored.", "« * » seul a été ignoré ; le reste compte."});
  }
  engine::Facets facets;
  uint64_t passed = request.offset;
  if (!request.after.empty())
    std::from_chars(request.after.data(), request.after.data() + request.after.size(), passed);
  bool const is_story = request.query.starts_with("story:");
  for (auto const* a : newest_first()) {
    if (is_story && (a->found.story.empty() || request.query != "story:\"" + a->found.story + '"')) continue;
    auto const text = lower(a->title + "\n" + article::text(*a));
    if (!std::all_of(words.begin(), words.end(), [&](auto const& w) { return text.find(w) != text.npos; })) continue;
    count(facets.source, a->source);
    count(facets.language, a->language);
    for (auto const& mention : a->found.speech.mentions) {
      if (mention.kind == speech::NameKind::person) count(facets.person, mention.name);
      if (mention.kind == speech::NameKind::place) count(facets.place, mention.name);
    }
    if (a->published) count(facets.month, format_rfc3339(*a->published).substr(0, 7));
    if (answer.total++ < passed || answer.hits.size() == request.limit) continue;
    engine::Hit hit;
    hit.article = *a;
    hit.score = request.sort == engine::Sort::date ? 0 : 1.5;
    hit.partial = answer.hits.size() == 2;
    hit.title = snippet_of(a->title, words);
    hit.snippet = snippet_of(article::text(*a), words);
    if (answer.hits.empty()) hit.copies = {"copie-1", "copie-2"};
    answer.hits.push_back(std::move(hit));
  }
  if (answer.total > passed + answer.hits.size()) answer.next = std::to_string(passed + answer.hits.size());
  if (request.facets) {
    facets.month.push_back({"2025-11", 3});
    facets.month.push_back({"2026-01", 7});
    answer.facets = std::move(facets);
  }
  return answer;
}

Result<std::vector<engine::KeptArticle>> FakeStore::latest(uint32_t limit, uint32_t offset) const {
  std::lock_guard lock(mutex_);
  std::vector<engine::KeptArticle> out;
  for (auto const* a : newest_first()) {
    if (offset > 0) {
      --offset;
    } else if (out.size() < limit) {
      out.push_back(*a);
    }
  }
  return out;
}

Result<engine::KeptArticle> FakeStore::article(std::string_view id) const {
  std::lock_guard lock(mutex_);
  auto const found = articles_.find(id);
  if (found == articles_.end()) return fail(Errc::not_found, "no article " + std::string(id));
  return found->second.back();
}

Result<std::vector<engine::StoredEdition>> FakeStore::editions(std::string_view id) const {
  std::lock_guard lock(mutex_);
  auto const found = articles_.find(id);
  if (found == articles_.end()) return fail(Errc::not_found, "no article " + std::string(id));
  std::vector<engine::StoredEdition> out;
  for (auto const& edition : found->second) out.push_back({static_cast<uint32_t>(out.size() + 1), edition});
  return out;
}

Result<engine::Stats> FakeStore::stats() const {
  std::lock_guard lock(mutex_);
  engine::Stats stats;
  stats.articles = articles_.size();
  stats.editions = row_;
  stats.captures = row_;
  stats.database_bytes = 1234567;
  for (auto const* a : newest_first()) {
    count(stats.languages, a->language);
    count(stats.top_sources, a->source);
  }
  stats.sources = stats.top_sources.size();
  stats.first_published = parse_rfc3339("2026-03-01T08:00:00+01:00");
  stats.last_published = parse_rfc3339("2026-03-19T18:42:00+01:00");
  stats.last_seen = parse_rfc3339("2026-03-20T09:05:00Z");
  return stats;
}

uint64_t FakeStore::wait_newer(uint64_t row, int timeout_ms, std::stop_token stop) const {
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, stop, std::chrono::milliseconds(timeout_ms), [&] { return row_ > row; });
  return row_;
}

// The first line of each capture becomes a title; a capture without one is refused.
Result<engine::IngestTotals> FakeStore::ingest(source::Reader& reader,
                                               std::function<void(engine::ItemOutcome const&)> const& each,
                                               std::function<void(source::Progress)> const&, std::stop_token) {
  engine::IngestTotals totals;
  while (auto item = reader.next()) {
    engine::ItemOutcome outcome{item->input, item->position, "", engine::ItemStatus::error, "nothing to keep"};
    if (item->capture && !item->capture->body.empty()) {
      Article a;
      a.title = item->capture->body.substr(0, item->capture->body.find('\n'));
      a.url = item->capture->url;
      a.source = "guichet";
      a.seen = parse_rfc3339("2026-03-20T09:05:00Z");
      a.diagnostics = {"title: the first line"};
      article::assign_id(a);
      outcome = {item->input, item->position, a.id, engine::ItemStatus::fresh, ""};
      keep(std::move(a));
    }
    ++(outcome.error.empty() ? totals.fresh : totals.error);
    each(outcome);
  }
  return totals;
}

// Names and headlines in which a word begins as the last one typed.
Result<std::vector<engine::Suggestion>> FakeStore::suggest(std::string_view typed, uint32_t limit) const {
  std::lock_guard const lock(mutex_);
  auto const space = typed.find_last_of(" -(");
  auto const wanted = ' ' + text::fold(typed.substr(space == typed.npos ? 0 : space + 1));
  std::vector<engine::Suggestion> names, headlines;
  auto const begins = [&](std::string const& text) {
    return (' ' + text::fold(text)).find(wanted) != std::string::npos;
  };
  for (auto const* article : newest_first()) {
    for (auto const& mention : article->found.speech.mentions) {
      auto const kind = mention.kind == speech::NameKind::person         ? engine::SuggestionKind::person
                        : mention.kind == speech::NameKind::organisation ? engine::SuggestionKind::organisation
                                                                         : engine::SuggestionKind::place;
      bool const known = std::ranges::any_of(names, [&](auto const& one) { return one.text == mention.name; });
      if (names.size() < limit && begins(mention.name) && !known) names.push_back({kind, mention.name, {}, 1});
    }
    if (headlines.size() < limit && begins(article->title))
      headlines.push_back({engine::SuggestionKind::headline, article->title, article->id, 0});
  }
  names.insert(names.end(), headlines.begin(), headlines.end());
  return names;
}

Result<engine::Copies> FakeStore::copies(std::string_view id) const {
  VIGIE_TRY(auto const asked, article(id));
  std::lock_guard lock(mutex_);
  engine::Copies out;
  for (auto const* a : newest_first()) {
    engine::Relative relative{a->id, a->url, a->title, a->source, a->published, a->seen, 0.83F, {{{0, 12}, {0, 12}}}};
    relative.passages.push_back({{5, 900000}, {0, 1}});  // no part of the text
    if (asked.found.copy_of == a->id) out.original = relative;
    if (a->found.copy_of == asked.id) out.copies.push_back(relative);
  }
  return out;
}

Result<std::vector<engine::KeptArticle>> FakeStore::story(std::string_view name, uint32_t limit) const {
  std::lock_guard lock(mutex_);
  std::vector<engine::KeptArticle> out;
  for (auto const* a : newest_first()) {
    if (!name.empty() && a->found.story == name && out.size() < limit) out.insert(out.begin(), *a);
  }
  if (out.empty()) return fail(Errc::not_found, "no story " + std::string(name));
  return out;
}

Result<engine::QuoteAnswer> FakeStore::quotes(engine::QuoteRequest const& request) const {
  std::lock_guard lock(mutex_);
  if (request.query == "panne") return fail(Errc::io, "/secret/path: disk on fire");
  engine::QuoteAnswer answer;
  answer.echo = request.query;
  for (auto const* a : newest_first()) {
    for (auto const& quote : a->found.speech.quotes) {
      answer.quotes.push_back({a->id, a->url, a->title, a->source, a->published, a->seen, quote});
    }
  }
  return answer;
}
Result<source::Capture> FakeStore::capture(std::string_view) const { return fail(Errc::not_found, "no capture"); }
Status FakeStore::export_articles(std::string_view, std::function<bool(engine::KeptArticle const&)> const&) const {
  return {};
}
Result<std::vector<std::string>> FakeStore::remove(std::string_view) { return fail(Errc::not_found, "nothing"); }
Result<std::vector<engine::CheckFinding>> FakeStore::check() const { return std::vector<engine::CheckFinding>(); }
Status FakeStore::reindex(bool, std::function<void(source::Progress)> const&) { return {}; }

namespace {
char const kBad[] = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{page_lang}}&amp;\xFF\x01\u202E";
}

engine::Findings hostile_findings() {
  engine::Findings found;
  found.story = "hmauvais";
  found.copy_of = kBad;
  for (auto const kind : {speech::NameKind::person, speech::NameKind::organisation, speech::NameKind::place}) {
    found.speech.mentions.push_back({kBad, kind, 1, {kBad}});
  }
  speech::Quote quote;
  quote.text = kBad;
  quote.speaker = quote.cue = quote.speaker_surface = kBad;
  found.speech.quotes.push_back(quote);
  return found;
}

Article hostile_article() {
  std::string const bad = kBad;
  Article a;
  a.id = "mauvais";
  a.url = "javascript:alert(3)";
  a.source = a.kicker = a.title = a.lede = a.section = a.language = a.image = bad;
  a.authors = a.tags = a.diagnostics = {bad, bad};
  for (auto const kind :
       {BlockKind::paragraph, BlockKind::heading, BlockKind::item, BlockKind::quote, BlockKind::preformatted}) {
    a.blocks.push_back({kind, 2, bad});
  }
  a.published = parse_rfc3339("2026-03-19T23:00:00Z");
  a.seen = parse_rfc3339("2026-03-20T09:05:00Z");
  return a;
}

}  // namespace vigie::serve
