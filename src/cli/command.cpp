#include "cli/command.hpp"

#include <cerrno>
#include <cstring>

namespace vigie::cli {

int run_stored_command(Call const& call) {
  switch (call.options.command) {
    case Command::ingest:
      return run_ingest(call);
    case Command::latest:
      return run_latest(call);
    case Command::search:
      return run_search(call);
    case Command::quotes:
      return run_quotes(call);
    case Command::show:
      return run_show(call);
    case Command::export_:
      return run_export(call);
    case Command::remove:
      return run_remove(call);
    case Command::stats:
      return run_stats(call);
    case Command::reindex:
      return run_reindex(call);
    case Command::check:
      return run_check(call);
    case Command::source:
      return run_source(call);
    case Command::collect:
      return run_collect(call);
    case Command::extract:
    case Command::inspect:
    case Command::serve:
      break;
  }
  return 2;
}

int finish(Streams& streams, int exit_code) {
  streams.out.flush();
  int const error = streams.out.error();
  if (error != 0 && error != EPIPE)
    streams.err.line(std::string("vigie: cannot write the answer: ") + std::strerror(error));
  streams.err.flush();
  return error != 0 ? 1 : exit_code;
}

int complain(Streams& streams, std::string_view command, Error const& error) {
  streams.out.flush();
  streams.err.line(std::string(command) + ": " + printable(error.message));
  streams.err.flush();
  return 1;
}

}  // namespace vigie::cli
