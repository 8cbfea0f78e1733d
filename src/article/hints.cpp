#include "article/hints.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

#include "article/strings.hpp"
#include "base/hash.hpp"

namespace vigie::article {
namespace {

constexpr size_t kNameMax = 300;

struct Entry {
  std::string_view word;
  Hint hint;
};

using enum Hint;

constexpr Entry kWords[]{
    {"article", content},
    {"articlebody", content},
    {"articletext", content},
    {"content", content},
    {"contenu", content},
    {"body", content},
    {"bodytext", content},
    {"entry", content},
    {"post", content},
    {"story", content},
    {"storybody", content},
    {"text", content},
    {"texte", content},
    {"paragraph", content},
    {"paragraphe", content},
    {"prose", content},
    {"richtext", content},
    {"wysiwyg", content},
    {"copy", content},
    {"main", content},
    {"artikel", content},
    {"inhalt", content},
    {"noticia", content},
    {"cuerpo", content},
    {"articolo", content},
    {"corps", content},
    {"page", content},
    {"postcontent", content},
    {"hentry", content},
    {"single", content},
    {"read", content},
    {"abody", content},
    {"title", title},
    {"titre", title},
    {"headline", title},
    {"heading", title},
    {"titulo", title},
    {"titolo", title},
    {"titel", title},
    {"hed", title},
    {"lede", lede},
    {"lead", lede},
    {"chapo", lede},
    {"chapeau", lede},
    {"standfirst", lede},
    {"summary", lede},
    {"excerpt", lede},
    {"intro", lede},
    {"dek", lede},
    {"deck", lede},
    {"description", lede},
    {"subtitle", lede},
    {"subheadline", lede},
    {"vorspann", lede},
    {"teasertext", lede},
    {"abstract", lede},
    {"entradilla", lede},
    {"sommario", lede},
    {"bajada", lede},
    {"introduction", lede},
    {"kicker", kicker},
    {"overline", kicker},
    {"surtitre", kicker},
    {"dachzeile", kicker},
    {"eyebrow", kicker},
    {"antetitulo", kicker},
    {"spitzmarke", kicker},
    {"occhiello", kicker},
    {"author", byline},
    {"authors", byline},
    {"auteur", byline},
    {"auteurs", byline},
    {"byline", byline},
    {"signature", byline},
    {"autor", byline},
    {"autore", byline},
    {"bio", byline},
    {"contributor", byline},
    {"writer", byline},
    {"vcard", byline},
    {"profile", byline},
    {"reporter", byline},
    {"firma", byline},
    {"autoren", byline},
    {"date", date},
    {"time", date},
    {"timestamp", date},
    {"published", date},
    {"datetime", date},
    {"datum", date},
    {"fecha", date},
    {"pubdate", date},
    {"publication", date},
    {"updated", date},
    {"publish", date},
    {"dateline", date},
    {"meta", meta},
    {"metadata", meta},
    {"info", meta},
    {"infos", meta},
    {"tag", meta},
    {"tags", meta},
    {"category", meta},
    {"categories", meta},
    {"breadcrumb", meta},
    {"breadcrumbs", meta},
    {"ariane", meta},
    {"label", meta},
    {"topics", meta},
    {"topic", meta},
    {"keywords", meta},
    {"taxonomy", meta},
    {"caption", caption},
    {"legend", caption},
    {"legende", caption},
    {"credit", caption},
    {"credits", caption},
    {"figcaption", caption},
    {"wp-caption", caption},
    {"copyright", caption},
    {"bildunterschrift", caption},
    {"photographer", caption},
    {"imagecaption", caption},
    {"source", caption},
    {"video", media},
    {"gallery", media},
    {"galerie", media},
    {"embed", media},
    {"player", media},
    {"slideshow", media},
    {"carousel", media},
    {"image", media},
    {"photo", media},
    {"picture", media},
    {"figure", media},
    {"media", media},
    {"audio", media},
    {"podcast", media},
    {"slider", media},
    {"swiper", media},
    {"quote", quote},
    {"pullquote", quote},
    {"blockquote", quote},
    {"citation", quote},
    {"exergue", quote},
    {"zitat", quote},
    {"cita", quote},
    {"tweet", quote},
    {"related", related},
    {"relateds", related},
    {"recommended", related},
    {"recommendation", related},
    {"recommendations", related},
    {"recirc", related},
    {"teaser", related},
    {"teasers", related},
    {"card", related},
    {"cards", related},
    {"more", related},
    {"popular", related},
    {"trending", related},
    {"similar", related},
    {"mostread", related},
    {"next", related},
    {"previous", related},
    {"prev", related},
    {"also", related},
    {"aussi", related},
    {"liste", related},
    {"list", related},
    {"feed", related},
    {"grid", related},
    {"suggestions", related},
    {"suggested", related},
    {"outbrain", related},
    {"taboola", related},
    {"latest", related},
    {"readmore", related},
    {"seealso", related},
    {"links", related},
    {"relacionadas", related},
    {"verwandt", related},
    {"relatedposts", related},
    {"item", related},
    {"tile", related},
    {"river", related},
    {"associes", related},
    {"lies", related},
    {"pagination", related},
    {"pager", related},
    {"archive", related},
    {"recent", related},
    {"share", share},
    {"sharing", share},
    {"social", share},
    {"partage", share},
    {"follow", share},
    {"facebook", share},
    {"twitter", share},
    {"whatsapp", share},
    {"addthis", share},
    {"sharedaddy", share},
    {"reactions", share},
    {"toolbar", share},
    {"tools", share},
    {"actions", share},
    {"print", share},
    {"like", share},
    {"comment", comments},
    {"comments", comments},
    {"commentaire", comments},
    {"commentaires", comments},
    {"disqus", comments},
    {"reply", comments},
    {"respond", comments},
    {"commentlist", comments},
    {"kommentar", comments},
    {"kommentare", comments},
    {"comentarios", comments},
    {"discussion", comments},
    {"forum", comments},
    {"reviews", comments},
    {"commenter", comments},
    {"leserkommentare", comments},
    {"nav", navigation},
    {"navigation", navigation},
    {"navbar", navigation},
    {"menu", navigation},
    {"header", navigation},
    {"footer", navigation},
    {"masthead", navigation},
    {"topbar", navigation},
    {"banner", navigation},
    {"sitemap", navigation},
    {"search", navigation},
    {"site", navigation},
    {"logo", navigation},
    {"pied", navigation},
    {"entete", navigation},
    {"dropdown", navigation},
    {"skip", navigation},
    {"toc", navigation},
    {"contents", navigation},
    {"offcanvas", navigation},
    {"sidebar", sidebar},
    {"aside", sidebar},
    {"widget", sidebar},
    {"rail", sidebar},
    {"side", sidebar},
    {"secondary", sidebar},
    {"widgets", sidebar},
    {"complementary", sidebar},
    {"right", sidebar},
    {"lateral", sidebar},
    {"colonne", sidebar},
    {"sidebars", sidebar},
    {"ad", promotion},
    {"ads", promotion},
    {"advert", promotion},
    {"advertisement", promotion},
    {"promo", promotion},
    {"promotion", promotion},
    {"sponsor", promotion},
    {"sponsored", promotion},
    {"newsletter", promotion},
    {"subscribe", promotion},
    {"subscription", promotion},
    {"signup", promotion},
    {"paywall", promotion},
    {"abo", promotion},
    {"abonnement", promotion},
    {"pub", promotion},
    {"publicite", promotion},
    {"cta", promotion},
    {"donate", promotion},
    {"donation", promotion},
    {"offer", promotion},
    {"premium", promotion},
    {"login", promotion},
    {"register", promotion},
    {"anzeige", promotion},
    {"werbung", promotion},
    {"affiliate", promotion},
    {"shop", promotion},
    {"product", promotion},
    {"marketing", promotion},
    {"form", promotion},
    {"optin", promotion},
    {"mailchimp", promotion},
    {"inscription", promotion},
    {"publicidad", promotion},
    {"piano", promotion},
    {"cookie", consent},
    {"cookies", consent},
    {"consent", consent},
    {"gdpr", consent},
    {"modal", consent},
    {"popup", consent},
    {"overlay", consent},
    {"rgpd", consent},
    {"cmp", consent},
    {"privacy", consent},
    {"dialog", consent},
    {"tooltip", consent},
    {"disclaimer", consent},
    {"lightbox", consent},
    {"alert", consent},
    {"notice", consent},
    {"box", box},
    {"infobox", box},
    {"factbox", box},
    {"encadre", box},
    {"encart", box},
    {"callout", box},
    {"fact", box},
    {"kasten", box},
    {"highlight", box},
    {"key", box},
    {"faq", box},
    {"accordion", box},
    {"table", box},
    {"inset", box},
    {"note", box},
    {"highlights", box},
    {"hidden", hidden},
    {"sr", hidden},
    {"screenreader", hidden},
    {"visually", hidden},
    {"invisible", hidden},
    {"hide", hidden},
    {"noprint", hidden},
    {"collapse", hidden},
    {"collapsed", hidden},
    {"d-none", hidden},
    {"offscreen", hidden},
    {"mobile", hidden},
};

// A word's letters as two numbers; what is longer than that is no word of the table.
struct Letters {
  uint64_t first = 0, second = 0;
  bool operator==(Letters const&) const = default;
};
constexpr size_t kLetters = sizeof(Letters);
static_assert(std::ranges::all_of(kWords, [](Entry const& e) { return e.word.size() <= kLetters; }));

// Precondition: size <= kLetters, and as many bytes can be read.
Letters letters_of(char const* word, size_t size) {
  Letters out;
  std::memcpy(&out, word, sizeof out);
  out.first &= size >= 8 ? ~uint64_t{0} : (uint64_t{1} << 8 * size) - 1;
  out.second &= size <= 8 ? 0 : ~uint64_t{0} >> 8 * (kLetters - size);
  return out;
}
static_assert(std::endian::native == std::endian::little);

class Dictionary {
 public:
  Dictionary() : slots_(kSlots) {
    for (auto const& [word, hint] : kWords) {
      char letters[kLetters] = {};
      word.copy(letters, word.size());
      auto const key = letters_of(letters, word.size());
      auto& slot = slots_[place(key)];
      slot.word = key;
      slot.hints |= bit(hint);
    }
  }
  HintSet find(char const* word, size_t size) const {
    return size > 1 && size <= kLetters ? slots_[place(letters_of(word, size))].hints : HintSet{0};
  }

 private:
  static constexpr size_t kSlots = 2048;  // some 300 are taken
  struct Slot {
    Letters word;
    HintSet hints = 0;
  };
  // Where the word is, or the free slot where it would be.
  size_t place(Letters const& word) const {
    uint64_t const mixed = (word.first ^ word.second * 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
    size_t at = mixed >> 53;
    while (slots_[at].hints != 0 && slots_[at].word != word) at = (at + 1) % kSlots;
    return at;
  }
  std::vector<Slot> slots_;
};

// Words end at anything that is no letter, and where a small letter meets a capital; the whole name counts as well.
HintSet read_names(std::string_view names) {
  static Dictionary const dictionary;
  char letters[kNameMax + kLetters];  // of the name at hand; its last word begins at `word`
  size_t size = 0, word = 0;
  HintSet set = 0;
  bool small = false;  // whether the last byte was a small letter
  for (char const c : names) {
    bool const letter = is_alpha(c);
    if ((!letter || (small && c < 'a')) && word < size) {
      if (word > 0) set |= dictionary.find(letters + word, size - word);
      if (word == 0 && !is_space(c)) set |= dictionary.find(letters, size);
      word = size;
    }
    if (letter) {
      letters[size++] = lower(c);
    } else if (is_space(c)) {
      set |= dictionary.find(letters, size);
      size = word = 0;
    }
    small = letter && c >= 'a';
  }
  if (word > 0) set |= dictionary.find(letters + word, size - word);
  return set | dictionary.find(letters, size);
}

}  // namespace

HintSet HintReader::read(std::string_view names) {
  if (names.empty()) return 0;
  names = names.substr(0, kNameMax);
  auto& known = seen_[hash64(names) % seen_.size()];
  if (known.names != names) {
    known.names = names;
    known.hints = read_names(names);
  }
  return known.hints;
}

}  // namespace vigie::article
