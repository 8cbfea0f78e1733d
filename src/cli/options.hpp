// options.hpp: the command line as a value. Parsing needs no data directory, so help and usage errors never open one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace vigie::cli {

enum class Command : uint8_t {
  ingest,
  extract,
  latest,
  search,
  quotes,
  show,
  export_,
  remove,
  serve,
  stats,
  reindex,
  check,
  inspect,
  source,
  collect
};

enum class ArticleFormat : uint8_t { json, text, markdown };
enum class ShowFormat : uint8_t { pretty, json, text, raw };
enum class SourceVerb : uint8_t { add, list, remove, pause, resume, check, import_, export_ };
enum class ExportFormat : uint8_t { jsonl, csv, warc };

struct Options {
  Command command{};
  std::string data;  // the data directory, absolute; empty for extract
  bool json = false;

  std::vector<std::string> inputs;  // ingest, extract, inspect
  std::string list;                 // extract --list
  std::string url;                  // extract --url
  ArticleFormat article_format = ArticleFormat::json;
  unsigned jobs = 0;  // extract: threads; 0: one a core

  std::string query;  // search, quotes, export, remove (an id or a query)
  bool by_date = false, facets = false, no_fold = false, explain = false, strict = false;
  uint32_t limit = 20, offset = 0;
  std::string after;

  std::string id;  // show
  ShowFormat show_format = ShowFormat::pretty;
  ExportFormat export_format = ExportFormat::jsonl;
  std::string listen = "127.0.0.1:8080";
  bool set_password = false;          // serve --set-password
  std::string add_token, drop_token;  // serve --add-token NAME, --drop-token NAME
  bool reextract = false;             // reindex --extract

  SourceVerb source_verb = SourceVerb::list;  // source; its address is in `url`, its file in `inputs`
  std::string source_kind;                    // source add --as
  int64_t source_id = 0;                      // source remove, source check (0: all)
  bool all = false, starter = false;          // source add --all, source import --starter
  bool once = false;                          // collect --once
  bool no_collect = false;                    // serve --no-collect
  bool allow_private = false;                 // what fetches: addresses of private networks too
  bool no_reread = false;                     // what collects: articles are asked for once
  std::string callback;                       // serve: where hubs reach it (WebSub)
  std::optional<uint32_t> delay_ms;           // what fetches: between two requests to one host
};

// What parsing ended with: a command to run, or a text to print and an exit code (help, version, a usage error).
struct Spoken {
  std::string text;
  int exit_code = 0;  // 0: the text is for stdout; 2: for stderr
};

std::variant<Options, Spoken> parse_options(std::span<std::string const> arguments);

}  // namespace vigie::cli
