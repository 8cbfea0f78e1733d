// serve.cpp: `vigie serve`: pages and API over the store, until told to stop.
#include <string>

#include "base/mutex.hpp"
#include "cli/command.hpp"
#include "cli/version.hpp"
#include "serve/server.hpp"

namespace vigie::cli {
namespace {

void wait_for(std::stop_token stop) {
  Mutex mutex;
  Condition never;
  MutexLock lock(mutex);
  never.wait(lock, stop, [] { return false; });
}

}  // namespace

int run_serve(Options const& options, engine::Store& store, Streams& streams, std::stop_token stop) {
  auto listen = serve::parse_listen(options.listen);
  if (!listen) {
    complain(streams, "vigie serve", listen.error());
    return 2;
  }
  listen->version = kVersion;
  auto access = serve::AccessFile::load(serve::AccessFile::path(options.data));
  if (!access) return complain(streams, "vigie serve", access.error());
  listen->access = std::move(*access);
  auto const server = serve::Server::start(store, *listen);
  if (!server) return complain(streams, "vigie serve", server.error());
  streams.out.line((*server)->url());
  streams.out.flush();
  streams.err.line("vigie serve: reading " + options.data + "; Ctrl-C stops");
  streams.err.flush();
  wait_for(stop);
  (*server)->stop();
  return 0;
}

}  // namespace vigie::cli
