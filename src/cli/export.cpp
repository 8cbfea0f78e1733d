// export.cpp: `vigie export`: articles as jsonl or csv, or the bytes they came from as a WARC.
#include <array>

#include "article/article.hpp"
#include "cli/command.hpp"
#include "cli/csv.hpp"
#include "serve/article_json.hpp"
#include "source/warc_writer.hpp"

namespace vigie::cli {
namespace {

constexpr std::array<std::string_view, 13> kColumns{"id",       "url",  "source",  "language", "published",
                                                    "modified", "seen", "authors", "section",  "kicker",
                                                    "title",    "lede", "body"};

std::string date(std::optional<Time> const& time) { return time ? format_rfc3339(*time) : ""; }

std::string csv_of(article::Article const& a) {
  std::string authors;
  for (auto const& author : a.authors) authors += (authors.empty() ? "" : "; ") + author;
  std::string const published = date(a.published), modified = date(a.modified), seen = date(a.seen);
  std::string const body = article::body(a);
  std::array<std::string_view, kColumns.size()> const cells{a.id,     a.url,  a.source, a.language, published,
                                                            modified, seen,   authors,  a.section,  a.kicker,
                                                            a.title,  a.lede, body};
  return csv_row(cells);
}

class Exporter {
 public:
  explicit Exporter(Call const& call) : call_(call) {}

  Status run() {
    VIGIE_CHECK(begin());
    Status written;
    VIGIE_CHECK(call_.store.export_articles(call_.options.query, [&](engine::KeptArticle const& article) {
      written = write(article);
      return written && !call_.streams.out.closed() && !call_.stop.stop_requested();
    }));
    return written;
  }

 private:
  Status begin() {
    if (call_.options.export_format == ExportFormat::csv) call_.streams.out.write(csv_row(kColumns));
    if (call_.options.export_format == ExportFormat::warc) {
      VIGIE_TRY(auto const stats, call_.store.stats());
      // Dated by what it holds, not by the clock: the same archive always exports the same bytes.
      pack(source::warc_info("vigie-export.warc.gz", stats.last_seen.value_or(Time{})));
    }
    return {};
  }

  Status write(engine::KeptArticle const& article) {
    auto& out = call_.streams.out;
    switch (call_.options.export_format) {
      case ExportFormat::jsonl:
        out.line(serve::article_json(article));
        break;
      case ExportFormat::csv:
        out.write(csv_of(article));
        break;
      case ExportFormat::warc: {
        VIGIE_TRY(auto const capture, call_.store.capture(article.id));
        Time const seen = capture.seen.value_or(article.seen.value_or(Time{}));
        pack(source::warc_of(capture, "vigie:article/" + article.id, seen));
      }
    }
    return {};
  }

  void pack(std::string const& record) {
    std::string member;
    packer_.pack(record, member);
    call_.streams.out.write(member);
  }

  Call const& call_;
  source::RecordPacker packer_;
};

}  // namespace

int run_export(Call const& call) {
  if (call.options.export_format == ExportFormat::warc && call.streams.out.is_terminal()) {
    return complain(call.streams, "vigie export",
                    {Errc::invalid_input, "a WARC is binary: send it to a file with > out.warc.gz"});
  }
  auto const done = Exporter(call).run();
  if (!done) return complain(call.streams, "vigie export", done.error());
  return call.stop.stop_requested() ? 1 : 0;
}

}  // namespace vigie::cli
