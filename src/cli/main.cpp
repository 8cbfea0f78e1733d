// main.cpp: from arguments to a command in the right process.
#include <signal.h>
#include <sodium.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <thread>

#include "cli/command.hpp"
#include "cli/owner.hpp"
#include "engine/data_lock.hpp"
#include "engine/engine.hpp"

namespace vigie::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kOwnerWaitMax = 60s;  // an owner that is still opening a large archive

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

// Runs the command on a store opened here, while other processes may send theirs.
int run_as_owner(Options const& options, std::string const& folder, engine::DataLock const&, Streams& streams) {
  ProgressBar progress(streams.err);
  auto store = engine::Engine::open(options.data, [&](engine::OpenProgress at) {
    progress.show(static_cast<double>(at.done), static_cast<double>(at.total), "preparing the index");
  });
  progress.clear();
  if (!store) return complain(streams, "vigie", store.error());
  auto const handle = [&](Request const& request, Streams& theirs, std::stop_token stop) {
    auto const parsed = parse_options(request.arguments);
    auto const* const asked = std::get_if<Options>(&parsed);
    if (!asked) return 2;  // the client has parsed the same arguments before
    return run_stored_command({*asked, **store, theirs, request.folder, stop});
  };
  auto const socket = CommandSocket::listen(options.data, handle);
  if (!socket) return complain(streams, "vigie", socket.error());
  if (options.command == Command::serve) return run_serve(options, **store, streams, interrupted.get_token());
  return run_stored_command({options, **store, streams, folder, interrupted.get_token()});
}

int run_with_store(Options const& options, std::vector<std::string> arguments, Streams& streams) {
  std::string const folder = std::filesystem::current_path().string();
  auto const deadline = std::chrono::steady_clock::now() + kOwnerWaitMax;
  while (true) {
    auto const lock = engine::DataLock::take(options.data);
    if (lock) return run_as_owner(options, folder, *lock, streams);
    if (lock.error().code != Errc::busy) return complain(streams, "vigie", lock.error());
    if (options.command == Command::serve) {
      streams.err.line("vigie serve: " + lock.error().message + "; stop it first, or give another --data DIR");
      return 1;
    }
    if (auto const code = run_at_owner(options.data, {arguments, folder}, interrupted.get_token())) return *code;
    if (interrupted.stop_requested() || std::chrono::steady_clock::now() > deadline) {
      streams.err.line("vigie: " + lock.error().message + ", which does not answer");
      return 1;
    }
    std::this_thread::sleep_for(10ms);
  }
}

int run(std::vector<std::string> arguments) {
  Output out(1), err(2);
  Streams streams{0, out, err};
  auto const parsed = parse_options(arguments);
  if (auto const* spoken = std::get_if<Spoken>(&parsed)) {
    (spoken->exit_code == 0 ? out : err).write(spoken->text);
    return spoken->exit_code;
  }
  auto const& options = std::get<Options>(parsed);
  if (options.command == Command::extract) return run_extract(options, streams, interrupted.get_token());
  return run_with_store(options, std::move(arguments), streams);
}

}  // namespace
}  // namespace vigie::cli

int main(int argc, char** argv) {
  try {
    vigie::cli::watch_signals();
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    return vigie::cli::run({argv + 1, argv + argc});
  } catch (std::exception const& error) {
    std::fprintf(stderr, "vigie: %s\n", error.what());
    return 1;
  }
}
