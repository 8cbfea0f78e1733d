#include "collect/discovery.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "article/address.hpp"
#include "page/find.hpp"
#include "page/page.hpp"
#include "page/text.hpp"
#include "source/ascii.hpp"

namespace vigie::collect {
namespace {

using page::Atom;
using page::NodeId;
using page::Tree;
using std::string_view;

constexpr size_t kOffersMax = 30, kLinksMax = 500;
constexpr size_t kHeadlineWords = 4;

constexpr std::array<string_view, 6> kFeedTypes = {
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/xml",
    "application/xml"};
constexpr std::array<string_view, 8> kCommonPaths = {"/feed",     "/rss",      "/rss.xml",   "/feed.xml",
                                                     "/atom.xml", "/feed/rss", "/index.xml", "/feed.json"};

// Relative references are seen from <base href>, where there is one.
std::string base_of(Tree const& tree, string_view url) {
  NodeId const base = page::find_first(tree, page::kDocument, {.tag = Atom::base, .attribute = Atom::href});
  if (base == page::kNoNode) return std::string(url);
  auto const resolved = article::resolve_address(url, tree.attribute(base, Atom::href));
  return resolved.empty() ? std::string(url) : resolved;
}

bool is_feed_type(string_view type) {
  type = source::trim(type.substr(0, type.find(';')));
  return std::ranges::any_of(kFeedTypes, [&](string_view known) { return source::equal_nocase(type, known); });
}

bool speaks_of_feed(string_view address, string_view words) {
  std::string const path = source::to_lower(address);
  if (path.ends_with(".rss") || path.ends_with("/rss") || path.ends_with("/feed") || path.ends_with("/feed/") ||
      path.ends_with("rss.xml") || path.ends_with("atom.xml") || path.ends_with("feed.xml"))
    return true;
  return source::equal_nocase(words, "rss") || source::equal_nocase(words, "atom");
}

class Offers {
 public:
  void add(std::string url, std::string title, bool named) {
    if (url.empty() || offers_.size() >= kOffersMax || !seen_.insert(url).second) return;
    offers_.push_back({std::move(url), std::move(title), named});
  }
  std::vector<OfferedFeed> take() { return std::move(offers_); }

 private:
  std::vector<OfferedFeed> offers_;
  std::unordered_set<std::string> seen_;
};

size_t count_words(string_view text) {
  size_t words = 0;
  for (size_t i = 0; i < text.size(); ++i) words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
  return words;
}

// An article's address ends in something longer than a section's name: digits, or several words joined.
bool is_article_path(string_view url) {
  auto const address = article::split_address(url);
  if (!address || article::is_home(url)) return false;
  auto path = address->path;
  while (path.ends_with('/')) path.remove_suffix(1);
  auto const last = path.substr(path.rfind('/') + 1);
  auto const hyphens = std::ranges::count_if(last, [](char c) { return c == '-' || c == '_'; });
  auto const digits = std::ranges::count_if(path, source::is_digit);
  return hyphens >= 2 || digits >= 4;
}

}  // namespace

std::vector<OfferedFeed> feeds_offered(string_view html, string_view content_type, string_view url) {
  page::PageReader reader;
  auto const& tree = reader.read(html, content_type).tree;
  std::string const base = base_of(tree, url);
  Offers offers;
  page::find_element(tree, page::kDocument, [&](NodeId id) {
    if (tree.is_html(id, Atom::link) && page::has_token(tree.attribute(id, Atom::rel), "alternate") &&
        is_feed_type(tree.attribute(id, Atom::type))) {
      offers.add(article::resolve_address(base, tree.attribute(id, Atom::href)),
                 std::string(tree.attribute(id, Atom::title)), true);
    }
    return false;
  });
  page::find_element(tree, page::kDocument, [&](NodeId id) {
    if (!tree.is_html(id, Atom::a)) return false;
    auto const target = article::resolve_address(base, tree.attribute(id, Atom::href));
    auto const words = page::shown_line(tree, id);
    if (!target.empty() && article::same_site(target, url) && speaks_of_feed(target, words))
      offers.add(target, words, true);
    return false;
  });
  for (auto const path : kCommonPaths) offers.add(article::resolve_address(url, path), {}, false);
  return offers.take();
}

std::vector<ListedLink> articles_listed(string_view html, string_view content_type, string_view url) {
  page::PageReader reader;
  auto const& tree = reader.read(html, content_type).tree;
  std::string const base = base_of(tree, url);
  std::vector<ListedLink> links;
  std::unordered_set<std::string> seen;
  page::find_element(tree, page::kDocument, [&](NodeId id) {
    if (!tree.is_html(id, Atom::a)) return false;
    auto const target = article::normalize_address(article::resolve_address(base, tree.attribute(id, Atom::href)));
    if (target.empty() || !article::same_site(target, url) || !is_article_path(target)) return false;
    auto words = page::shown_line(tree, id);
    if (count_words(words) < kHeadlineWords || !seen.insert(target).second) return false;
    links.push_back({target, std::move(words)});
    return links.size() >= kLinksMax;
  });
  return links;
}

std::string title_of(string_view html, string_view content_type) {
  page::PageReader reader;
  auto const& tree = reader.read(html, content_type).tree;
  NodeId const title = page::find_first(tree, page::kDocument, {.tag = Atom::title});
  std::string line;
  if (title != page::kNoNode) page::append_collapsed(line, page::raw_text(tree, title));
  return line;
}

}  // namespace vigie::collect
