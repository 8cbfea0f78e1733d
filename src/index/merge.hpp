// merge.hpp: several segments -> one, without their erased documents: no trace of these stays.
// Threads: safe. Cost: decodes and encodes every posting once; the result is held in memory.
#pragma once

#include <span>
#include <stop_token>
#include <string>

#include "index/snapshot.hpp"

namespace vigie::index {

// Empty where it was told to stop.
std::string merge(std::span<SegmentRef const> segments, std::stop_token stop = {});

}  // namespace vigie::index
