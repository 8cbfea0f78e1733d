#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "cli/version.hpp"

namespace vigie::cli {
namespace {

std::string default_data_folder() {
  if (char const* folder = std::getenv("VIGIE_DATA"); folder && *folder) return folder;
  if (char const* base = std::getenv("XDG_DATA_HOME"); base && *base) return std::string(base) + "/vigie";
  if (char const* home = std::getenv("HOME"); home && *home) return std::string(home) + "/.local/share/vigie";
  return "vigie-data";
}

// Declares commands and options on a CLI11 parser that writes into one Options.
class Parser {
 public:
  explicit Parser(Options& options) : options_(options) {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", std::string("vigie ") + kVersion);
    app_.footer(
        "Start with:\n"
        "  vigie ingest page.html archive.warc.gz     keep some news\n"
        "  vigie serve                                read it at http://127.0.0.1:8080\n"
        "  vigie search 'sommet \"stabilisation par étapes\" date:2018-09'\n"
        "\n"
        "'vigie COMMAND --help' says more. Exit codes: 0 done, 1 something failed, 2 bad usage.");
    app_.get_formatter()->column_width(28);
    declare_reading();
    declare_asking();
    declare_keeping();
    declare_watching();
  }

  CLI::App& app() { return app_; }

 private:
  CLI::App* command(Command command, std::string const& name, std::string const& about, std::string const& examples) {
    CLI::App* const sub = app_.add_subcommand(name, about);
    sub->footer("Examples:\n" + examples);
    sub->callback([this, command] { options_.command = command; });
    return sub;
  }
  void data(CLI::App* sub) {
    sub->add_option("--data", options_.data, "Data directory (default: $VIGIE_DATA, then $XDG_DATA_HOME/vigie)")
        ->type_name("DIR");
  }
  void json(CLI::App* sub) { sub->add_flag("--json", options_.json, "One JSON object per line on stdout"); }
  void fetching(CLI::App* sub) {
    sub->add_flag("--allow-private", options_.allow_private,
                  "Fetch from private networks and this machine too (an intranet)");
    sub->add_option("--delay", options_.delay_ms, "Milliseconds between two requests to one host (default 1000)")
        ->type_name("MS")
        ->check(CLI::Range(0u, 600000u));
  }
  void collecting(CLI::App* sub) {
    fetching(sub);
    sub->add_flag("--no-reread", options_.no_reread,
                  "Do not read articles again at the age of an hour, six hours, a day and three days");
  }
  void page(CLI::App* sub) {
    sub->add_option("--limit", options_.limit, "How many at most (default 20)")
        ->type_name("N")
        ->check(CLI::Range(0u, 100000u));
    sub->add_option("--offset", options_.offset, "How many to pass over first")
        ->type_name("N")
        ->check(CLI::Range(0u, 10000000u));
  }
  template <class Enum>
  void choice(CLI::App* sub, std::string const& name, Enum& value, std::map<std::string, Enum> names,
              std::string const& about) {
    sub->add_option(name, value, about)->transform(CLI::CheckedTransformer(std::move(names)));
  }

  void declare_reading() {
    auto* ingest = command(Command::ingest, "ingest", "Read files, folders or standard input and keep the articles",
                           "  vigie ingest page.html scrape.txt\n"
                           "  vigie ingest archive.warc.gz corpus.jsonl feeds/\n"
                           "  curl -s https://example.org/feed.xml | vigie ingest --json -");
    ingest
        ->add_option(
            "PATH", options_.inputs,
            "html, txt, jsonl, warc or arc [.gz|.zst], RSS/Atom/JSON Feed, folders, http addresses; - reads standard "
            "input")
        ->required();
    data(ingest);
    json(ingest);
    fetching(ingest);

    auto* extract = command(Command::extract, "extract", "Recover the article of each page, without keeping anything",
                            "  vigie extract page.html\n"
                            "  vigie extract --format text --url https://example.org/a.html page.html\n"
                            "  vigie extract --list pages.tsv > articles.jsonl     lines \"path<TAB>url\"");
    auto* paths = extract->add_option("PATH", options_.inputs, "Pages or scrapes; - reads standard input");
    extract->add_option("--list", options_.list, "A file of lines \"path<TAB>url\" (url may be empty)")
        ->type_name("FILE")
        ->excludes(paths);
    extract->add_option("--url", options_.url, "The address the page came from")->type_name("U");
    choice<ArticleFormat>(
        extract, "--format", options_.article_format,
        {{"json", ArticleFormat::json}, {"text", ArticleFormat::text}, {"markdown", ArticleFormat::markdown}},
        "json (default), text or markdown");
    extract->add_option("--jobs", options_.jobs, "Threads (default: one a core)")
        ->type_name("N")
        ->check(CLI::Range(0u, 256u));
  }

  void declare_asking() {
    auto* latest = command(Command::latest, "latest", "The newest articles first",
                           "  vigie latest --limit 5\n  vigie latest --json | jq .title");
    data(latest);
    page(latest);
    json(latest);

    auto* search = command(Command::search, "search", "Find articles",
                           "  vigie search 'idleb sommet'\n"
                           "  vigie search '\"stabilisation par étapes\" -titre:poutine' --sort date\n"
                           "  vigie search 'grève date:2018-09-01/2018-09-07 source:example.org' --json --facets\n"
                           "A query that begins with - goes behind --:  vigie search -- '-syrie idleb'");
    search
        ->add_option("QUERY", options_.query,
                     "Words, \"phrases\", OR, NOT or -, ( ), NEAR/5, prefix*, word~1, field:value")
        ->required();
    data(search);
    static std::map<std::string, bool> const kSorts{{"relevance", false}, {"date", true}};
    search->add_option("--sort", options_.by_date, "relevance (default) or date")
        ->transform(CLI::CheckedTransformer(kSorts));
    page(search);
    search
        ->add_option("--after", options_.after,
                     "The page that follows: what the one before ended with, whatever came since")
        ->type_name("NEXT")
        ->excludes("--offset");
    search->add_flag("--facets", options_.facets, "Counts by source, language and month");
    search->add_flag("--no-fold", options_.no_fold, "Show copies as hits of their own");
    search->add_flag("--strict", options_.strict, "Only articles that hold every word");
    search->add_flag("--explain", options_.explain, "Why each hit matched and how it scored");
    json(search);

    auto* quotes = command(Command::quotes, "quotes", "Who said what, in the articles that match a query",
                           "  vigie quotes idleb\n"
                           "  vigie quotes 'par:poutine dit:idleb date:2018-09'     his words on it, that month\n"
                           "  vigie quotes '' --json | jq -r .speaker | sort | uniq -c");
    quotes->add_option("QUERY", options_.query, "As for search; dit: and par: choose among an article's quotes")
        ->required();
    data(quotes);
    page(quotes);
    json(quotes);

    auto* show = command(Command::show, "show", "One article", "  vigie show ID\n  vigie show ID --raw > page.html");
    show->add_option("ID", options_.id, "The article's id")->required();
    data(show);
    auto* group = show->add_option_group("format");
    group->add_flag_callback("--json", [this] { options_.show_format = ShowFormat::json; }, "The article as JSON");
    group->add_flag_callback("--text", [this] { options_.show_format = ShowFormat::text; }, "Only what a reader reads");
    group->add_flag_callback("--raw", [this] { options_.show_format = ShowFormat::raw; }, "The bytes it came from");
    group->require_option(0, 1);

    auto* out = command(
        Command::export_, "export", "Write articles, all or those that match a query",
        "  vigie export --format jsonl > all.jsonl\n  vigie export 'langue:fr date:2018' --format csv > 2018.csv");
    out->add_option("QUERY", options_.query, "Default: every article");
    data(out);
    choice<ExportFormat>(out, "--format", options_.export_format,
                         {{"jsonl", ExportFormat::jsonl}, {"csv", ExportFormat::csv}, {"warc", ExportFormat::warc}},
                         "jsonl (default), csv or warc");
  }

  void declare_keeping() {
    auto* remove =
        command(Command::remove, "remove", "Take articles out of catalogue, captures and index, without a trace",
                "  vigie remove ID\n  vigie remove 'source:example.org date:2018'");
    remove->add_option("ID|QUERY", options_.query, "An article's id, or a query whose every match goes")->required();
    data(remove);
    json(remove);

    auto* serve = command(Command::serve, "serve", "Pages and API, until SIGTERM",
                          "  vigie serve\n  vigie serve --listen 127.0.0.1:9000\n"
                          "  vigie serve --set-password && vigie serve --listen 0.0.0.0:8080     for others to read");
    data(serve);
    serve->add_option("--listen", options_.listen, "Address and port (default 127.0.0.1:8080; port 0 takes a free one)")
        ->type_name("ADDRESS:PORT");
    serve->add_flag("--set-password", options_.set_password,
                    "Read a password from standard input, keep its hash, and end; an empty one asks for none any more");
    serve->add_option("--add-token", options_.add_token, "Print a new API token for this name, and end")
        ->type_name("NAME");
    serve->add_option("--drop-token", options_.drop_token, "Forget the tokens of this name, and end")
        ->type_name("NAME");

    serve->add_option("--callback", options_.callback,
                      "The public address that leads here, for hubs to tell of news (WebSub): https://vigie.example");
    serve->add_flag("--no-collect", options_.no_collect, "Do not ask the sources for news");
    collecting(serve);

    auto* stats = command(Command::stats, "stats", "What is kept, in figures", "  vigie stats\n  vigie stats --json");
    data(stats);
    json(stats);

    auto* reindex =
        command(Command::reindex, "reindex", "Rebuild the index from the catalogue",
                "  vigie reindex\n  vigie reindex --extract     recover every article from its capture again first");
    data(reindex);
    reindex->add_flag("--extract", options_.reextract, "Recover every article from its capture again");

    auto* check =
        command(Command::check, "check", "Verify catalogue, captures, index and their agreement", "  vigie check");
    data(check);
    json(check);

    auto* inspect = command(Command::inspect, "inspect", "What an index file holds, and what of it is damaged",
                            "  vigie inspect ~/.local/share/vigie/index/manifest\n"
                            "  vigie inspect ~/.local/share/vigie/index/00000001.seg");
    inspect->add_option("FILE", options_.inputs, "A manifest or a segment")->required();
  }

  CLI::App* verb(CLI::App* source, SourceVerb verb, std::string const& name, std::string const& about) {
    CLI::App* const sub = source->add_subcommand(name, about);
    sub->callback([this, verb] { options_.source_verb = verb; });
    data(sub);
    return sub;
  }

  void declare_watching() {
    auto* source = command(Command::source, "source", "What is watched: feeds, news sitemaps, listing pages",
                           "  vigie source add https://journal.example          finds its feeds\n"
                           "  vigie source import --starter                     twenty public feeds to begin with\n"
                           "  vigie source list --json");
    data(source);  // before the verb as behind it
    source->require_subcommand(1);
    auto* add = verb(source, SourceVerb::add, "add", "Watch what a site offers, or one feed, sitemap or listing page");
    add->add_option("URL", options_.url, "The address of a site, a feed, a sitemap or a page")->required();
    add->add_option("--as", options_.source_kind, "feed, sitemap or page: keep the address as it is, without asking it")
        ->check(CLI::IsMember({"feed", "sitemap", "page"}));
    add->add_flag("--all", options_.all, "All that the site offers, not only the best");
    json(add);
    fetching(add);
    json(verb(source, SourceVerb::list, "list", "The sources and how they fare"));
    auto* remove = verb(source, SourceVerb::remove, "remove", "Watch it no more; its articles stay");
    remove->add_option("ID", options_.source_id, "The source's number")->required();
    auto* pause = verb(source, SourceVerb::pause, "pause", "Neither ask it nor fetch from it until it goes on");
    pause->add_option("ID", options_.source_id, "The source's number")->required();
    auto* resume = verb(source, SourceVerb::resume, "resume", "A paused one goes on, at once");
    resume->add_option("ID", options_.source_id, "The source's number")->required();
    auto* check = verb(source, SourceVerb::check, "check", "Ask it now and say what was understood");
    check->add_option("ID", options_.source_id, "The source's number (default: all)");
    json(check);
    fetching(check);
    auto* import = verb(source, SourceVerb::import_, "import", "Watch all of an OPML list");
    auto* file = import->add_option("FILE", options_.inputs, "An OPML file")->expected(1);
    import->add_flag("--starter", options_.starter, "A list of public news feeds that comes with vigie")
        ->excludes(file);
    verb(source, SourceVerb::export_, "export", "The sources as OPML");

    auto* collect = command(Command::collect, "collect", "Ask the sources for news and keep it, until Ctrl-C",
                            "  vigie collect --once        what is due now, then end (for cron)\n"
                            "'vigie serve' collects too.");
    data(collect);
    collect->add_flag("--once", options_.once, "End when nothing is due any more");
    collecting(collect);
  }

  Options& options_;
  CLI::App app_{
      "Vigie, a news watch engine: reads the news as it is found on the web, keeps the clean articles, and answers.",
      "vigie"};
};

}  // namespace

std::variant<Options, Spoken> parse_options(std::span<std::string const> arguments) {
  Options options;
  Parser parser(options);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // CLI11 takes them last first
  try {
    parser.app().parse(std::move(reversed));
  } catch (CLI::ParseError const& error) {
    std::ostringstream out, err;
    bool const failed = parser.app().exit(error, out, err) != 0;
    return failed ? Spoken{err.str(), 2} : Spoken{out.str(), 0};
  }
  if (options.command == Command::extract) {
    if (options.inputs.empty() && options.list.empty()) {
      return Spoken{"vigie extract: name a PATH, - or --list FILE\nRun 'vigie extract --help' for examples.\n", 2};
    }
    return options;
  }
  if (options.command == Command::source && options.source_verb == SourceVerb::import_ && options.inputs.empty() &&
      !options.starter) {
    return Spoken{"vigie source import: name an OPML FILE, or --starter\n", 2};
  }
  if (options.data.empty()) options.data = default_data_folder();
  std::error_code ignored;
  options.data = std::filesystem::absolute(options.data, ignored).lexically_normal().string();
  return options;
}

}  // namespace vigie::cli
