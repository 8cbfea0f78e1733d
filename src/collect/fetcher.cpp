// libcurl's multi interface behind fetcher.hpp. One easy handle an exchange, taken from a pool; connections are shared
// and kept, HTTP/2 where the server speaks it.
#include "collect/fetcher.hpp"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <utility>
#include <vector>

#include "source/ascii.hpp"
#include "source/http_message.hpp"

namespace vigie::collect {
namespace {

using std::string_view;

constexpr char kAccept[] =
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,*/*;q=0.5";
constexpr size_t kPoolMax = 64;

struct Exchange {
  CURL* handle = nullptr;
  curl_slist* headers = nullptr;
  FetchAnswer answer;
  uint64_t body_max = 0, header_max = 0, header_bytes = 0;
  bool cut = false, full = false, refused_private = false, allow_private = false;
  char error[CURL_ERROR_SIZE] = {};
  std::function<void(FetchAnswer)> done;
};

void take_field(FetchAnswer& answer, string_view line) {
  if (line.starts_with("HTTP/")) {  // after a 100 or 103, the fields begin anew
    answer.head = line;
    answer.content_type = answer.etag = answer.last_modified = answer.location = answer.retry_after = {};
    return;
  }
  answer.head += line;
  size_t const colon = line.find(':');
  if (colon == string_view::npos) return;
  auto const key = line.substr(0, colon);
  std::string const value(source::trim(line.substr(colon + 1)));
  struct Known {
    string_view name;
    std::string FetchAnswer::* field;
  };
  for (auto const& [known, field] :
       {Known{"content-type", &FetchAnswer::content_type}, Known{"etag", &FetchAnswer::etag},
        Known{"last-modified", &FetchAnswer::last_modified}, Known{"location", &FetchAnswer::location},
        Known{"retry-after", &FetchAnswer::retry_after}, Known{"server", &FetchAnswer::server},
        Known{"cf-mitigated", &FetchAnswer::mitigated}}) {
    if (source::equal_nocase(key, known)) answer.*field = value;
  }
}

size_t on_header(char* data, size_t, size_t size, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  exchange.header_bytes += size;
  if (exchange.header_bytes > exchange.header_max) {
    exchange.full = true;
    return 0;
  }
  take_field(exchange.answer, string_view(data, size));
  return size;
}

size_t on_body(char* data, size_t, size_t size, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  size_t const room = exchange.body_max - exchange.answer.body.size();
  exchange.answer.body.append(data, std::min(size, room));
  if (size <= room) return size;
  exchange.full = true;
  return 0;
}

// The last moment before a connection: the address is the one that will be connected to.
curl_socket_t on_open_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (is_never_allowed(address->addr) || (!exchange.allow_private && is_private(address->addr))) {
    exchange.refused_private = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

FetchFailure failure_of(CURLcode code, Exchange const& exchange) {
  if (code == CURLE_OK) return FetchFailure::none;
  if (exchange.refused_private) return FetchFailure::private_address;
  if (exchange.full) return FetchFailure::too_large;
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return FetchFailure::bad_url;
    case CURLE_COULDNT_RESOLVE_HOST:
      return FetchFailure::name;
    case CURLE_OPERATION_TIMEDOUT:
      return FetchFailure::timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return FetchFailure::tls;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return FetchFailure::protocol;
    case CURLE_FILESIZE_EXCEEDED:
      return FetchFailure::too_large;
    default:
      return FetchFailure::connection;
  }
}

class CurlFetcher final : public Fetcher {
 public:
  CurlFetcher(CURLM* multi, FetchLimits limits, std::string user_agent)
      : multi_(multi), limits_(limits), user_agent_(std::move(user_agent)) {
    curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(limits_.connections));
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(limits_.connections));
    curl_multi_setopt(multi_, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
  }
  ~CurlFetcher() override {
    for (auto& [handle, exchange] : running_) {
      curl_multi_remove_handle(multi_, handle);
      curl_slist_free_all(exchange->headers);
      curl_easy_cleanup(handle);
    }
    for (CURL* const handle : pool_) curl_easy_cleanup(handle);
    curl_multi_cleanup(multi_);
  }

  void start(FetchRequest request, std::function<void(FetchAnswer)> done) override {
    auto exchange = std::make_unique<Exchange>();
    exchange->handle = take_handle();
    exchange->body_max = request.body_bytes > 0 ? request.body_bytes : limits_.body_bytes;
    exchange->header_max = limits_.header_bytes;
    exchange->cut = request.cut_body;
    exchange->allow_private = limits_.allow_private;
    exchange->done = std::move(done);
    set_options(*exchange, request);
    CURL* const handle = exchange->handle;
    if (handle == nullptr || curl_multi_add_handle(multi_, handle) != CURLM_OK) {
      exchange->answer.failure = FetchFailure::stopped;
      exchange->answer.problem = "no request can be made now";
      failed_.push_back(std::move(exchange));
      return;
    }
    running_.emplace(handle, std::move(exchange));
  }

  void run(int timeout_ms) override {
    for (auto& exchange : std::exchange(failed_, {})) exchange->done(std::move(exchange->answer));
    int left = 0;
    curl_multi_perform(multi_, &left);
    if (!finish_some()) {
      curl_multi_poll(multi_, nullptr, 0, timeout_ms, nullptr);
      curl_multi_perform(multi_, &left);
      finish_some();
    }
  }

  void wake() override { curl_multi_wakeup(multi_); }
  size_t under_way() const override { return running_.size() + failed_.size(); }

 private:
  CURL* take_handle() {
    if (pool_.empty()) return curl_easy_init();
    CURL* const handle = pool_.back();
    pool_.pop_back();
    curl_easy_reset(handle);
    return handle;
  }

  void set_options(Exchange& exchange, FetchRequest const& request) {
    CURL* const h = exchange.handle;
    if (h == nullptr) return;
    auto const header = [&](std::string const& line) {
      exchange.headers = curl_slist_append(exchange.headers, line.c_str());
    };
    header("Accept: " + (request.accept.empty() ? std::string(kAccept) : request.accept));
    header("Accept-Language: fr,en;q=0.8,*;q=0.5");
    if (!request.etag.empty()) header("If-None-Match: " + request.etag);
    if (!request.last_modified.empty()) header("If-Modified-Since: " + request.last_modified);
    curl_easy_setopt(h, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, exchange.headers);
    if (!request.form.empty()) {
      curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form.size()));
      curl_easy_setopt(h, CURLOPT_COPYPOSTFIELDS, request.form.c_str());
    }
    curl_easy_setopt(h, CURLOPT_USERAGENT, user_agent_.c_str());
    curl_easy_setopt(h, CURLOPT_ACCEPT_ENCODING, "");  // all that libcurl undoes: gzip, deflate, br, zstd
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
    // Who is trusted in place of the machine's list, for an intranet's own authority: OpenSSL's variable.
    if (char const* const trusted = std::getenv("SSL_CERT_FILE")) curl_easy_setopt(h, CURLOPT_CAINFO, trusted);
    curl_easy_setopt(h, CURLOPT_PROXY, "");
    curl_easy_setopt(h, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect_ms));
    curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.total_ms));
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(limits_.slow_bytes_s));
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, std::max(1L, static_cast<long>(limits_.slow_ms / 1000)));
    curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, &exchange);
    curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(h, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(h, CURLOPT_ERRORBUFFER, exchange.error);
  }

  bool finish_some() {
    bool any = false;
    int queued = 0;
    while (CURLMsg const* const message = curl_multi_info_read(multi_, &queued)) {
      if (message->msg != CURLMSG_DONE) continue;
      any = true;
      CURLcode const code = message->data.result;
      auto node = running_.extract(message->easy_handle);
      curl_multi_remove_handle(multi_, node.key());
      finish(std::move(node.mapped()), code);
    }
    return any;
  }

  void finish(std::unique_ptr<Exchange> exchange, CURLcode code) {
    auto& answer = exchange->answer;
    long status = 0;
    curl_easy_getinfo(exchange->handle, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    answer.head = source::kept_head(answer.head);
    bool const cut = exchange->cut && exchange->full;
    answer.failure = cut ? FetchFailure::none : failure_of(code, *exchange);
    if (answer.failure != FetchFailure::none) {
      bool const own = exchange->refused_private || exchange->full;
      answer.problem = name(answer.failure);
      if (!own) answer.problem.append(": ").append(exchange->error[0] ? exchange->error : curl_easy_strerror(code));
      answer.body.clear();
    }
    curl_slist_free_all(exchange->headers);
    if (pool_.size() < kPoolMax) {
      pool_.push_back(exchange->handle);
    } else {
      curl_easy_cleanup(exchange->handle);
    }
    exchange->done(std::move(answer));
  }

  CURLM* multi_;
  FetchLimits limits_;
  std::string user_agent_;
  std::unordered_map<CURL*, std::unique_ptr<Exchange>> running_;
  std::vector<std::unique_ptr<Exchange>> failed_;
  std::vector<CURL*> pool_;
};

}  // namespace

string_view name(FetchFailure failure) {
  switch (failure) {
    case FetchFailure::none:
      return "no failure";
    case FetchFailure::bad_url:
      return "not an address that can be fetched";
    case FetchFailure::private_address:
      return "the address is of a private network or of this machine";
    case FetchFailure::name:
      return "the host is not known";
    case FetchFailure::connection:
      return "the connection failed";
    case FetchFailure::tls:
      return "the site's certificate does not hold";
    case FetchFailure::timeout:
      return "the answer took too long";
    case FetchFailure::too_large:
      return "the answer is too large";
    case FetchFailure::protocol:
      return "the answer cannot be understood";
    case FetchFailure::stopped:
      break;
  }
  return "stopped";
}

Result<std::unique_ptr<Fetcher>> Fetcher::create(FetchLimits limits, std::string user_agent) {
  static CURLcode const started = curl_global_init(CURL_GLOBAL_DEFAULT);
  CURLM* const multi = started == CURLE_OK ? curl_multi_init() : nullptr;
  if (multi == nullptr) return fail(Errc::io, "libcurl cannot start");
  return std::make_unique<CurlFetcher>(multi, limits, std::move(user_agent));
}

}  // namespace vigie::collect
