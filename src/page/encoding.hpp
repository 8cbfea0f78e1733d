// encoding.hpp: the encodings of the web and their labels. Source: https://encoding.spec.whatwg.org/#names-and-labels.
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie::page {

enum class Encoding : uint8_t {
#define VIGIE_ENCODING(identifier, name, converter, labels) identifier,
#include "page/encoding_table.inc"
#undef VIGIE_ENCODING
};

// "UTF-8", "windows-1252".
std::string_view name(Encoding);
// What the converting library calls it; empty where the decoding is ours.
std::string_view converter_name(Encoding);
// "latin1" -> windows-1252. Letters are compared without case, white space around is passed over.
std::optional<Encoding> encoding_of_label(std::string_view label);

}  // namespace vigie::page
