// line_role.hpp: what a short line of a page is for, told from its words alone: a byline, a date, a call to subscribe.
// The phrases are those that newsrooms and their software use everywhere, in the seven languages of dates.hpp.
// Threads: pure functions. Cost: a scan over a small table, for short lines only.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigie::article {

enum class LineRole : uint8_t {
  text,
  byline,     // "Par Anne Durand", "Von ..."
  dateline,   // "Publié le 7 septembre 2018 à 18 h 42", "3 min read"
  related,    // "À lire aussi : ...", "Read more: ..."
  subscribe,  // newsletter, cookies, paywall, account, advertising
  share,      // "Partager sur Facebook", "Follow us"
  legal,      // "© 2018 ...", "All rights reserved"
  comments,   // "Commentaires (12)", "Leave a reply"
  credit,     // "Photo : ...", "(Crédit : AFP)"
};

// `folded_line` as folded() gives it; `words` of it. Long lines are text.
LineRole role_of_line(std::string_view folded_line, size_t words);

// Whether the line opens a part of the page that never belongs to the article ("Related articles", "Most read",
// "Commentaires", "À propos de l'auteur"): what follows it is suspect too.
bool opens_tail(std::string_view folded_line, size_t words);

}  // namespace vigie::article
