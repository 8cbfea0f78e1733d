#include "text/letter_statistics.hpp"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <array>

namespace vigie::text {

LanguageGuess guess_by_letters(std::string_view valid_utf8) {
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  CLD2::CLDHints const hints{nullptr, "", CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  int text_bytes = 0, valid_prefix_bytes = 0;
  bool reliable = false;
  CLD2::Language const language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      valid_utf8.data(), static_cast<int>(valid_utf8.size()), true, &hints, 0, languages.data(), percents.data(),
      scores.data(), nullptr, &text_bytes, &reliable, &valid_prefix_bytes);
  if (language == CLD2::UNKNOWN_LANGUAGE) return {};
  std::string code = CLD2::LanguageCode(language);
  if (auto const dash = code.find('-'); dash != std::string::npos) code.resize(dash);
  return {std::move(code), reliable};
}

}  // namespace vigie::text
