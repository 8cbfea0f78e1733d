// main.cpp: from arguments to a command in the right process.
#include <signal.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "cli/command.hpp"
#include "cli/owner.hpp"
#include "engine/data_lock.hpp"
#include "engine/engine.hpp"

namespace vigie::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kSayWaitingAfter = 1s;
constexpr auto kSayPreparingEvery = 15s;  // where nobody watches a bar: minutes of a million articles
constexpr auto kTryAgainEvery = 20ms;

std::stop_source interrupted;

// Signals arrive on a thread of their own, so that stopping may take locks. A second Ctrl-C ends the process at once:
// what was acknowledged is safe at any moment.
void watch_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
  std::thread([set] {
    int caught = 0;
    sigwait(&set, &caught);
    interrupted.request_stop();
    sigwait(&set, &caught);
    _exit(128 + caught);
  }).detach();
}

bool lasts(Command command) {
  return command == Command::serve || command == Command::ingest || command == Command::reindex ||
         command == Command::check || command == Command::remove || command == Command::collect;
}

// What other processes may have run here while `own` runs.
Host host_for(Command own, engine::Store& store) {
  auto const parse = [](Request const& request) {
    auto parsed = parse_options(request.arguments);
    auto* const options = std::get_if<Options>(&parsed);
    return options ? std::optional(std::move(*options)) : std::nullopt;
  };
  Host host;
  host.takes = [parse, own](Request const& request) {
    auto const asked = parse(request);
    return asked && asked->command != Command::serve && (own == Command::serve || !lasts(asked->command));
  };
  host.run = [parse, &store](Request const& request, Streams& theirs, std::stop_token stop) {
    auto const asked = parse(request);
    return finish(theirs, run_stored_command({*asked, store, theirs, request.folder, stop}));
  };
  return host;
}

// Runs the command on a store opened here, while other processes may send theirs.
int run_as_owner(Options const& options, std::string const& folder, engine::DataLock const&, Streams& streams) {
  ProgressBar progress(streams.err, kSayPreparingEvery);
  auto store = engine::Engine::open(options.data, [&](engine::OpenProgress at) {
    progress.show(static_cast<double>(at.done), static_cast<double>(at.total), "preparing the index");
  });
  progress.clear();
  if (!store) return complain(streams, "vigie", store.error());
  if (!lasts(options.command)) return run_stored_command({options, **store, streams, folder, interrupted.get_token()});
  auto const socket = CommandSocket::listen(options.data, host_for(options.command, **store));
  if (!socket) return complain(streams, "vigie", socket.error());
  if (options.command == Command::serve) return run_serve(options, **store, streams, interrupted.get_token());
  return run_stored_command({options, **store, streams, folder, interrupted.get_token()});
}

int run_with_store(Options const& options, std::vector<std::string> arguments, Streams& streams) {
  Request const request{std::move(arguments), std::filesystem::current_path().string()};
  auto const started = std::chrono::steady_clock::now();
  bool said = false;
  while (!interrupted.stop_requested()) {
    auto const lock = engine::DataLock::take(options.data);
    if (lock) return run_as_owner(options, request.folder, *lock, streams);
    if (lock.error().code != Errc::busy) return complain(streams, "vigie", lock.error());
    if (options.command == Command::serve) {
      streams.err.line("vigie serve: " + lock.error().message + "; stop it first, or give another --data DIR");
      return 1;
    }
    if (auto const code = run_at_owner(options.data, request, interrupted.get_token())) return *code;
    if (!said && std::chrono::steady_clock::now() - started > kSayWaitingAfter) {
      streams.err.line("vigie: waiting: " + lock.error().message);
      streams.err.flush();
      said = true;
    }
    std::this_thread::sleep_for(kTryAgainEvery);
  }
  return 1;
}

int run(std::vector<std::string> arguments) {
  Output out(1), err(2);
  Streams streams{0, out, err};
  auto const parsed = parse_options(arguments);
  if (auto const* spoken = std::get_if<Spoken>(&parsed)) {
    (spoken->exit_code == 0 ? out : err).write(spoken->text);
    return finish(streams, spoken->exit_code);
  }
  auto const& options = std::get<Options>(parsed);
  if (options.command == Command::inspect) return finish(streams, run_inspect(options, streams));
  if (options.command == Command::extract) {
    return finish(streams, run_extract(options, streams, interrupted.get_token()));
  }
  if (options.set_password || !options.add_token.empty() || !options.drop_token.empty()) {
    return finish(streams, run_access(options, streams));
  }
  return finish(streams, run_with_store(options, std::move(arguments), streams));
}

}  // namespace
}  // namespace vigie::cli

int main(int argc, char** argv) {
  try {
    umask(0077);                         // what is kept may be confidential
    setenv("TZ", ":/etc/localtime", 0);  // the same zone, without a stat() at each mktime
    vigie::cli::watch_signals();
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    return vigie::cli::run({argv + 1, argv + argc});
  } catch (std::exception const& error) {
    std::fprintf(stderr, "vigie: %s\n", error.what());
    return 1;
  }
}
