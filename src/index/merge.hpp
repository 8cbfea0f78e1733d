// merge.hpp: several segments -> one, without their erased documents: no trace of these stays.
// Threads: safe. Cost: decodes and encodes every posting once; the result is held in memory.
#pragma once

#include <span>
#include <string>

#include "index/snapshot.hpp"

namespace vigie::index {

std::string merge(std::span<SegmentRef const> segments);

}  // namespace vigie::index
