// hints.hpp: what class names, ids and roles say a part of a page is for. Names are cut into words ("articleBody",
// "post-content__text"), and words put into a few groups. Evidence, never proof: site builders name things as they
// like. Threads: a HintReader belongs to one thread; it remembers names, within a bound, and pages share what is
// remembered: a name is compared whole, so that none has a say in another's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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
  // The groups named in a class list or an id. Cost: linear in its first 300 bytes; a look at a table for most that
  // pages repeat.
  HintSet read(std::string_view names);

 private:
  struct Known {
    std::string names;
    HintSet hints = 0;
  };
  std::vector<Known> seen_ = std::vector<Known>(2048);  // by hash; a newcomer takes the place
};

}  // namespace vigie::article
