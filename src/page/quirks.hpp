// quirks.hpp: whether a doctype puts the document in quirks mode, which changes what a <table> does to an open <p>.
// Source: https://html.spec.whatwg.org/#the-initial-insertion-mode.
#pragma once

#include "page/token.hpp"
#include "page/tree.hpp"

namespace vigie::page {

Quirks quirks_of(Token const& doctype);

}  // namespace vigie::page
