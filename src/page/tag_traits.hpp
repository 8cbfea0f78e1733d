// tag_traits.hpp: what the tree builder must know of an element at a glance, as bits. HTML elements by a table, the few
// SVG and MathML ones that matter by rule.
// Source: https://html.spec.whatwg.org/#the-stack-of-open-elements ("special", the five kinds of scope),
// #closing-elements- that-have-implied-end-tags, #integration points in #tree-construction.
#pragma once

#include <array>
#include <cstdint>

#include "page/tree.hpp"

namespace vigie::page {

using Traits = uint16_t;
namespace trait {
inline constexpr Traits special = 1 << 0;
inline constexpr Traits scope = 1 << 1;         // ends "in scope", and every other scope but the table's
inline constexpr Traits list_scope = 1 << 2;    // ends "in list item scope" as well
inline constexpr Traits button_scope = 1 << 3;  // ends "in button scope" as well
inline constexpr Traits table_scope = 1 << 4;   // ends "in table scope"
inline constexpr Traits implied_end = 1 << 5;
inline constexpr Traits thoroughly_implied_end = 1 << 6;  // with those of implied_end
inline constexpr Traits heading = 1 << 7;
inline constexpr Traits html_point = 1 << 8;   // HTML integration point
inline constexpr Traits text_point = 1 << 9;   // MathML text integration point
inline constexpr Traits table_part = 1 << 10;  // table, tbody, tfoot, thead, tr: text in them is fostered
}  // namespace trait

constexpr std::array<Traits, kTagAtoms> make_html_traits() {
  std::array<Traits, kTagAtoms> bits{};
  auto const put = [&](Traits one, auto... tags) { ((bits[index(tags)] |= one), ...); };
  using enum Atom;
  put(trait::special, address, applet, area, article, aside, base, basefont, bgsound, blockquote, body, br, button,
      caption, center, col, colgroup, dd, details, dir, div, dl, dt, embed, fieldset, figcaption, figure, footer, form,
      frame, frameset, h1, h2, h3, h4, h5, h6, head, header, hgroup, hr, html, iframe, img, input, keygen, li, link,
      listing, main, marquee, menu, meta, nav, noembed, noframes, noscript, object, ol, p, param, plaintext, pre,
      script, search, section, select, source, style, summary, table, tbody, td, template_, textarea, tfoot, th, thead,
      title, tr, track, ul, wbr, xmp);
  put(trait::scope, applet, caption, html, table, td, th, marquee, object, select, template_);
  put(trait::list_scope, ol, ul);
  put(trait::button_scope, button);
  put(trait::table_scope, html, table, template_);
  put(trait::implied_end, dd, dt, li, optgroup, option, p, rb, rp, rt, rtc);
  put(trait::thoroughly_implied_end, caption, colgroup, tbody, td, tfoot, th, thead, tr);
  put(trait::heading, h1, h2, h3, h4, h5, h6);
  put(trait::table_part, table, tbody, tfoot, thead, tr);
  return bits;
}
inline constexpr std::array<Traits, kTagAtoms> kHtmlTraits = make_html_traits();

// `html_annotation`: for <annotation-xml>, whether its encoding says HTML.
constexpr Traits traits_of(Atom tag, Namespace space, bool html_annotation = false) {
  if (space == Namespace::html) return index(tag) < kTagAtoms ? kHtmlTraits[index(tag)] : Traits{0};
  constexpr Traits kPoint = trait::special | trait::scope;
  if (space == Namespace::svg) {
    bool const point = tag == Atom::foreignObject || tag == Atom::desc || tag == Atom::title;
    return point ? kPoint | trait::html_point : 0;
  }
  switch (tag) {
    case Atom::mi:
    case Atom::mo:
    case Atom::mn:
    case Atom::ms:
    case Atom::mtext:
      return kPoint | trait::text_point;
    case Atom::annotation_xml:
      return kPoint | (html_annotation ? trait::html_point : Traits{0});
    default:
      return 0;
  }
}

}  // namespace vigie::page
