// utf8_check.hpp: copies a page's bytes and says, in the same pass, whether they are UTF-8.
// Method: J. Keiser, D. Lemire, "Validating UTF-8 in less than one instruction per byte", Software: Practice and
// Experience 51(5), 2021, where the machine has AVX2; else blocks of ASCII are passed over and the rest is decoded.
// Threads: pure functions. Cost: one pass, about as fast as a copy.
#pragma once

#include <string_view>

namespace vigie::page {

struct Utf8Check {
  bool valid = true;
  bool ascii = true;
  bool has_cr = false;
};

// `to` has room for bytes.size(); null: nothing is copied.
Utf8Check check_utf8(std::string_view bytes, char* to = nullptr);

// The same, one code point at a time.
Utf8Check check_utf8_scalar(std::string_view bytes);

}  // namespace vigie::page
