#include "serve/app.hpp"

#include <exception>

#include "base/hash.hpp"
#include "serve/answers.hpp"
#include "serve/api.hpp"
#include "serve/assets.hpp"
#include "serve/failure_log.hpp"
#include "serve/feeds.hpp"
#include "serve/gzip.hpp"
#include "serve/pages.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

// Nothing may be loaded, run, framed or sent anywhere but from and to Vigie itself.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

std::string_view media_type(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return {};  // templates and tables are no files for browsers
}

Response static_file(Request const& request, std::string_view name) {
  auto const asset = find_asset(name);
  auto const type = media_type(name);
  if (!asset || type.empty()) return json_error(404, "not_found", "no such file");
  auto response = typed_answer(std::string(asset->bytes), std::string(type));
  // The address holds a hash of the bytes: only with it may the answer be kept for good.
  if (has(request.parameters, "v")) response.cache_control = "public, max-age=31536000, immutable";
  return response;
}

void add_security_headers(Response& response) {
  auto& headers = response.headers;
  headers.emplace_back("Content-Security-Policy", kPolicy);
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("X-Frame-Options", "DENY");
  headers.emplace_back("Referrer-Policy", "same-origin");
  headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  headers.emplace_back("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
}

// RFC 9110, 13.1.2: a list of tags or "*", compared weakly.
bool names_tag(std::string_view if_none_match, std::string_view tag) {
  return if_none_match == "*" || if_none_match.find(tag) != if_none_match.npos;
}

void add_tag(Response& response, Request const& request) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string tag = "\"";
  for (auto hash = hash64(response.body); tag.size() < 17; hash >>= 4) tag += kHex[hash & 15];
  tag += '"';
  response.headers.emplace_back("ETag", "W/" + tag);  // weak: the same for compressed and plain bytes
  if (!names_tag(request.if_none_match, tag)) return;
  response.status = 304;
  response.body.clear();
}

void compress(Response& response, Request const& request) {
  if (response.body.size() < kCompressFrom) return;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!accepts_gzip(request.accept_encoding)) return;
  auto packed = gzip(response.body);
  if (packed.empty()) return;
  response.body = std::move(packed);
  response.headers.emplace_back("Content-Encoding", "gzip");
}

void finish(Response& response, Request const& request) {
  add_security_headers(response);
  response.headers.emplace_back("Cache-Control", response.status == 200 ? response.cache_control : "no-store");
  if (response.is_event_stream) return;
  if (response.status == 200) add_tag(response, request);
  compress(response, request);
}

// Answers that hold nothing of what is kept: no password is needed for them.
bool tells_nothing(std::string_view pattern) {
  return pattern == "/healthz" || pattern == "/static/{name}" || pattern == "/favicon.ico" || pattern == "/robots.txt";
}

bool is_feed(std::string_view path) { return path == "/rss" || path == "/search.rss"; }

bool is_for_programs(std::string_view path) {
  return path.starts_with("/api/") || path.starts_with("/static/") || path == "/events" || path == "/metrics";
}

}  // namespace

struct App::Parts {
  engine::Store const& store;
  Watch* watch;
  Metrics& metrics;
  Events& events;
  Access& access;
  Intake intake;
  std::string version;
  Words words;
  Templates templates;
  Api api;
  Feeds feeds;
  Pages pages;
  std::string openapi;
  std::unique_ptr<Router> router;

  Parts(engine::Store& store, Metrics& metrics, Events& events, Access& access, std::string version, Watch* watch,
        Words loaded_words, Templates loaded_templates)
      : store(store),
        watch(watch),
        metrics(metrics),
        events(events),
        access(access),
        intake(store),
        version(version),
        words(std::move(loaded_words)),
        templates(std::move(loaded_templates)),
        api(store, intake, watch),
        feeds(store, words),
        pages(store, words, templates, access, intake, watch, version, [&events] { return events.last(); }) {}

  std::vector<Route> machine_routes() const;
  std::vector<Route> hub_routes() const;
};

// WebSub: a hub asks whether we asked, and rings when there is news.
std::vector<Route> App::Parts::hub_routes() const {
  Route confirm{Method::get,  "/websub/{token}", "A hub confirms a subscription", "one row", "",
                "text/plain", Audience::machine};
  confirm.handler = [this](Request const& request, PathValues const& values) {
    auto const& given = request.parameters;
    auto const lease =
        std::strtoll(std::string(value_of(given, "hub.lease_seconds").substr(0, 12)).c_str(), nullptr, 10);
    auto const challenge = value_of(given, "hub.challenge").substr(0, 1024);
    bool const ours =
        watch != nullptr && watch->confirm(value_of(given, "hub.mode"), values[0], value_of(given, "hub.topic"), lease);
    return ours ? typed_answer(std::string(challenge), "text/plain; charset=utf-8") : plain_error(404);
  };
  Route ring{Method::post, "/websub/{token}", "A hub says that a feed has news", "one row", "",
             "text/plain", Audience::machine};
  ring.handler = [this](Request const&, PathValues const& values) {
    bool const ours = watch != nullptr && watch->ring(values[0]);
    auto response = ours ? typed_answer("", "text/plain; charset=utf-8") : plain_error(410);
    if (ours) response.status = 202;
    return response;
  };
  confirm.open = ring.open = ring.takes_upload = true;
  return {confirm, ring};
}

std::vector<Route> App::Parts::machine_routes() const {
  auto const route = [](std::string_view pattern, std::string_view summary, std::string_view media, Handler handler) {
    return Route{Method::get, pattern, summary, "constant", "", media, Audience::machine, {}, std::move(handler)};
  };
  std::vector<Route> routes{
      route("/api/openapi.json", "This API, described", "application/json",
            [this](auto const&, auto const&) { return typed_answer(openapi, "application/json"); }),
      route("/events", "What is new, as server-sent events", "text/event-stream",
            [](Request const& request, auto const&) {
              Response response = typed_answer("", "text/event-stream");
              response.is_event_stream = true;
              response.cache_control = "no-store";
              std::string_view after = request.last_event_id;
              if (after.empty()) after = value_of(request.parameters, "after");
              response.events_after = std::strtoull(std::string(after.substr(0, 20)).c_str(), nullptr, 10);
              return response;
            }),
      route("/healthz", "Whether the store answers", "text/plain",
            [this](auto const&, auto const&) {
              if (store.latest(1)) return typed_answer("ok\n", "text/plain; charset=utf-8");
              return plain_error(503);
            }),
      route("/metrics", "Counters for Prometheus", "text/plain",
            [this](auto const&, auto const&) {
              auto const stats = store.stats();
              auto response = typed_answer(metrics.text(stats ? *stats : engine::Stats{}),
                                           "text/plain; version=0.0.4; charset=utf-8");
              response.cache_control = "no-store";
              return response;
            }),
      route("/static/{name}", "Style, script and icon of the pages", "text/css",
            [](Request const& request, auto const& values) { return static_file(request, values[0]); }),
      route("/favicon.ico", "The icon", "image/svg+xml",
            [](auto const&, auto const&) { return redirect(asset_address("vigie.svg")); }),
      route("/robots.txt", "No crawler has business here", "text/plain",
            [](auto const&, auto const&) {
              return typed_answer("User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8");
            }),
  };
  for (auto& one : routes) one.open = tells_nothing(one.pattern);
  return routes;
}

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
App::~App() = default;

Result<std::unique_ptr<App>> App::create(engine::Store& store, Metrics& metrics, Events& events, Access& access,
                                         std::string version, Watch* watch) {
  auto const table = find_asset("words.txt");
  auto const schemas = find_asset("schemas.json");
  if (!table || !schemas)
    return fail(Errc::invalid_input, "web/words.txt or web/schemas.json is missing from this build");
  VIGIE_TRY(auto words, Words::load(table->bytes));
  VIGIE_TRY(auto templates, Templates::load(words));
  auto parts =
      std::make_unique<Parts>(store, metrics, events, access, version, watch, std::move(words), std::move(templates));
  std::vector<Route> routes;
  for (auto const& part : {parts->pages.routes(), parts->api.routes(), parts->feeds.routes(), parts->machine_routes(),
                           parts->hub_routes()}) {
    routes.insert(routes.end(), part.begin(), part.end());
  }
  parts->openapi = openapi_document(routes, schemas->bytes, version);
  parts->router = std::make_unique<Router>(std::move(routes));
  return std::unique_ptr<App>(new App(std::move(parts)));
}

std::span<Route const> App::routes() const { return parts_->router->routes(); }

Response App::refuse(int status) const {
  auto response = plain_error(status);
  finish(response, Request());
  return response;
}

// Under a name of another site a browser sends no cookie of ours, so that with a password any name will do.
bool App::knows_host(Request const& request) const {
  return parts_->access.asks_for_password() || is_loopback_host(request.host);
}

// Somebody without a session: people are shown the door, programs are told.
Response App::turn_away(Request const& request) const {
  bool const is_browser = !request.fetch_site.empty();
  bool const is_feed_reader = is_feed(request.path) && !is_browser;
  if (request.method == Method::get && !is_for_programs(request.path) && !is_feed_reader) {
    return redirect(address("/login", {{"next", request.target == "/" ? "" : request.target}}));
  }
  auto response = json_error(401, "unauthorized", "a session or an API token is needed");
  response.headers.emplace_back("WWW-Authenticate", is_feed_reader ? "Basic realm=\"Vigie\"" : "Bearer");
  return response;
}

Response App::no_route(Request const& request, bool path_known) const {
  int const status = path_known ? 405 : 404;
  auto response = is_for_programs(request.path)
                      ? json_error(status, path_known ? "invalid_input" : "not_found", reason(status))
                      : parts_->pages.error(request, status);
  if (path_known) response.headers.emplace_back("Allow", parts_->router->methods(request.path));
  return response;
}

bool App::takes_upload(Request request) const {
  if (!knows_host(request) || !split_target(request)) return false;
  auto const match = parts_->router->match(request.method, request.path);
  if (match.route == nullptr || !match.route->takes_upload || !is_same_origin(request)) return false;
  // A hub knows no password, but the address it was given.
  bool const rings = match.route->open && parts_->watch != nullptr && parts_->watch->knows_bell(match.values.at(0));
  return rings || (!match.route->open && parts_->access.admits(request));
}

Response App::dispatch(Request& request) const {
  if (!knows_host(request)) return json_error(421, "misdirected", "this name is not Vigie's");
  if (!split_target(request)) return plain_error(400);
  auto const match = parts_->router->match(request.method, request.path);
  bool const open = match.route != nullptr && match.route->open;
  auto const& access = parts_->access;
  bool const admitted = access.admits(request) || (is_feed(request.path) && access.has_feed_token(request));
  if (!open && !admitted) return turn_away(request);
  if (match.route == nullptr) return no_route(request, match.path_known);
  if (request.method == Method::post && !is_same_origin(request)) {
    return json_error(403, "forbidden", "sent by another site's page");
  }
  try {
    return match.route->handler(request, match.values);
  } catch (std::exception const& error) {
    auto response = is_for_programs(request.path) ? json_error(500, "io", "the answer could not be made")
                                                  : parts_->pages.error(request, 500);
    response.failure = error.what();
    return response;
  }
}

Response App::answer(Request request) const {
  auto response = dispatch(request);
  if (response.status == 500) log_failure(request, response.failure);
  finish(response, request);
  return response;
}

bool is_loopback_host(std::string_view host) {
  if (host.starts_with('[')) {
    auto const close = host.find(']');
    return close != host.npos && host.substr(0, close + 1) == "[::1]";
  }
  host = host.substr(0, host.find(':'));
  if (host == "localhost") return true;
  // 127.0.0.0/8 as digits and dots only: "127.evil.test" is a name.
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos;
}

}  // namespace vigie::serve
