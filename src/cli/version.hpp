#pragma once

namespace vigie::cli {

// Commands sent to the process that owns a data directory are only taken from the same version.
inline constexpr char kVersion[] = "0.1.0";

}  // namespace vigie::cli
