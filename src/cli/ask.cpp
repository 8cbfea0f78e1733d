// ask.cpp: `vigie latest`, `search` and `show`.
#include <fmt/format.h>

#include "base/zone.hpp"
#include "cli/command.hpp"
#include "serve/article_json.hpp"

namespace vigie::cli {
namespace {

constexpr char kBold[] = "\x1b[1m", kDim[] = "\x1b[2m", kMark[] = "\x1b[1;33m", kPlain[] = "\x1b[0m";

class Style {
 public:
  explicit Style(Output const& out) : on_(out.has_colour()) {}
  std::string operator()(char const* style, std::string_view text) const {
    return on_ ? std::string(style) + std::string(text) + kPlain : std::string(text);
  }
  std::string highlighted(engine::Snippet const& snippet) const {
    std::string out;
    size_t at = 0;
    for (auto [begin, end] : snippet.highlights) {
      out += printable(std::string_view(snippet.text).substr(at, begin - at));
      out += (*this)(kMark, printable(std::string_view(snippet.text).substr(begin, end - begin)));
      at = end;
    }
    return out + printable(std::string_view(snippet.text).substr(at));
  }

 private:
  bool on_;
};

std::string when(std::optional<Time> const& time) {
  if (!time) return "                ";
  std::string text = format_rfc3339(*time).substr(0, 16);
  if (text.size() > 10) text[10] = ' ';
  return fmt::format("{:<16}", text);
}

template <class Article>  // or what is told of one beside a quote
void print_line(Output& out, Style const& style, Article const& article) {
  out.line(fmt::format("{}  {}  {}", style(kDim, when(article.published ? article.published : article.seen)),
                       style(kBold, printable(article.title.empty() ? "(no headline)" : article.title)),
                       style(kDim, printable(article.source))));
  out.line("                  " + style(kDim, article.id));
}

void print_notes(Streams& streams, std::string_view command, std::vector<engine::QueryNote> const& notes,
                 std::string_view echo) {
  for (auto const& note : notes)
    streams.err.line(fmt::format("{}: at {}: {}", command, note.begin + 1, printable(note.text)));
  if (!notes.empty()) streams.err.line(fmt::format("{}: read as: {}", command, printable(echo)));
}

// "    Claire Dubois (a déclaré): les mots"
void print_quote(Output& out, Style const& style, speech::Quote const& quote) {
  std::string who = quote.speaker ? printable(*quote.speaker) : "(nobody named)";
  std::string const how = quote.cue ? " (" + printable(*quote.cue) + ")" : "";
  out.line("    " + style(kBold, who) + style(kDim, how) + ": " + printable(quote.text));
}

void print_facet(Output& out, Style const& style, std::string_view title,
                 std::vector<engine::FacetCount> const& counts) {
  if (counts.empty()) return;
  out.line(style(kBold, title));
  for (auto const& [value, count] : counts) out.line(fmt::format("  {:>8}  {}", count, printable(value)));
}

void print_facets(Output& out, Style const& style, engine::Facets const& facets) {
  out.line("");
  print_facet(out, style, "By source", facets.source);
  print_facet(out, style, "By language", facets.language);
  print_facet(out, style, "By person", facets.person);
  print_facet(out, style, "By place", facets.place);
  print_facet(out, style, "By month", facets.month);
}

void print_hits(Streams& streams, engine::SearchAnswer const& answer) {
  Style const style(streams.out);
  streams.out.line(fmt::format("{} article{}", answer.total, answer.total == 1 ? "" : "s"));
  for (auto const& hit : answer.hits) {
    streams.out.line("");
    streams.out.line(style.highlighted(hit.title) + (hit.partial ? style(kDim, "  (partial)") : ""));
    streams.out.line(style(
        kDim, fmt::format("{}  {}  {}", when(hit.article.published), printable(hit.article.source), hit.article.id)));
    if (!hit.snippet.text.empty()) streams.out.line("  " + style.highlighted(hit.snippet));
    if (!hit.copies.empty()) streams.out.line(fmt::format("  {} other copies", hit.copies.size()));
    if (!hit.explanation.empty()) streams.out.line(style(kDim, printable(hit.explanation)));
  }
  if (answer.facets) print_facets(streams.out, style, *answer.facets);
}

std::string joined(std::vector<std::string> const& parts) {
  std::string out;
  for (auto const& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

// "Vladimir Poutine (5), Idleb (3)": those of a kind, most named first.
std::string named(std::vector<speech::Mention> const& mentions, speech::NameKind kind) {
  constexpr size_t kMost = 12;
  std::vector<std::string> names;
  for (auto const& mention : mentions) {
    if (mention.kind == kind && names.size() < kMost)
      names.push_back(fmt::format("{} ({})", mention.name, mention.count));
  }
  return joined(names);
}

void print_findings(Output& out, Style const& style, engine::Findings const& found) {
  if (!found.speech.quotes.empty()) out.line("\n" + style(kDim, "quotes"));
  for (auto const& quote : found.speech.quotes) print_quote(out, style, quote);
  out.line("");
  auto const line = [&](std::string_view label, std::string const& value) {
    if (!value.empty()) out.line(style(kDim, fmt::format("{:<14}", label)) + printable(value));
  };
  line("people", named(found.speech.mentions, speech::NameKind::person));
  line("organisations", named(found.speech.mentions, speech::NameKind::organisation));
  line("places", named(found.speech.mentions, speech::NameKind::place));
  line("story", found.story);
}

std::string taken(engine::Relative const& other) {
  return fmt::format("{:3.0f} %  {}  {}", 100 * other.share, printable(other.source), printable(other.id));
}

void print_copies(Output& out, Style const& style, engine::Copies const& copies) {
  if (copies.original) out.line(style(kDim, "taken from    ") + taken(*copies.original));
  for (auto const& copy : copies.copies) out.line(style(kDim, "gave          ") + taken(copy));
}

void print_article(Output& out, engine::KeptArticle const& a) {
  Style const style(out);
  if (!a.kicker.empty()) out.line(style(kDim, printable(a.kicker)));
  out.line(style(kBold, printable(a.title)));
  std::string byline = printable(joined(a.authors));
  if (!a.source.empty()) byline += (byline.empty() ? "" : ", ") + printable(a.source);
  if (!byline.empty()) out.line(byline);
  if (a.published)
    out.line(style(kDim, "published " + format_rfc3339(*a.published) +
                             (a.modified ? ", modified " + format_rfc3339(*a.modified) : "")));
  if (!a.url.empty()) out.line(style(kDim, printable(a.url)));
  if (!a.lede.empty()) out.line("\n" + style(kBold, printable(a.lede)));
  for (auto const& block : a.blocks) {
    bool const heading = block.kind == article::BlockKind::heading;
    out.line("\n" + (heading ? style(kBold, printable(block.text)) : printable(block.text)));
  }
  if (a.access == article::Access::paid) out.line("\n" + style(kDim, "(behind a paywall: this is what the page gave)"));
}

}  // namespace

int run_latest(Call const& call) {
  auto const articles = call.store.latest(call.options.limit, call.options.offset);
  if (!articles) return complain(call.streams, "vigie latest", articles.error());
  Style const style(call.streams.out);
  for (auto const& article : *articles) {
    if (call.options.json) {
      call.streams.out.line(serve::article_json(article));
    } else {
      print_line(call.streams.out, style, article);
    }
  }
  if (articles->empty() && !call.options.json) call.streams.err.line("nothing is kept yet: try 'vigie ingest PATH'");
  return 0;
}

int run_search(Call const& call) {
  auto const& options = call.options;
  engine::SearchRequest request;
  request.query = options.query;
  request.sort = options.by_date ? engine::Sort::date : engine::Sort::relevance;
  request.limit = options.limit;
  request.offset = options.offset;
  request.after = options.after;
  request.facets = options.facets;
  request.fold = !options.no_fold;
  request.explain = options.explain;
  request.strict = options.strict;
  auto const answer = call.store.search(request);
  if (!answer) return complain(call.streams, "vigie search", answer.error());
  print_notes(call.streams, "vigie search", answer->notes, answer->echo);
  if (options.json) {
    for (auto const& hit : answer->hits) call.streams.out.line(serve::hit_json(hit));
    if (answer->facets) call.streams.out.line(serve::facets_json(*answer->facets));
  } else {
    print_hits(call.streams, *answer);
  }
  if (!answer->next.empty() && !answer->hits.empty()) call.streams.err.line("more: --after " + answer->next);
  return 0;
}

int run_quotes(Call const& call) {
  auto const& options = call.options;
  auto const answer = call.store.quotes({options.query, options.limit, options.offset});
  if (!answer) return complain(call.streams, "vigie quotes", answer.error());
  print_notes(call.streams, "vigie quotes", answer->notes, answer->echo);
  Style const style(call.streams.out);
  std::string_view of_article;
  for (auto const& said : answer->quotes) {
    if (options.json) {
      call.streams.out.line(serve::quote_json(said));
      continue;
    }
    if (said.id != of_article) print_line(call.streams.out, style, said);
    of_article = said.id;
    print_quote(call.streams.out, style, said.quote);
  }
  if (answer->more && !options.json)
    call.streams.err.line(fmt::format("more: --offset {}", options.offset + options.limit));
  return 0;
}

int run_show(Call const& call) {
  auto const& options = call.options;
  auto& out = call.streams.out;
  if (options.show_format == ShowFormat::raw) {
    auto const capture = call.store.capture(options.id);
    if (!capture) return complain(call.streams, "vigie show", capture.error());
    out.write(capture->body);
    return 0;
  }
  auto const article = call.store.article(options.id);
  if (!article) return complain(call.streams, "vigie show", article.error());
  switch (options.show_format) {
    case ShowFormat::json:
      out.line(serve::article_json(*article));
      break;
    case ShowFormat::text:
      out.line(article::text(*article));
      break;
    default: {
      auto const copies = call.store.copies(options.id);
      if (!copies) return complain(call.streams, "vigie show", copies.error());
      print_article(out, *article);
      print_findings(out, Style(out), article->found);
      print_copies(out, Style(out), *copies);
    }
  }
  return 0;
}

}  // namespace vigie::cli
