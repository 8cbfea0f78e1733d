// command.hpp: what a command is given, and the commands themselves. Each returns the process's exit code. A command
// that needs a data directory runs in the process that owns it, for itself or on behalf of another process, so it uses
// nothing of its own process: no current directory, no standard streams, no signals.
#pragma once

#include <stop_token>
#include <string>

#include "cli/options.hpp"
#include "cli/streams.hpp"
#include "engine/store.hpp"

namespace vigie::cli {

struct Call {
  Options const& options;
  engine::Store& store;
  Streams& streams;
  std::string folder;    // the caller's current directory, for relative paths
  std::stop_token stop;  // the caller pressed Ctrl-C or went away
};

int run_ingest(Call const&);
int run_latest(Call const&);
int run_search(Call const&);
int run_quotes(Call const&);
int run_show(Call const&);
int run_export(Call const&);
int run_remove(Call const&);
int run_stats(Call const&);
int run_reindex(Call const&);
int run_check(Call const&);
int run_source(Call const&);
int run_collect(Call const&);

// The one of the above that the options name. `serve`, `extract` and `inspect` are not among them.
int run_stored_command(Call const&);

int run_extract(Options const&, Streams&, std::stop_token);  // needs no store
int run_inspect(Options const&, Streams&);                   // needs no store
int run_access(Options const&, Streams&);                    // serve --set-password and its like: needs no store
int run_serve(Options const&, engine::Store&, Streams&, std::stop_token);

// Flushes what the command wrote; its exit code, or 1 (and why, on stderr) when stdout could not take it all.
int finish(Streams&, int exit_code);

// "vigie COMMAND: message" on stderr; the exit code 1.
int complain(Streams&, std::string_view command, Error const&);

}  // namespace vigie::cli
