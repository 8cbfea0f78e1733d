#include "source/opml.hpp"

#include <algorithm>
#include <unordered_set>

#include "source/ascii.hpp"
#include "source/charset.hpp"
#include "source/html_text.hpp"
#include "source/xml_events.hpp"
#include "source/xml_mend.hpp"

namespace vigie::source {
namespace {

using std::string_view;

class OpmlListener final : public XmlListener {
 public:
  OpmlListener(size_t most, SubscriptionList& out) : most_(most), out_(out) {}

  bool on_start(string_view name, std::span<XmlAttribute const> attributes, size_t, size_t) override {
    if (!equal_nocase(name, "outline")) return true;
    Subscription one;
    std::string text;
    for (auto const& a : attributes) {
      if (equal_nocase(a.name, "xmlUrl")) one.url = trim(a.value);
      if (equal_nocase(a.name, "htmlUrl")) one.site = trim(a.value);
      if (equal_nocase(a.name, "title")) one.title = trim(a.value);
      if (equal_nocase(a.name, "text")) text = trim(a.value);
      if (equal_nocase(a.name, "type")) one.kind = to_lower(trim(a.value));
    }
    if (one.title.empty()) one.title = std::move(text);
    bool const clean = std::ranges::none_of(one.url, [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
    bool const web = clean && (starts_nocase(one.url, "http://") || starts_nocase(one.url, "https://"));
    if (web && seen_.insert(one.url).second) out_.subscriptions.push_back(std::move(one));
    return out_.subscriptions.size() < most_;
  }
  bool on_end(string_view, size_t, size_t) override { return true; }
  void on_text(string_view) override {}

 private:
  size_t most_;
  SubscriptionList& out_;
  std::unordered_set<std::string> seen_;
};

void attribute(std::string& out, string_view name, string_view value) {
  if (value.empty()) return;
  out.append(" ").append(name).append("=\"");
  append_escaped(out, value);
  out += '"';
}

}  // namespace

SubscriptionList parse_opml(string_view bytes, size_t most) {
  SubscriptionList list;
  auto const mended = mend_xml(xml_to_utf8(bytes));
  OpmlListener listener(most, list);
  auto const outcome = run_xml({}, mended.text, 0, 64, listener);
  if (!outcome.complete && !outcome.stopped) list.problem = outcome.problem;
  return list;
}

std::string write_opml(std::vector<Subscription> const& list, string_view title) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>";
  append_escaped(out, title);
  out += "</title></head>\n<body>\n";
  for (auto const& one : list) {
    out += "<outline";
    attribute(out, "type", one.kind.empty() ? "rss" : one.kind);
    attribute(out, "text", one.title.empty() ? one.url : one.title);
    attribute(out, "xmlUrl", one.url);
    attribute(out, "htmlUrl", one.site);
    out += "/>\n";
  }
  return out + "</body>\n</opml>\n";
}

}  // namespace vigie::source
