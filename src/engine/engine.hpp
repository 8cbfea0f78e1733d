// engine.hpp: the embedded store: archive/ as the truth, index/ derived from it, one Writer between them.
// Threads: see Store. Lifetime: commands and servers end before the Engine.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/fs.hpp"
#include "engine/store.hpp"

namespace vigie::engine {

struct OpenProgress {            // of bringing the index up to date with the catalogue
  uint64_t done = 0, total = 0;  // rows
};

class Engine : public Store {
 public:
  // Opens or creates the store in `folder`; the caller holds its DataLock. An index that is damaged, of another
  // analyser or behind is brought up to date from the catalogue. Errors: io, corrupt, unsupported (a newer catalogue).
  static Result<std::unique_ptr<Engine>> open(std::string const& folder,
                                              std::function<void(OpenProgress)> const& progress = {}, Fs& = real_fs());
};

}  // namespace vigie::engine
