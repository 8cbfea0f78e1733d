#include "cli/owner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <sys/stat.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <list>
#include <thread>

#include "base/coding.hpp"
#include "base/descriptor.hpp"
#include "base/mutex.hpp"
#include "cli/version.hpp"

namespace vigie::cli {
namespace {

constexpr size_t kClientsMax = 64;
constexpr size_t kRequestBytesMax = 8 << 20;
constexpr char kTaken = 'T', kRefused = 'R';
constexpr int kPollMs = 100;

// An address for data/socket that fits sockaddr_un however long the path: it goes through the open folder.
struct SocketAddress {
  Descriptor folder;
  sockaddr_un value{};

  explicit SocketAddress(std::string const& data) : folder(::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    value.sun_family = AF_UNIX;
    std::string const path = "/proc/self/fd/" + std::to_string(folder.get()) + "/socket";
    std::memcpy(value.sun_path, path.c_str(), path.size() + 1);
  }
  sockaddr const* get() const { return reinterpret_cast<sockaddr const*>(&value); }
};

std::string encode(Request const& request) {
  std::string body;
  put_string(body, kVersion);
  put_string(body, request.folder);
  put_varint(body, request.arguments.size());
  for (auto const& argument : request.arguments) put_string(body, argument);
  std::string out;
  put_fixed<uint32_t>(out, static_cast<uint32_t>(body.size()));
  return out + body;
}

std::optional<Request> decode(std::string_view body, std::string& version) {
  ByteCursor cursor(body);
  version = cursor.string();
  Request request;
  request.folder = cursor.string();
  for (uint64_t left = cursor.varint(); left > 0 && cursor.ok(); --left)
    request.arguments.emplace_back(cursor.string());
  if (!cursor.ok()) return std::nullopt;
  return request;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t const n = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

bool receive_all(int socket, char* into, size_t size) {
  while (size > 0) {
    ssize_t const n = ::recv(socket, into, size, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    into += n;
    size -= static_cast<size_t>(n);
  }
  return true;
}

// The request's first four bytes travel with the descriptors 0, 1 and 2.
bool send_with_descriptors(int socket, std::string_view first) {
  int const descriptors[3] = {0, 1, 2};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof descriptors)] = {};
  iovec part{const_cast<char*>(first.data()), first.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptors);
  std::memcpy(CMSG_DATA(header), descriptors, sizeof descriptors);
  return ::sendmsg(socket, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(first.size());
}

bool receive_with_descriptors(int socket, char* first, size_t size, std::array<Descriptor, 3>& into) {
  alignas(cmsghdr) char control[CMSG_SPACE(3 * sizeof(int))] = {};
  iovec part{first, size};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t n;
  do n = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  for (cmsghdr* h = CMSG_FIRSTHDR(&message); h; h = CMSG_NXTHDR(&message, h)) {
    if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS) continue;
    size_t const count = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < count && i < into.size(); ++i) {
      int descriptor;
      std::memcpy(&descriptor, CMSG_DATA(h) + i * sizeof(int), sizeof descriptor);
      into[i] = Descriptor(descriptor);
    }
  }
  return n == static_cast<ssize_t>(size) && into[2].is_open();
}

void serve_client(Descriptor socket, Host const& host) {
  std::array<Descriptor, 3> standard;
  char prefix[4];
  if (!receive_with_descriptors(socket.get(), prefix, sizeof prefix, standard)) return;
  auto const size = ByteCursor(std::string_view(prefix, sizeof prefix)).fixed<uint32_t>();
  if (size > kRequestBytesMax) return;
  std::string body(size, '\0');
  if (!receive_all(socket.get(), body.data(), size)) return;
  std::string version;
  auto const request = decode(body, version);
  if (!request) return;

  Output out(standard[1].get()), err(standard[2].get());
  Streams streams{standard[0].get(), out, err};
  bool const taken = version != kVersion || host.takes(*request);
  if (!send_all(socket.get(), std::string_view(taken ? &kTaken : &kRefused, 1)) || !taken) return;
  char exit_code = 1;
  if (version != kVersion) {
    err.line("vigie: the data directory is owned by vigie " + std::string(kVersion) + ", this is " + version +
             "; stop the other one first");
  } else {
    std::stop_source stop;
    // The client sends nothing more: readable means it half-closed (Ctrl-C) or died.
    std::jthread watch([&](std::stop_token done) {
      while (!done.stop_requested()) {
        pollfd poll{socket.get(), POLLIN | POLLRDHUP, 0};
        if (::poll(&poll, 1, kPollMs) > 0) {
          stop.request_stop();
          return;
        }
      }
    });
    exit_code = static_cast<char>(host.run(*request, streams, stop.get_token()));
  }
  out.flush();
  err.flush();
  send_all(socket.get(), std::string_view(&exit_code, 1));
}

class CommandSocketImpl final : public CommandSocket {
 public:
  CommandSocketImpl(std::string path, Descriptor listening, Host host)
      : path_(std::move(path)), listening_(std::move(listening)), host_(std::move(host)) {
    accepting_ = std::jthread([this](std::stop_token stop) { accept_clients(stop); });
  }
  ~CommandSocketImpl() override {
    ::unlink(path_.c_str());  // first, so that nobody new finds it
    accepting_.request_stop();
    accepting_.join();
    clients_.clear();  // joins
  }

 private:
  struct Client {
    std::jthread thread;
    std::shared_ptr<std::atomic<bool>> done;
  };

  void accept_clients(std::stop_token stop) {
    while (!stop.stop_requested()) {
      clients_.remove_if([](Client const& client) { return client.done->load(); });
      pollfd poll{listening_.get(), POLLIN, 0};
      if (clients_.size() >= kClientsMax || ::poll(&poll, 1, kPollMs) <= 0) {
        if (clients_.size() >= kClientsMax) std::this_thread::sleep_for(std::chrono::milliseconds(kPollMs));
        continue;
      }
      Descriptor socket(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!socket.is_open()) continue;
      auto done = std::make_shared<std::atomic<bool>>(false);
      clients_.push_back({std::jthread([this, done, s = std::move(socket)]() mutable {
                            serve_client(std::move(s), host_);
                            done->store(true);
                          }),
                          done});
    }
  }

  std::string path_;
  Descriptor listening_;
  Host host_;
  std::list<Client> clients_;  // the accepting thread's own
  std::jthread accepting_;
};

}  // namespace

Result<std::unique_ptr<CommandSocket>> CommandSocket::listen(std::string const& data, Host host) {
  std::string const path = data + "/socket";
  ::unlink(path.c_str());  // left by an owner that was killed; the lock says there is none now
  SocketAddress const address(data);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket.is_open()) return fail_errno("cannot make a socket");
  ::fchmod(socket.get(), 0600);
  if (::bind(socket.get(), address.get(), sizeof address.value) != 0) return fail_errno("cannot bind " + path);
  if (::listen(socket.get(), 128) != 0) return fail_errno("cannot listen on " + path);
  return std::make_unique<CommandSocketImpl>(path, std::move(socket), std::move(host));
}

std::optional<int> run_at_owner(std::string const& data, Request const& request, std::stop_token stop) {
  SocketAddress const address(data);
  Descriptor const socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket.is_open() || ::connect(socket.get(), address.get(), sizeof address.value) != 0) return std::nullopt;
  std::string const bytes = encode(request);
  if (!send_with_descriptors(socket.get(), std::string_view(bytes).substr(0, 4)) ||
      !send_all(socket.get(), std::string_view(bytes).substr(4))) {
    return std::nullopt;
  }
  char answer;
  if (!receive_all(socket.get(), &answer, 1) || answer != kTaken) return std::nullopt;
  std::stop_callback const interrupt(stop, [&] { ::shutdown(socket.get(), SHUT_WR); });
  if (!receive_all(socket.get(), &answer, 1)) {
    std::string_view const lost = "vigie: the process that owns the data directory ended during this command\n";
    [[maybe_unused]] auto const written = ::write(2, lost.data(), lost.size());
    return 1;
  }
  return static_cast<unsigned char>(answer);
}

}  // namespace vigie::cli
