// charset.hpp: which encoding a page's bytes are in. In order: a byte order mark, the HTTP header, the page's own
// <meta> or XML declaration, UTF-16 by its zero bytes, UTF-8 that validates, a guess.
// Source: https://html.spec.whatwg.org/#determining-the-character-encoding, with two deviations for labels that lie:
// bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever legacy label they bear, and bytes labelled UTF-8 of which
// most sequences are ill-formed are not.
// Threads: pure function. Cost: one pass to validate; the guess another, over the first 64 KB that are not ASCII.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "page/decode.hpp"
#include "page/encoding.hpp"

namespace vigie::page {

struct Charset {
  Encoding encoding = Encoding::windows_1252;
  size_t mark_size = 0;  // of the byte order mark in front
};

// What the standard's algorithm says, without the two deviations and the guess; nullopt where it is at its default,
// which is windows-1252. A <meta> behind the prescan's 1,024 bytes, for which a browser starts anew, counts as well.
std::optional<Charset> labelled_charset(std::string_view bytes, std::string_view content_type);

// `diagnostics` gets a sentence where a label was not believed or there was none.
// `check`: of those very bytes.
Charset find_charset(std::string_view bytes, std::string_view content_type, Utf8Check check,
                     std::vector<std::string>& diagnostics);

// In charset_guess.cpp: what the bytes look like.
std::optional<Encoding> guess_encoding(std::string_view bytes);

}  // namespace vigie::page
