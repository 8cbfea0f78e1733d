#include "serve/server.hpp"

#include <algorithm>
#include <optional>
#include <thread>

#include "serve/connection.hpp"

namespace vigie::serve {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr uint32_t kRefusalsAtOnce = 64;  // connections beyond the limit that are told so

class AsioServer final : public Server {
 public:
  AsioServer(engine::Store& store, ServeOptions options)
      : store_(store),
        shared_(store, std::move(options)),
        acceptor_(asio::make_strand(shared_.io)),
        work_(shared_.io.get_executor()) {}
  ~AsioServer() override { stop(); }

  Status open(asio::ip::address const& address) {
    auto const& options = shared_.options;
    VIGIE_TRY(shared_.app, App::create(store_, shared_.metrics, shared_.events, shared_.access, options.version,
                                       options.watch.get()));
    tcp::endpoint const endpoint(address, shared_.options.port);
    boost::system::error_code error;
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
    if (shared_.options.watch) shared_.options.watch->stop();
    asio::post(acceptor_.get_executor(), [this] {
      boost::system::error_code ignored;
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
    acceptor_.async_accept(asio::make_strand(shared_.io), [this](boost::system::error_code error, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (error) return pause_then_accept();
      admit(std::move(socket));
      accept();
    });
  }

  // Too many open files, most likely: trying again at once would only spin.
  void pause_then_accept() {
    auto const timer = std::make_shared<asio::steady_timer>(acceptor_.get_executor(), std::chrono::milliseconds(50));
    timer->async_wait([this, timer](boost::system::error_code) {
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
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto const connection = Connection::create(std::move(socket), shared_);
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
  boost::system::error_code error;
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

Result<std::unique_ptr<Server>> Server::start(engine::Store& store, ServeOptions options) {
  try {
    VIGIE_TRY(auto const address, address_of(options));
    auto server = std::make_unique<AsioServer>(store, std::move(options));
    VIGIE_CHECK(server->open(address));
    return std::unique_ptr<Server>(std::move(server));
  } catch (std::exception const& error) {  // threads or descriptors ran out
    return fail(Errc::io, std::string("cannot start the server: ") + error.what());
  }
}

}  // namespace vigie::serve
