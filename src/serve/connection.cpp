#include "serve/connection.hpp"

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <deque>
#include <optional>
#include <sstream>

#include "serve/turn.hpp"

namespace vigie::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr size_t kEventBacklog = 64;  // events an /events reader may be behind before it is let go

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::get;
    case http::verb::head:
      return Method::head;
    case http::verb::post:
      return Method::post;
    default:
      return Method::other;
  }
}

Request head_of(http::request<http::string_body> const& message) {
  auto const field = [&](http::field name) {
    auto const value = message[name];
    return std::string(value.data(), value.size());
  };
  Request request;
  request.method = method_of(message.method());
  request.target = std::string(message.target().data(), message.target().size());
  request.host = field(http::field::host);
  request.accept_language = field(http::field::accept_language);
  request.accept_encoding = field(http::field::accept_encoding);
  request.cookie = field(http::field::cookie);
  request.if_none_match = field(http::field::if_none_match);
  request.authorization = field(http::field::authorization);
  request.origin = field(http::field::origin);
  request.content_type = field(http::field::content_type);
  auto const named = [&](char const* name) {
    auto const value = message[name];
    return std::string(value.data(), value.size());
  };
  request.last_event_id = named("Last-Event-ID");
  request.fetch_site = named("Sec-Fetch-Site");
  return request;
}

// The status of an answer to a request that could not be read; 0: nobody is there to be answered.
int refusal_of(beast::error_code error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) return 431;
  if (error == http::error::body_limit) return 413;
  bool const parse_error = error.category() == http::make_error_code(http::error::bad_method).category();
  if (parse_error && error != http::error::end_of_stream && error != http::error::partial_message) return 400;
  return 0;
}

class HttpConnection final : public Connection {
 public:
  HttpConnection(tcp::socket&& socket, Shared& shared)
      : stream_(std::move(socket)), shared_(shared), beat_(stream_.get_executor()) {}

  // Only a whole connection is shown to others: a constructor's is not yet owned by anybody.
  void enlist() {
    MutexLock lock(shared_.mutex);
    shared_.open.insert(this);
    shared_.metrics.connections_open.fetch_add(1, std::memory_order_relaxed);
  }

  ~HttpConnection() override {
    if (listener_ != 0) {
      shared_.events.unsubscribe(listener_);
      shared_.metrics.event_clients.fetch_sub(1, std::memory_order_relaxed);
    }
    MutexLock lock(shared_.mutex);
    shared_.open.erase(this);
    shared_.metrics.connections_open.fetch_sub(1, std::memory_order_relaxed);
    shared_.emptied.notify_all();
  }

  void run() override {
    asio::dispatch(stream_.get_executor(), [self = held()] { self->read(); });
  }

  void refuse_and_close(int status) override {
    asio::dispatch(stream_.get_executor(), [self = held(), status] { self->refuse(status); });
  }

  void wind_down() override {
    asio::post(stream_.get_executor(), [self = held()] {
      if (!self->answering_) self->close();
    });
  }
  void drop() override {
    asio::post(stream_.get_executor(), [self = held()] { self->close(); });
  }

 private:
  std::shared_ptr<HttpConnection> held() { return std::static_pointer_cast<HttpConnection>(shared_from_this()); }

  void read() {
    if (shared_.stopping) return close();
    parser_.emplace();
    parser_->header_limit(shared_.options.header_bytes_max);
    parser_->body_limit(shared_.options.upload_bytes_max);
    stream_.expires_after(shared_.options.read_timeout);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = held()](beast::error_code error, size_t) { self->on_head(error); });
  }

  // What the head says decides how large a body is read at all.
  void on_head(beast::error_code error) {
    if (error) return fail_reading(error);
    auto const& options = shared_.options;
    if (parser_->get().target().size() > options.target_bytes_max) return refuse(414);
    if (parser_->is_done()) return on_read({});
    auto const length = parser_->content_length();
    bool const is_large = parser_->chunked() || (length && *length > options.body_bytes_max);
    if (is_large && parser_->get().method() == http::verb::post && shared_.app->takes_upload(head_of(parser_->get()))) {
      upload_.emplace(shared_.uploads, options.uploads_max);
      if (!upload_->granted()) return refuse(503);
      stream_.expires_after(options.upload_timeout);
    } else {
      if (length && *length > options.body_bytes_max) return refuse(413);
      parser_->body_limit(options.body_bytes_max);
    }
    http::async_read(stream_, buffer_, *parser_,
                     [self = held()](beast::error_code error, size_t) { self->on_read(error); });
  }

  void fail_reading(beast::error_code error) {
    int const status = refusal_of(error);
    status != 0 ? refuse(status) : close();
  }

  void on_read(beast::error_code error) {
    if (error) return fail_reading(error);
    answering_ = true;
    keep_alive_ = parser_->get().keep_alive();
    is_head_ = parser_->get().method() == http::verb::head;
    stream_.expires_never();
    auto received = head_of(parser_->get());
    received.body = std::move(parser_->get().body());
    asio::post(shared_.answers, [self = held(), request = std::move(received)]() mutable {
      auto const begin = Clock::now();
      auto response = self->shared_.app->answer(std::move(request));
      auto const took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
      self->shared_.metrics.count_request(response.status, took, response.body.size());
      asio::post(self->stream_.get_executor(), [self, response = std::move(response)]() mutable {
        if (response.is_event_stream && !self->is_head_)
          self->stream(std::move(response));
        else
          self->write(std::move(response));
      });
    });
  }

  void refuse(int status) {
    answering_ = true;
    keep_alive_ = false;
    is_head_ = false;
    auto response = shared_.app->refuse(status);
    shared_.metrics.count_request(status, std::chrono::microseconds(0), response.body.size());
    write(std::move(response));
  }

  static void set_fields(http::response_header<>& header, Response const& response) {
    header.result(static_cast<unsigned>(response.status));
    auto const text = reason(response.status);
    header.reason({text.data(), text.size()});
    if (response.status != 304) header.set(http::field::content_type, response.content_type);
    for (auto const& [name, value] : response.headers) header.insert(name, value);
  }

  void write(Response&& response) {
    if (shared_.stopping) keep_alive_ = false;
    message_.emplace();
    message_->version(11);
    set_fields(message_->base(), response);
    message_->keep_alive(keep_alive_);
    auto const size = response.body.size();
    if (!is_head_) message_->body() = std::move(response.body);
    if (response.status != 304) message_->content_length(size);
    stream_.expires_after(shared_.options.write_timeout);
    http::async_write(stream_, *message_,
                      [self = held()](beast::error_code error, size_t) { self->on_written(error); });
  }

  void on_written(beast::error_code error) {
    message_.reset();
    upload_.reset();
    answering_ = false;
    if (error) return close();
    if (keep_alive_) return read();
    drain();
  }

  // Bytes still on their way to us would turn our close into a reset, and the client would lose the answer: the rest is
  // read and thrown away for a moment.
  void drain() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(std::chrono::milliseconds(500));
    drain_some();
  }
  void drain_some() {
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(16384), [self = held()](beast::error_code error, size_t size) {
      self->drained_ += size;
      if (error || self->drained_ > (1u << 20)) return self->close();
      self->drain_some();
    });
  }

  // An /events reader: headers now, then whatever the Events say, with no length and no end.
  void stream(Response&& response) {
    answering_ = false;
    keep_alive_ = false;
    http::response<http::empty_body> head;
    head.version(11);
    set_fields(head.base(), response);
    head.set(http::field::connection, "close");
    std::ostringstream text;
    text << head.base();
    std::string missed;
    std::weak_ptr<HttpConnection> const weak = held();
    listener_ = shared_.events.subscribe(
        response.events_after,
        [weak](std::shared_ptr<std::string const> const& event) {
          auto const self = weak.lock();
          if (!self) return;
          asio::post(self->stream_.get_executor(), [self, event] { self->send(event); });
        },
        missed);
    shared_.metrics.event_clients.fetch_add(1, std::memory_order_relaxed);
    send(std::make_shared<std::string const>(text.str() + "retry: 3000\n\n" + missed));
    stream_.expires_never();
    watch_for_close();
    beat();
  }

  void send(std::shared_ptr<std::string const> const& bytes) {
    if (!stream_.socket().is_open()) return;
    if (outbox_.size() >= kEventBacklog) return close();  // does not read; it may come back with Last-Event-ID
    outbox_.push_back(bytes);
    if (outbox_.size() == 1) send_first();
  }
  void send_first() {
    asio::async_write(stream_.socket(), asio::buffer(*outbox_.front()),
                      [self = held()](beast::error_code error, size_t) {
                        if (error) return self->close();
                        self->outbox_.pop_front();
                        if (!self->outbox_.empty()) self->send_first();
                      });
  }
  // An event reader has nothing more to say: its end, or another byte, means it is gone. A read and not a wait for
  // readability, which an event that the request itself caused may still wake.
  void watch_for_close() {
    stream_.socket().async_read_some(asio::buffer(&surplus_, 1),
                                     [self = held()](beast::error_code, size_t) { self->close(); });
  }
  void beat() {
    beat_.expires_after(shared_.options.beat);
    beat_.async_wait([self = held()](beast::error_code error) {
      if (error) return;
      self->send(std::make_shared<std::string const>(":\n\n"));
      if (self->stream_.socket().is_open()) self->beat();
    });
  }

  void close() {
    beat_.cancel();
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.close();
  }

  beast::tcp_stream stream_;  // its executor is the connection's strand
  Shared& shared_;
  asio::steady_timer beat_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::string_body>> message_;
  std::deque<std::shared_ptr<std::string const>> outbox_;
  std::optional<Turn<uint32_t>> upload_;  // a large body is held: one of the few places for them is taken
  uint64_t listener_ = 0;
  size_t drained_ = 0;
  char surplus_ = 0;
  bool answering_ = false, keep_alive_ = false, is_head_ = false;
};

}  // namespace

std::shared_ptr<Connection> Connection::create(tcp::socket&& socket, Shared& shared) {
  auto connection = std::make_shared<HttpConnection>(std::move(socket), shared);
  connection->enlist();
  return connection;
}

}  // namespace vigie::serve
