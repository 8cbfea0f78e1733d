#include "serve/server.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <deque>
#include <optional>
#include <sstream>
#include <thread>
#include <unordered_set>

#include "base/mutex.hpp"
#include "serve/app.hpp"

// How one connection lives. Its socket, buffers and timer are touched on its own strand only; the answer is made on the
// answer pool, where nothing but the request and the App are touched.
//
//   read() -> on_read() -> [pool] App::answer() -> write() -> on_written() -> read() ...
//                 \-> refuse(4xx) -> close                \-> stream(): an /events reader, until either side goes

namespace vigie::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr uint32_t kRefusalsAtOnce = 64;  // connections beyond the limit that are told so
constexpr size_t kEventBacklog = 64;      // events an /events reader may be behind before it is let go

class Connection;

// What all connections share.
struct Shared {
  ServeOptions options;
  Metrics metrics;
  Events events;
  Access access;
  std::unique_ptr<App> app;
  std::atomic<uint32_t> uploads{0};
  std::atomic<bool> stopping{false};
  Mutex mutex;
  Condition emptied;
  std::unordered_set<Connection*> open VIGIE_GUARDED_BY(mutex);
  // Last, so that they go first: handlers they still hold own connections, which use what stands above.
  asio::io_context io;
  asio::thread_pool answers;

  Shared(engine::Store& store, ServeOptions given)
      : options(std::move(given)),
        events(store),
        access(options.access),
        io(static_cast<int>(options.io_threads)),
        answers(std::max(1u, options.answer_threads)) {}
};

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

// One of the large bodies that may be in memory at once; counted until it is let go.
class UploadPlace {
 public:
  UploadPlace(std::atomic<uint32_t>& taken, uint32_t at_most) : taken_(taken), granted_(taken.fetch_add(1) < at_most) {}
  ~UploadPlace() { taken_.fetch_sub(1); }
  UploadPlace(UploadPlace const&) = delete;
  UploadPlace& operator=(UploadPlace const&) = delete;
  bool granted() const { return granted_; }

 private:
  std::atomic<uint32_t>& taken_;
  bool granted_;
};

// The status of an answer to a request that could not be read; 0: nobody is there to be answered.
int refusal_of(beast::error_code error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) return 431;
  if (error == http::error::body_limit) return 413;
  bool const parse_error = error.category() == http::make_error_code(http::error::bad_method).category();
  if (parse_error && error != http::error::end_of_stream && error != http::error::partial_message) return 400;
  return 0;
}

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket&& socket, Shared& shared)
      : stream_(std::move(socket)), shared_(shared), beat_(stream_.get_executor()) {
    MutexLock lock(shared_.mutex);
    shared_.open.insert(this);
    shared_.metrics.connections_open.fetch_add(1, std::memory_order_relaxed);
  }

  ~Connection() {
    if (listener_ != 0) {
      shared_.events.unsubscribe(listener_);
      shared_.metrics.event_clients.fetch_sub(1, std::memory_order_relaxed);
    }
    MutexLock lock(shared_.mutex);
    shared_.open.erase(this);
    shared_.metrics.connections_open.fetch_sub(1, std::memory_order_relaxed);
    shared_.emptied.notify_all();
  }

  void run() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->read(); });
  }

  void refuse_and_close(int status) {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this(), status] { self->refuse(status); });
  }

  // From any thread: a connection that waits for a request, or listens to events, is closed; one being answered
  // finishes first.
  void wind_down() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      if (!self->answering_) self->close();
    });
  }
  void drop() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] { self->close(); });
  }

 private:
  void read() {
    if (shared_.stopping) return close();
    parser_.emplace();
    parser_->header_limit(shared_.options.header_bytes_max);
    parser_->body_limit(shared_.options.upload_bytes_max);
    stream_.expires_after(shared_.options.read_timeout);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](beast::error_code error, size_t) { self->on_head(error); });
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
                     [self = shared_from_this()](beast::error_code error, size_t) { self->on_read(error); });
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
    asio::post(shared_.answers, [self = shared_from_this(), request = std::move(received)]() mutable {
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
                      [self = shared_from_this()](beast::error_code error, size_t) { self->on_written(error); });
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
    stream_.async_read_some(buffer_.prepare(16384), [self = shared_from_this()](beast::error_code error, size_t size) {
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
    std::weak_ptr<Connection> const weak = shared_from_this();
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
                      [self = shared_from_this()](beast::error_code error, size_t) {
                        if (error) return self->close();
                        self->outbox_.pop_front();
                        if (!self->outbox_.empty()) self->send_first();
                      });
  }
  void watch_for_close() {
    stream_.socket().async_wait(tcp::socket::wait_read, [self = shared_from_this()](beast::error_code) {
      self->close();  // an event reader has nothing more to say: readable means gone
    });
  }
  void beat() {
    beat_.expires_after(shared_.options.beat);
    beat_.async_wait([self = shared_from_this()](beast::error_code error) {
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
  std::optional<UploadPlace> upload_;
  uint64_t listener_ = 0;
  size_t drained_ = 0;
  bool answering_ = false, keep_alive_ = false, is_head_ = false;
};

class BeastServer final : public Server {
 public:
  BeastServer(engine::Store& store, ServeOptions options)
      : store_(store),
        shared_(store, std::move(options)),
        acceptor_(asio::make_strand(shared_.io)),
        work_(shared_.io.get_executor()) {}
  ~BeastServer() override { stop(); }

  Status open(asio::ip::address const& address) {
    VIGIE_TRY(shared_.app,
              App::create(store_, shared_.metrics, shared_.events, shared_.access, shared_.options.version));
    tcp::endpoint const endpoint(address, shared_.options.port);
    beast::error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      auto const where = address.to_string() + " port " + std::to_string(shared_.options.port);
      if (error == asio::error::address_in_use) {
        return fail(Errc::busy, "cannot listen on " + where + ": another program does; choose a port with --listen");
      }
      return fail(Errc::io, "cannot listen on " + where + ": " + error.message());
    }
    endpoint_ = acceptor_.local_endpoint();
    shared_.events.start();
    accept();
    for (unsigned i = 0; i < std::max(1u, shared_.options.io_threads); ++i) {
      threads_.emplace_back([this] { shared_.io.run(); });
    }
    return {};
  }

  uint16_t port() const override { return endpoint_.port(); }

  std::string url() const override {
    auto const host =
        endpoint_.address().is_v6() ? '[' + endpoint_.address().to_string() + ']' : endpoint_.address().to_string();
    return "http://" + host + ':' + std::to_string(port()) + '/';
  }

  void stop() override {
    if (stopped_) return;
    stopped_ = true;
    shared_.stopping = true;
    shared_.events.stop();
    asio::post(acceptor_.get_executor(), [this] {
      beast::error_code ignored;
      acceptor_.close(ignored);
    });
    for_each_open(&Connection::wind_down);
    if (!wait_until_empty(shared_.options.stop_timeout)) {
      for_each_open(&Connection::drop);
      wait_until_empty(std::chrono::seconds(1));
    }
    shared_.answers.join();  // an answer under way still uses the store
    work_.reset();
    shared_.io.stop();
    for (auto& thread : threads_) thread.join();
  }

 private:
  void accept() {
    acceptor_.async_accept(asio::make_strand(shared_.io), [this](beast::error_code error, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) return pause_then_accept();
      admit(std::move(socket));
      accept();
    });
  }

  // Too many open files, most likely: trying again at once would only spin.
  void pause_then_accept() {
    auto const timer = std::make_shared<asio::steady_timer>(acceptor_.get_executor(), std::chrono::milliseconds(50));
    timer->async_wait([this, timer](beast::error_code) {
      if (acceptor_.is_open()) accept();
    });
  }

  void admit(tcp::socket&& socket) {
    auto const open = shared_.metrics.connections_open.load(std::memory_order_relaxed);
    bool const full = open >= shared_.options.connections_max;
    if (open >= shared_.options.connections_max + kRefusalsAtOnce) {  // not even worth a word: closed
      shared_.metrics.connections_refused.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    beast::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto const connection = std::make_shared<Connection>(std::move(socket), shared_);
    (full ? shared_.metrics.connections_refused : shared_.metrics.connections_total)
        .fetch_add(1, std::memory_order_relaxed);
    if (full)
      connection->refuse_and_close(503);
    else
      connection->run();
  }

  void for_each_open(void (Connection::*what)()) {
    std::vector<std::shared_ptr<Connection>> alive;  // let go outside the lock: the last owner's destructor takes it
    {
      MutexLock lock(shared_.mutex);
      for (auto* connection : shared_.open) {
        if (auto held = connection->weak_from_this().lock()) alive.push_back(std::move(held));
      }
    }
    for (auto const& connection : alive) (connection.get()->*what)();
  }

  bool wait_until_empty(std::chrono::milliseconds at_most) {
    MutexLock lock(shared_.mutex);
    return shared_.emptied.wait_for(lock, at_most,
                                    [this]() VIGIE_REQUIRES(shared_.mutex) { return shared_.open.empty(); });
  }

  engine::Store& store_;
  Shared shared_;
  tcp::acceptor acceptor_;
  tcp::endpoint endpoint_;
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_;
  std::vector<std::thread> threads_;
  bool stopped_ = false;
};

Result<asio::ip::address> address_of(ServeOptions const& options) {
  auto const& text = options.address;
  beast::error_code error;
  auto const address = asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, error);
  if (error) return fail(Errc::invalid_input, "not an address to listen on: " + text);
  if (!address.is_loopback() && options.access.password.empty()) {
    return fail(Errc::invalid_input, "will not listen on " + text +
                                         " without a password, because others could read what is kept: set one with "
                                         "`vigie serve --set-password`, or listen on 127.0.0.1");
  }
  return address;
}

}  // namespace

Result<ServeOptions> parse_listen(std::string_view listen) {
  ServeOptions options;
  auto const colon = listen.rfind(':');
  auto host = listen.substr(0, colon);
  auto const port = colon == listen.npos ? std::string_view() : listen.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  unsigned number = 0;
  auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (port.empty() || error != std::errc{} || end != port.data() + port.size() || number > 65535) {
    return fail(Errc::invalid_input, "not ADDRESS:PORT: " + std::string(listen) + " (for example 127.0.0.1:8080)");
  }
  if (!host.empty()) options.address = host;
  options.port = static_cast<uint16_t>(number);
  return options;
}

Result<std::unique_ptr<Server>> Server::start(engine::Store& store, ServeOptions options) {
  try {
    VIGIE_TRY(auto const address, address_of(options));
    auto server = std::make_unique<BeastServer>(store, std::move(options));
    VIGIE_CHECK(server->open(address));
    return std::unique_ptr<Server>(std::move(server));
  } catch (std::exception const& error) {  // threads or descriptors ran out
    return fail(Errc::io, std::string("cannot start the server: ") + error.what());
  }
}

}  // namespace vigie::serve
