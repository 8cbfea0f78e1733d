// serve.cpp: `vigie serve`: pages and API over the store, until told to stop.
#include "serve/server.hpp"

#include <charconv>
#include <condition_variable>

#include "base/mutex.hpp"
#include "cli/command.hpp"

namespace vigie::cli {
namespace {

struct Address {
  std::string host;
  uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080" or "localhost:8080".
Result<Address> parse_address(std::string const& text) {
  size_t const colon = text.rfind(':');
  Address address;
  if (colon != std::string::npos) {
    char const* const end = text.data() + text.size();
    auto const [stopped, error] = std::from_chars(text.data() + colon + 1, end, address.port);
    address.host = text.substr(0, colon);
    if (address.host.starts_with('[') && address.host.ends_with(']'))
      address.host = address.host.substr(1, address.host.size() - 2);
    if (error == std::errc{} && stopped == end && !address.host.empty()) return address;
  }
  return fail(Errc::invalid_input, "--listen " + text + ": give ADDRESS:PORT, such as 127.0.0.1:8080");
}

void wait_for(std::stop_token stop) {
  Mutex mutex;
  Condition never;
  MutexLock lock(mutex);
  never.wait(lock, stop, [] { return false; });
}

}  // namespace

int run_serve(Options const& options, engine::Store& store, Streams& streams, std::stop_token stop) {
  auto const address = parse_address(options.listen);
  if (!address) {
    complain(streams, "vigie serve", address.error());
    return 2;
  }
  serve::ServeOptions serve_options;
  serve_options.address = address->host;
  serve_options.port = address->port;
  auto const server = serve::Server::start(store, serve_options);
  if (!server) return complain(streams, "vigie serve", server.error());
  std::string const host = address->host.find(':') == std::string::npos ? address->host : "[" + address->host + "]";
  streams.out.line("http://" + host + ":" + std::to_string((*server)->port()) + "/");
  streams.out.flush();
  streams.err.line("vigie serve: reading " + options.data + "; Ctrl-C stops");
  streams.err.flush();
  wait_for(stop);
  (*server)->stop();
  return 0;
}

}  // namespace vigie::cli
