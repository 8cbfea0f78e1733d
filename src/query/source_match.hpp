// source_match.hpp: what `source:` and `langue:` mean, one rule for the index and for alerts. Threads: safe.
#pragma once

#include <string_view>

namespace vigie::query {

// `asked` is the source itself, with or without "www.", or a domain it is under ("lemonde.fr" for "sport.lemonde.fr");
// for sources that are names, the words of the name in order. Case and accents are ignored.
bool source_matches(std::string_view asked, std::string_view source);

// "fr", "FR", "fr-CA", "fra" ask for "fr".
bool language_matches(std::string_view asked, std::string_view language);

}  // namespace vigie::query
