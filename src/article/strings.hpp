// strings.hpp: the few string operations every file of this folder needs: white space, ASCII case, and a folded form
// for comparing what two parts of a page say. Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::article {

constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_alpha(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

std::string_view trim(std::string_view);  // ASCII white space, no-break spaces and zero-width characters at both ends
std::string lower(std::string_view);      // ASCII only
bool equal_nocase(std::string_view, std::string_view);
bool starts_with_nocase(std::string_view text, std::string_view prefix);
bool contains_nocase(std::string_view text, std::string_view lower_case_part);

// Appends `text` with runs of white space made one space, control and zero-width characters and soft hyphens dropped.
// `out` keeps a single space at a junction. Precondition: valid UTF-8.
void append_squeezed(std::string& out, std::string_view text);
// The same as a string of its own, trimmed.
std::string squeezed(std::string_view text);

// What is left to compare: letters and digits only, case folded, Latin accents dropped, one space between words.
// Letters outside Latin stay as they are.
std::string folded(std::string_view text);
void append_folded(std::string& out, std::string_view text);  // behind what `out` holds, which is not looked at

// The lower-case letter without its accent for Latin-1 and Latin Extended-A; other code points unchanged; 0 for what is
// neither letter nor digit.
char32_t fold_letter(char32_t);

// How many words: runs of letters and digits; each CJK character counts for half a word (rounded up).
size_t count_words(std::string_view text);

}  // namespace vigie::article
