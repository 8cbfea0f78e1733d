#include "collect/finder.hpp"

#include <algorithm>

#include "article/address.hpp"
#include "base/time.hpp"
#include "collect/discovery.hpp"
#include "collect/poll.hpp"

namespace vigie::collect {
namespace {

constexpr size_t kTriesMax = 16;  // offers fetched for one address

// A visitor for a handful of addresses, waited for.
class Errand {
 public:
  Errand(std::unique_ptr<Fetcher> fetcher, Manners manners, std::chrono::milliseconds patience, std::stop_token stop)
      : visitor_(std::move(fetcher), manners), stop_(std::move(stop)), until_(Visitor::Clock::now() + patience) {}

  VisitAnswer visit(std::string const& url) {
    // Shared with the visitor, which may hold on to an errand that was called off.
    auto const answer = std::make_shared<VisitAnswer>();
    answer->problem = "the site takes too long";
    visitor_.visit({.url = url}, [answer](VisitAnswer got) { *answer = std::move(got); });
    while (visitor_.step(100) && !stop_.stop_requested() && Visitor::Clock::now() < until_) {
    }
    return std::move(*answer);
  }
  Robots const* robots_of(std::string const& url) const { return visitor_.robots_of(url); }

 private:
  Visitor visitor_;
  std::stop_token stop_;
  Visitor::Clock::time_point until_;
};

Result<Errand> set_out(CollectOptions const& options, std::stop_token stop) {
  VIGIE_TRY(auto fetcher, Fetcher::create(options.limits, options.user_agent));
  Manners manners = options.manners;
  manners.delay_ms = std::min(manners.delay_ms, 200u);  // a person waits for a handful of pages
  return Errand(std::move(fetcher), manners, std::chrono::milliseconds(options.errand_ms), std::move(stop));
}

std::optional<SourceKind> kind_of(Offered offered) {
  if (offered == Offered::feed) return SourceKind::feed;
  if (offered == Offered::sitemap) return SourceKind::sitemap;
  if (offered == Offered::page) return SourceKind::page;
  return std::nullopt;
}

Finding finding_of(SourceKind kind, VisitAnswer const& visit) {
  auto const reading = read_source(kind, 0, visit.answer, visit.url, now_epoch_s());
  Finding finding{.source = {.url = visit.permanent_url.empty() ? visit.url : visit.permanent_url,
                             .kind = kind,
                             .title = reading.title,
                             .site = reading.site},
                  .entries = reading.entries.size() + reading.sitemaps.size(),
                  .problem = reading.problem};
  return finding;
}

class Search {
 public:
  explicit Search(Errand& errand) : errand_(errand) {}

  Findings from(std::string const& url) {
    auto const first = errand_.visit(url);
    if (first.kind != VisitAnswer::Kind::page) {
      findings_.problem = first.problem;
      return std::move(findings_);
    }
    auto const offered = what_is(first.answer, first.url);
    if (offered == Offered::page) {
      try_feeds(first);
      try_sitemaps(first.url);
    }
    if (auto const kind = kind_of(offered)) findings_.found.push_back(finding_of(*kind, first));
    if (findings_.found.empty()) findings_.problem = "neither a page, nor a feed, nor a sitemap";
    return std::move(findings_);
  }

 private:
  void try_feeds(VisitAnswer const& page) {
    bool named = false;
    for (auto const& offer : feeds_offered(page.answer.body, page.answer.content_type, page.url)) {
      if (!offer.is_named && named) break;  // the usual places are for pages that name none
      named |= take(offer.url, SourceKind::feed, offer.title);
    }
  }

  void try_sitemaps(std::string const& url) {
    auto const* const robots = errand_.robots_of(url);
    if (robots == nullptr) return;
    auto sitemaps = robots->sitemaps();
    std::ranges::stable_sort(sitemaps, {}, [](std::string const& s) { return s.find("news") == std::string::npos; });
    for (auto const& sitemap : sitemaps) {
      if (take(article::resolve_address(url, sitemap), SourceKind::sitemap, {})) break;
    }
  }

  bool take(std::string const& url, SourceKind kind, std::string const& title) {
    if (url.empty() || ++tries_ > kTriesMax) return false;
    auto const visit = errand_.visit(url);
    if (visit.kind != VisitAnswer::Kind::page || kind_of(what_is(visit.answer, visit.url)) != kind) return false;
    auto finding = finding_of(kind, visit);
    bool const known =
        std::ranges::any_of(findings_.found, [&](Finding const& f) { return f.source.url == finding.source.url; });
    if (known || finding.entries == 0) return known;
    if (finding.source.title.empty()) finding.source.title = title;
    findings_.found.push_back(std::move(finding));
    return true;
  }

  Errand& errand_;
  Findings findings_;
  size_t tries_ = 0;
};

}  // namespace

Result<Findings> find_sources(std::string const& url, CollectOptions const& options, std::stop_token stop) {
  VIGIE_TRY(auto errand, set_out(options, stop));
  return Search(errand).from(url);
}

Result<Finding> check_source(Source const& source, CollectOptions const& options, std::stop_token stop) {
  VIGIE_TRY(auto errand, set_out(options, stop));
  auto const visit = errand.visit(source.asked_at());
  if (visit.kind == VisitAnswer::Kind::page) return finding_of(source.kind, visit);
  Finding finding{.source = {.url = source.url, .kind = source.kind, .title = source.title, .site = source.site}};
  finding.problem = visit.problem;
  return finding;
}

Result<source::Capture> fetch_page(std::string const& url, CollectOptions const& options, std::stop_token stop) {
  VIGIE_TRY(auto errand, set_out(options, stop));
  auto visit = errand.visit(url);
  if (visit.kind == VisitAnswer::Kind::failed) return fail(Errc::io, url + ": " + visit.problem);
  if (visit.kind != VisitAnswer::Kind::page) return fail(Errc::unsupported, url + ": " + visit.problem);
  source::Capture capture{.url = visit.url};
  capture.content_type = visit.answer.content_type;
  capture.body = std::move(visit.answer.body);
  capture.http_head = std::move(visit.answer.head);
  capture.seen = utc_from_epoch(now_epoch_s());
  return capture;
}

}  // namespace vigie::collect
