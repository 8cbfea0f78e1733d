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

void print_line(Output& out, Style const& style, article::Article const& article) {
  out.line(fmt::format("{}  {}  {}", style(kDim, when(article.published ? article.published : article.seen)),
                       style(kBold, printable(article.title.empty() ? "(no headline)" : article.title)),
                       style(kDim, printable(article.source))));
  out.line("                  " + style(kDim, article.id));
}

void print_notes(Streams& streams, engine::SearchAnswer const& answer) {
  for (auto const& note : answer.notes)
    streams.err.line(fmt::format("vigie search: at {}: {}", note.begin + 1, printable(note.text)));
  if (!answer.notes.empty()) streams.err.line("vigie search: read as: " + printable(answer.echo));
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

void print_article(Output& out, article::Article const& a) {
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
  request.facets = options.facets;
  request.fold = !options.no_fold;
  request.explain = options.explain;
  request.strict = options.strict;
  auto const answer = call.store.search(request);
  if (!answer) return complain(call.streams, "vigie search", answer.error());
  print_notes(call.streams, *answer);
  if (!options.json) {
    print_hits(call.streams, *answer);
    return 0;
  }
  for (auto const& hit : answer->hits) call.streams.out.line(serve::hit_json(hit));
  if (answer->facets) call.streams.out.line(serve::facets_json(*answer->facets));
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
    default:
      print_article(out, *article);
      break;
  }
  return 0;
}

}  // namespace vigie::cli
