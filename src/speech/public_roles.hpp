// public_roles.hpp: what people in the news are called by beside their names: "le chef de l'État", "le sélectionneur".
// Built once from public_roles_table.inc; read-only afterwards. Threads: safe. Cost: one probe and a short scan.
#pragma once

#include <string_view>

namespace vigie::speech {

// The words someone is called by, each between spaces; empty for people not listed. `key`: of append_key().
std::string_view public_roles(std::string_view key);

// The first name of the only listed person with this surname of one word; empty where there is none or more than one,
// or where the surname is an ordinary word. `lower`: a small-letter word.
std::string_view known_by_surname(std::string_view lower);

}  // namespace vigie::speech
