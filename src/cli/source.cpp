// source.cpp: `vigie source …` and `vigie collect`: what is watched, and watching it.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/time.hpp"
#include "cli/collecting.hpp"
#include "cli/command.hpp"
#include "collect/finder.hpp"
#include "collect/starter.hpp"
#include "serve/source_json.hpp"
#include "source/opml.hpp"

namespace vigie::cli {
namespace {

using collect::Source;
using collect::SourceBook;

std::string finding_line(collect::Finding const& f) {
  return fmt::format("{}  {}  {}, {} entries{}", collect::name(f.source.kind), printable(f.source.url),
                     f.source.title.empty() ? "no title" : printable(f.source.title), f.entries,
                     f.problem.empty() ? "" : "; " + printable(f.problem));
}

// What the feed's own words are beside the pages', where both were had, and what reading pages again brought.
std::string difference(Source const& s) {
  std::string out;
  if (auto const share = s.feed_share())
    out += fmt::format("; the feed itself gives {:.0f}% of its pages' text ({} compared)", *share * 100, s.compared);
  if (s.rereads > 0) out += fmt::format("; {} read again, {} of them withdrawn by the site", s.rereads, s.withdrawn);
  if (s.from_feed > 0) out += fmt::format("; {} from the feed alone, their pages could not be had", s.from_feed);
  return out;
}

class SourceCommand {
 public:
  SourceCommand(Call const& call, SourceBook& book) : call_(call), book_(book) {}

  int run() {
    switch (call_.options.source_verb) {
      case SourceVerb::add:
        return add();
      case SourceVerb::list:
        return list();
      case SourceVerb::remove:
        return remove();
      case SourceVerb::pause:
        return set_paused(true);
      case SourceVerb::resume:
        return set_paused(false);
      case SourceVerb::check:
        return check();
      case SourceVerb::import_:
        return import();
      case SourceVerb::export_:
        return export_opml();
    }
    return 2;
  }

 private:
  int failed(Error const& error) { return complain(call_.streams, "vigie source", error); }
  void say(std::string const& line) { call_.streams.err.line(line); }

  int add() {
    auto const& options = call_.options;
    if (!options.source_kind.empty()) {  // taken at the person's word, without asking the site
      auto const kind = collect::parse_source_kind(options.source_kind);
      return keep({.source = {.url = options.url, .kind = *kind}});
    }
    auto const findings = collect::find_sources(options.url, collect_options(options), call_.stop);
    if (!findings) return failed(findings.error());
    if (findings->found.empty())
      return failed({Errc::not_found, options.url + ": " + findings->problem + "; nothing was added"});
    size_t const chosen = options.all ? findings->found.size() : 1;
    int code = 0;
    for (size_t i = 0; i < findings->found.size(); ++i) {
      if (i < chosen) code |= keep(findings->found[i]);
      if (i >= chosen) say("also there: " + finding_line(findings->found[i]));
    }
    return code;
  }

  int keep(collect::Finding const& finding) {
    auto const source = book_.add(finding.source);
    if (!source) return failed(source.error());
    call_.streams.out.line(call_.options.json ? serve::finding_json(finding, source->id)
                                              : fmt::format("{}  {}", source->id, finding_line(finding)));
    Collecting::wake();
    return 0;
  }

  int list() {
    auto const sources = book_.list();
    if (!sources) return failed(sources.error());
    for (auto const& s : *sources) {
      if (call_.options.json) {
        call_.streams.out.line(serve::source_json(s));
        continue;
      }
      std::string line = fmt::format("{}  {}  {}", s.id, collect::name(s.kind), printable(s.asked_at()));
      if (!s.title.empty()) line += "  " + printable(s.title);
      line += fmt::format("\n    {} articles, {} editions", s.fresh, s.editions);
      line += difference(s);
      if (s.waiting > 0) line += fmt::format(", {} waiting", s.waiting);
      line += s.last_success_s > 0 ? "; last success " + format_rfc3339(utc_from_epoch(s.last_success_s))
                                   : std::string("; never read yet");
      if (s.paused) line += "; paused";
      if (s.next_try_s > 0 && !s.paused) line += "; next try " + format_rfc3339(utc_from_epoch(s.next_try_s));
      if (!s.problem.empty())
        line += fmt::format("\n    {}{}", s.failures > 0 ? fmt::format("failed {} times: ", s.failures) : "",
                            printable(s.problem));
      call_.streams.out.line(line);
    }
    return 0;
  }

  int remove() {
    auto const done = book_.remove(call_.options.source_id);
    return done ? 0 : failed(done.error());
  }

  int set_paused(bool paused) {
    auto const done = book_.set_paused(call_.options.source_id, paused, now_epoch_s());
    if (!done) return failed(done.error());
    Collecting::wake();
    return 0;
  }

  int check() {
    auto sources = book_.list();
    if (!sources) return failed(sources.error());
    int64_t const wanted = call_.options.source_id;
    if (wanted > 0) std::erase_if(*sources, [&](Source const& s) { return s.id != wanted; });
    if (wanted > 0 && sources->empty()) return failed({Errc::not_found, fmt::format("there is no source {}", wanted)});
    int code = 0;
    for (auto const& source : *sources) {
      if (call_.stop.stop_requested()) return 1;
      auto const finding = collect::check_source(source, collect_options(call_.options), call_.stop);
      if (!finding) return failed(finding.error());
      call_.streams.out.line(call_.options.json
                                 ? serve::finding_json(*finding, source.id, &source)
                                 : fmt::format("{}  {}{}", source.id, finding_line(*finding), difference(source)));
      call_.streams.out.flush();
      if (finding->entries == 0) code = 1;
      if (auto const due = book_.make_due(source.id, now_epoch_s()); !due) return failed(due.error());
    }
    Collecting::wake();
    return code;
  }

  int import() {
    source::SubscriptionList list;
    if (call_.options.starter) {
      for (auto const& s : collect::starters())
        list.subscriptions.push_back({std::string(s.url), std::string(s.site), std::string(s.title), "rss"});
    } else {
      auto const& given = call_.options.inputs.front();
      std::ifstream file(given.starts_with('/') ? given : call_.folder + "/" + given, std::ios::binary);
      if (!file) return failed({Errc::not_found, "cannot open " + given});
      list = source::parse_opml(std::string(std::istreambuf_iterator<char>(file), {}));
    }
    size_t added = 0;
    auto const before = book_.list();
    for (auto const& one : list.subscriptions) {
      auto const kind = collect::parse_source_kind(one.kind).value_or(collect::SourceKind::feed);
      auto const source = book_.add({.url = one.url, .kind = kind, .title = one.title, .site = one.site});
      if (!source) return failed(source.error());
      ++added;
    }
    auto const after = book_.list();
    if (!before || !after) return failed((before ? after : before).error());
    Collecting::wake();
    if (!list.problem.empty()) say("vigie source: the list could be read in part only: " + printable(list.problem));
    say(fmt::format("{} addresses read, {} of them new", added, after->size() - before->size()));
    return added > 0 ? 0 : 1;
  }

  int export_opml() {
    auto const sources = book_.list();
    if (!sources) return failed(sources.error());
    std::vector<source::Subscription> list;
    for (auto const& s : *sources) {
      std::string const kind = s.kind == collect::SourceKind::feed ? "rss" : std::string(collect::name(s.kind));
      list.push_back({s.asked_at(), s.site, s.title, kind});
    }
    call_.streams.out.write(source::write_opml(list, "Vigie"));
    return 0;
  }

  Call const& call_;
  SourceBook& book_;
};

}  // namespace

int run_source(Call const& call) {
  auto const book = SourceBook::open(call.options.data);
  if (!book) return complain(call.streams, "vigie source", book.error());
  return SourceCommand(call, **book).run();
}

int run_collect(Call const& call) {
  auto const collecting = Collecting::begin(
      call.options.data, call.store, collect_options(call.options), [&](collect::CollectEvent const& event) {
        if (event.problem.empty() && event.fresh == 0) return;
        call.streams.err.line(
            fmt::format("{}: {}", printable(event.url),
                        event.problem.empty() ? fmt::format("{} new", event.fresh) : printable(event.problem)));
        call.streams.err.flush();
      });
  if (!collecting) return complain(call.streams, "vigie collect", collecting.error());
  auto const until = call.options.once ? collect::Collector::Until::idle : collect::Collector::Until::stopped;
  auto const totals = (*collecting)->run(until, call.stop);
  if (!totals) return complain(call.streams, "vigie collect", totals.error());
  call.streams.err.line(
      fmt::format("{} sources asked, {} unchanged, {} failed; {} new articles, {} new editions, {} unchanged, "
                  "{} from the feed alone, {} refused; {} read again, {} withdrawn",
                  totals->polls, totals->unchanged_polls, totals->failed_polls, totals->fresh, totals->editions,
                  totals->unchanged, totals->from_feed, totals->refused, totals->rereads, totals->withdrawn));
  return 0;
}

}  // namespace vigie::cli
