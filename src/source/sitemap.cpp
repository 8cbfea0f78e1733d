#include "source/sitemap.hpp"

#include "source/ascii.hpp"
#include "source/charset.hpp"
#include "source/feed.hpp"
#include "source/sniff.hpp"
#include "source/url.hpp"
#include "source/xml_events.hpp"
#include "source/xml_mend.hpp"

namespace vigie::source {
namespace {

using std::string_view;

constexpr uint32_t kDepth = 32;
constexpr size_t kValueMost = size_t{16} << 10;

string_view local_of(string_view name) { return name.substr(name.find(':') + 1); }

class SitemapListener final : public XmlListener {
 public:
  SitemapListener(string_view base, size_t most, Sitemap& out) : base_(base), most_(most), out_(out) {}

  bool on_start(string_view name, std::span<XmlAttribute const>, size_t, size_t) override {
    auto const local = local_of(name);
    if (depth_++ == 0) out_.is_index = local == "sitemapindex";
    if (local == "url" || local == "sitemap") entry_ = {};
    if (local == "news" && name != local) out_.is_news = true;
    value_.clear();
    return true;
  }

  bool on_end(string_view name, size_t, size_t) override {
    --depth_;
    auto const local = local_of(name);
    auto const value = trim(value_);
    bool const plain = name == local || name.starts_with("sm:") || name.starts_with("sitemap:");
    if (plain && local == "loc") entry_.url = resolve_url(base_, value);
    if (plain && local == "lastmod") entry_.modified = parse_feed_date(value);
    if (!plain && local == "publication_date") entry_.published = parse_feed_date(value);
    if (!plain && local == "title" && name.starts_with("n")) entry_.title = value;
    if (!plain && local == "language") entry_.language = value;
    if (plain && (local == "url" || local == "sitemap") && !entry_.url.empty()) {
      out_.entries.push_back(std::move(entry_));
      entry_ = {};
    }
    value_.clear();
    return out_.entries.size() < most_;
  }

  void on_text(string_view text) override {
    if (value_.size() < kValueMost) value_ += text;
  }

 private:
  string_view base_;
  size_t most_;
  Sitemap& out_;
  SitemapEntry entry_;
  std::string value_;
  int depth_ = 0;
};

}  // namespace

bool looks_like_sitemap(string_view bytes) {
  auto const root = skip_prolog(bytes.substr(0, kSniffBytes));
  if (!root.starts_with('<')) return false;
  auto const local = local_of(root.substr(1, root.find_first_of(" \t\r\n/>", 1) - 1));
  return local == "urlset" || local == "sitemapindex";
}

Sitemap parse_sitemap(string_view bytes, string_view base, size_t entries_max) {
  Sitemap sitemap;
  auto const mended = mend_xml(xml_to_utf8(bytes));
  SitemapListener listener(base, entries_max, sitemap);
  auto const outcome = run_xml({}, mended.text, 0, kDepth, listener);
  if (!outcome.complete && !outcome.stopped) sitemap.problem = outcome.problem;
  return sitemap;
}

}  // namespace vigie::source
