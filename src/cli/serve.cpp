// serve.cpp: `vigie serve`: pages and API over the store, until told to stop.
#include <string>

#include "base/mutex.hpp"
#include "cli/collecting.hpp"
#include "cli/command.hpp"
#include "cli/version.hpp"
#include "serve/server.hpp"
#include "serve/watch.hpp"

namespace vigie::cli {
namespace {

void wait_for(std::stop_token stop) {
  Mutex mutex;
  Condition never;
  MutexLock lock(mutex);
  never.wait(lock, stop, [] { return false; });
}

// The sources are asked beside the pages; what goes wrong with that is said and does not end serving.
std::unique_ptr<Collecting> begin_collecting(Options const& options, engine::Store& store, Streams& streams) {
  if (options.no_collect) return nullptr;
  auto collecting = Collecting::begin(options.data, store, collect_options(options));
  if (collecting) return std::move(*collecting);
  complain(streams, "vigie serve", collecting.error());
  return nullptr;
}

// The list of sources for the pages; without it they still serve.
std::shared_ptr<serve::Watch> open_watch(Options const& options, Streams& streams) {
  auto book = collect::SourceBook::open(options.data);
  if (!book) {
    complain(streams, "vigie serve", book.error());
    return nullptr;
  }
  auto const wake = options.no_collect ? std::function<void()>() : std::function<void()>(Collecting::wake);
  return std::make_shared<serve::Watch>(std::move(*book), collect_options(options), wake);
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
  listen->watch = open_watch(options, streams);
  auto const server = serve::Server::start(store, *listen);
  if (!server) return complain(streams, "vigie serve", server.error());
  streams.out.line((*server)->url());
  streams.out.flush();
  streams.err.line("vigie serve: reading " + options.data + "; Ctrl-C stops");
  streams.err.flush();
  {
    auto const collecting = begin_collecting(options, store, streams);
    std::jthread const beside = collecting
                                    ? collecting->run_beside(stop,
                                                             [&](Error const& error) {
                                                               streams.err.line("vigie serve: collecting has ended: " +
                                                                                printable(error.message));
                                                               streams.err.flush();
                                                             })
                                    : std::jthread();
    wait_for(stop);
  }
  (*server)->stop();
  return 0;
}

}  // namespace vigie::cli
