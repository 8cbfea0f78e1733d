// inspect.cpp: `vigie inspect`: what an index file holds, and what of it is damaged. Needs no store: it looks at files
// of a data directory that somebody else may own, and that may not open.
#include "index/inspect.hpp"

#include "cli/command.hpp"

namespace vigie::cli {

int run_inspect(Options const& options, Streams& streams) {
  int code = 0;
  for (auto const& path : options.inputs) {
    auto const told = index::inspect(path, real_fs());
    if (!told) {
      code = complain(streams, "vigie inspect", told.error());
      continue;
    }
    if (options.inputs.size() > 1) streams.out.line(printable(path));
    std::string_view rest = *told;  // keys are whatever the file holds: nothing of it may steer a terminal
    for (size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      streams.out.line(printable(rest.substr(0, end)));
      rest.remove_prefix(end + 1);
    }
    if (told->find("DAMAGED") != std::string::npos) code = 1;
  }
  return code;
}

}  // namespace vigie::cli
