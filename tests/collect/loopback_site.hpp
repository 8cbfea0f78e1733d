// loopback_site.hpp: a web site on 127.0.0.1 that answers byte for byte what a test says, slow, broken or endless.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace vigie::collect {

class LoopbackSite {
 public:
  // Writes to the client; false once it went away.
  using Write = std::function<bool(std::string_view)>;
  using Answer = std::function<void(std::string const& request, Write const&)>;

  LoopbackSite() {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    socklen_t size = sizeof address;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    ::listen(listening_, 64);
    accepting_ = std::thread([this] { accept_all(); });
  }
  ~LoopbackSite() {
    stopped_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    accepting_.join();
    for (auto& client : clients_) client.join();
    ::close(listening_);
  }

  std::string url(std::string const& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
  void on(std::string const& path, Answer answer) {
    std::lock_guard const lock(mutex_);
    answers_[path] = std::move(answer);
  }
  void on(std::string const& path, std::string status, std::string fields, std::string body) {
    on(path, [=](std::string const&, Write const& write) {
      write("HTTP/1.1 " + status + "\r\n" + fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
            body);
    });
  }
  int asked(std::string const& path) {
    std::lock_guard const lock(mutex_);
    return asked_[path];
  }

 private:
  void accept_all() {
    while (!stopped_) {
      int const client = ::accept(listening_, nullptr, nullptr);
      if (client >= 0) clients_.emplace_back([this, client] { serve(client); });
    }
  }

  void serve(int client) {
    std::string request;
    char buffer[4096];
    while (request.find("\r\n\r\n") == std::string::npos) {
      auto const n = ::recv(client, buffer, sizeof buffer, 0);
      if (n <= 0) break;
      request.append(buffer, static_cast<size_t>(n));
    }
    size_t const path_at = request.find(' ') + 1;
    std::string const path = request.substr(path_at, request.find(' ', path_at) - path_at);
    Answer answer;
    {
      std::lock_guard const lock(mutex_);
      ++asked_[path];
      if (auto const found = answers_.find(path); found != answers_.end()) answer = found->second;
    }
    Write const write = [&](std::string_view bytes) {
      while (!bytes.empty() && !stopped_) {
        auto const n = ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<size_t>(n));
      }
      return !stopped_;
    };
    if (answer) {
      answer(request, write);
    } else {
      write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }
    ::shutdown(client, SHUT_RDWR);
    ::close(client);
  }

  int listening_ = -1;
  uint16_t port_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;
  std::map<std::string, Answer> answers_;
  std::map<std::string, int> asked_;
  std::thread accepting_;
  std::vector<std::thread> clients_;
};

}  // namespace vigie::collect
