// hints.hpp: what class names, ids and roles say a part of a page is for. Names are cut into words ("articleBody",
// "post-content__text"), and words put into a few groups. Evidence, never proof: site builders name things as they
// like. Threads: a HintReader belongs to one thread; it remembers names of the page at hand, within a bound.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vigie::article {

enum class Hint : uint8_t {
  content,     // article, body, content, entry, story, text
  title,       // title, headline
  lede,        // lede, chapo, standfirst, summary, excerpt
  kicker,      // kicker, overline, surtitre
  byline,      // author, byline, signature
  date,        // date, time, published
  meta,        // meta, info, tags, category, breadcrumb
  caption,     // caption, legende, credit
  media,       // video, gallery, embed, player
  quote,       // quote, pullquote
  related,     // related, recommended, teaser, card, more, popular
  share,       // share, social
  comments,    // comment, reply, disqus
  navigation,  // nav, menu, header, footer
  sidebar,     // sidebar, aside, widget, rail
  promotion,   // ad, promo, newsletter, subscribe, paywall
  consent,     // cookie, consent, modal, popup
  box,         // box, factbox, infobox, encadre
  hidden,      // hidden, sr-only, print-only
  count_       // how many groups there are
};
inline constexpr size_t kHints = static_cast<size_t>(Hint::count_);
using HintSet = uint32_t;
constexpr HintSet bit(Hint h) { return HintSet{1} << static_cast<unsigned>(h); }

class HintReader {
 public:
  // Another page: what was remembered is of the last one, and no page may have a say in another's.
  void forget() { seen_.fill({}); }
  // The groups named in a class list or an id. Cost: linear in its first 300 bytes; a look at a table for most that
  // the page repeats.
  HintSet read(std::string_view names);

 private:
  struct Known {
    uint64_t hash = 0;
    HintSet hints = 0;
  };
  std::array<Known, 2048> seen_{};  // by hash; a newcomer takes the place
};

}  // namespace vigie::article
