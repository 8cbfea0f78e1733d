// The server over real sockets on loopback: limits, slow and rude clients, keep-alive, events, stopping.
#include "serve/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "serve/fake_store.hpp"

namespace vigie::serve {
namespace {

using namespace std::chrono_literals;

class Client {
 public:
  explicit Client(uint16_t port) : descriptor_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { close(descriptor_); }
  bool connected() const { return connected_; }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      auto const sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;  // the server may close before it has read everything
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
  }
  // Reads until `enough`, the end, or the time is up.
  std::string read(std::function<bool(std::string const&)> const& enough, std::chrono::milliseconds at_most = 60s) {
    auto const until = std::chrono::steady_clock::now() + at_most;
    std::string out;
    char buffer[4096];
    while (!enough(out)) {
      auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      pollfd wait{descriptor_, POLLIN, 0};
      if (left <= 0ms || poll(&wait, 1, static_cast<int>(left.count())) <= 0) {
        timed_out_ = true;
        break;
      }
      auto const got = recv(descriptor_, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      out.append(buffer, static_cast<size_t>(got));
    }
    return out;
  }
  std::string read_all(std::chrono::milliseconds at_most = 60s) {
    return read([](auto const&) { return false; }, at_most);
  }
  bool timed_out() const { return timed_out_; }

 private:
  int descriptor_;
  bool connected_ = false, timed_out_ = false;
};

ServeOptions quick() {
  ServeOptions options;
  options.port = 0;
  options.read_timeout = 1000ms;
  options.stop_timeout = 2000ms;
  return options;
}

class ServerTest : public ::testing::Test {
 protected:
  void start(ServeOptions options = quick()) {
    auto server = Server::start(store_, std::move(options));
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
  }
  std::string ask(std::string_view bytes) {
    Client client(server_->port());
    client.send(bytes);
    return client.read_all();
  }

  FakeStore store_;
  std::unique_ptr<Server> server_;
};

constexpr std::string_view kHost = "Host: localhost\r\n";

std::string get(std::string_view target, std::string_view more = "Connection: close\r\n") {
  return "GET " + std::string(target) + " HTTP/1.1\r\n" + std::string(kHost) + std::string(more) + "\r\n";
}

TEST_F(ServerTest, AnswersAPage) {
  start();
  auto const answer = ask(get("/"));
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer.substr(0, 200);
  EXPECT_TRUE(answer.ends_with("</html>\n"));
  EXPECT_EQ(server_->url(), "http://127.0.0.1:" + std::to_string(server_->port()) + "/");
}

TEST_F(ServerTest, HeadHasTheHeadersAndNoBody) {
  start();
  auto const answer = ask("HEAD /about HTTP/1.1\r\n" + std::string(kHost) + "Connection: close\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
  auto const at = answer.find("Content-Length: ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_GT(std::atoi(answer.c_str() + at + 16), 1000);
}

TEST_F(ServerTest, OneConnectionAsksManyTimesEvenAtOnce) {
  start();
  auto const answer = ask(get("/healthz", "") + get("/healthz", "") + get("/healthz"));
  size_t answers = 0;
  for (size_t at = answer.find("HTTP/1.1 200"); at != answer.npos; at = answer.find("HTTP/1.1 200", at + 1)) ++answers;
  EXPECT_EQ(answers, 3u);
}

TEST_F(ServerTest, RefusesWhatIsTooLargeOrNoHttp) {
  start();
  auto const expect = [&](std::string const& bytes, std::string_view status) {
    auto const answer = ask(bytes);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + std::string(status)))
        << bytes.substr(0, 60) << " -> " << answer.substr(0, 100);
  };
  expect(get("/", "X-Long: " + std::string(40000, 'a') + "\r\n"), "431");
  expect(get("/?q=" + std::string(10000, 'a')), "414");
  expect("POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n", "413");
  expect("POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab", "405");
  expect("\x16\x03\x01\x02 this is no HTTP\r\n\r\n", "400");
  expect("GET / HTTP/1.1\r\nBroken header\r\n\r\n", "400");
  expect("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", "400");
  expect("GET / HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n", "421");
  expect("BREW / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "405");
}

TEST_F(ServerTest, ASlowClientIsLetGo) {
  start();
  Client silent(server_->port()), dripping(server_->port());
  std::atomic<bool> gone = false;
  std::thread drip([&] {
    for (int i = 0; !gone && i < 1000; ++i) {
      dripping.send(i == 0 ? "GET / HTTP/1.1\r\nX: " : "a");
      std::this_thread::sleep_for(100ms);
    }
  });
  silent.read_all();
  dripping.read_all();  // while bytes keep coming
  gone = true;
  EXPECT_FALSE(silent.timed_out());
  EXPECT_FALSE(dripping.timed_out());
  drip.join();
}

TEST_F(ServerTest, OneConnectionTooManyIsRefusedAndTheRestGoesOn) {
  auto options = quick();
  options.connections_max = 3;
  options.read_timeout = 10s;
  start(options);
  std::vector<std::unique_ptr<Client>> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(std::make_unique<Client>(server_->port()));
    held.back()->send(get("/healthz", ""));
    held.back()->read([](auto const& text) { return text.ends_with("ok\n"); });
  }
  EXPECT_TRUE(ask(get("/")).starts_with("HTTP/1.1 503"));
  held[0]->send(get("/healthz"));
  EXPECT_TRUE(held[0]->read_all().ends_with("ok\n"));
  for (int i = 0; i < 50; ++i) {  // the closed connection's place is free again soon
    if (ask(get("/healthz")).starts_with("HTTP/1.1 200")) return;
    std::this_thread::sleep_for(20ms);
  }
  FAIL() << "no place became free";
}

TEST_F(ServerTest, TellsOpenPagesWhatArrives) {
  start();
  Client reader(server_->port());
  reader.send(get("/events", ""));
  auto const head = reader.read([](auto const& text) { return text.find("retry: 3000") != text.npos; });
  EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")) << head;
  store_.keep(hostile_article());
  auto const event = reader.read([](auto const& text) { return text.ends_with("\n\n"); });
  EXPECT_NE(event.find("event: news\ndata: {\"articles\":[{\"id\":\"mauvais\""), std::string::npos) << event;
}

TEST_F(ServerTest, StopsWhileClientsAreThere) {
  start();
  auto const port = server_->port();
  Client idle(port), reader(port);
  reader.send(get("/events", ""));
  reader.read([](auto const& text) { return text.find("retry") != text.npos; });
  std::atomic<bool> done{false};
  std::thread busy([&] {
    while (!done) {
      Client client(port);
      if (!client.connected()) break;
      client.send(get("/"));
      client.read_all(3s);
    }
  });
  std::this_thread::sleep_for(100ms);
  auto const begin = std::chrono::steady_clock::now();
  server_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 60s);
  idle.read_all();
  reader.read_all();
  EXPECT_FALSE(idle.timed_out());
  EXPECT_FALSE(reader.timed_out());
  done = true;
  busy.join();
  EXPECT_FALSE(Client(port).connected());
  server_->stop();  // again is harmless
}

TEST_F(ServerTest, ManyClientsAtOnceGetWhole) {
  start();
  std::vector<std::thread> clients;
  std::atomic<int> whole{0};
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&, i] {
      for (int k = 0; k < 10; ++k) {
        auto const answer = ask(get(i % 2 == 0 ? "/search?q=grille" : "/article/digue-1"));
        whole += answer.starts_with("HTTP/1.1 200") && answer.ends_with("</html>\n");
      }
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(whole, 80);
}

TEST_F(ServerTest, ListensOnLoopbackOnly) {
  for (auto const* address : {"0.0.0.0", "::", "192.0.2.1", "no address"}) {
    auto options = quick();
    options.address = address;
    auto const server = Server::start(store_, options);
    ASSERT_FALSE(server) << address;
    EXPECT_EQ(server.error().code, Errc::invalid_input);
  }
  auto options = quick();
  options.address = "0.0.0.0";
  EXPECT_NE(Server::start(store_, options).error().message.find("password"), std::string::npos);
}

TEST_F(ServerTest, SaysThatAPortIsTaken) {
  start();
  auto options = quick();
  options.port = server_->port();
  auto const second = Server::start(store_, options);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::busy);
  EXPECT_NE(second.error().message.find(std::to_string(server_->port())), std::string::npos);
}

TEST(Listen, IsReadAsTheCommandLineWritesIt) {
  EXPECT_EQ(parse_listen("127.0.0.1:8080")->port, 8080);
  EXPECT_EQ(parse_listen("[::1]:90")->address, "::1");
  EXPECT_EQ(parse_listen("localhost:0")->address, "localhost");
  EXPECT_EQ(parse_listen(":81")->address, "127.0.0.1");
  for (auto const* bad : {"", "8080", "127.0.0.1", "a:b", "a:70000", "a:-1"}) EXPECT_FALSE(parse_listen(bad)) << bad;
}

}  // namespace
}  // namespace vigie::serve
