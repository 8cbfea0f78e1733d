// A feed document is mended into XML that a parser accepts (xml_mend.hpp), run through expat, and where that stops at
// an error, taken up again at the next entry: a broken entry costs itself. JSON Feed goes its own way (json_feed.hpp).
#include "source/feed.hpp"

#include "source/ascii.hpp"
#include "source/charset.hpp"
#include "source/feed_listener.hpp"
#include "source/json_feed.hpp"
#include "source/sniff.hpp"
#include "source/xml_mend.hpp"

namespace vigie::source {
namespace {

using std::string_view;

constexpr int kResumesMost = 1000;  // errors after which the rest of a document is given up

bool is_json(string_view bytes) { return skip_blank(bytes).starts_with('{'); }

// Where the next entry begins, at or behind `from`.
size_t find_entry(string_view text, size_t from, string_view known_name) {
  for (size_t at = text.find('<', from); at != string_view::npos; at = text.find('<', at + 1)) {
    auto const tag = text.substr(at + 1, 80);
    auto const name = tag.substr(0, tag.find_first_of(" \t\r\n/>"));
    bool const entry = known_name.empty() ? name == "item" || name == "entry" : name == known_name;
    if (entry) return at;
  }
  return string_view::npos;
}

// Runs the whole document, resuming behind errors. Returns what was wrong with it first.
std::string run(string_view text, FeedLimits limits, FeedListener& listener) {
  std::string problem, prefix;
  size_t from = 0;
  for (int resumed = 0; resumed < kResumesMost; ++resumed) {
    auto const outcome = run_xml(prefix, text, from, limits.depth, listener);
    if (outcome.complete) return problem;
    listener.cut();
    if (problem.empty()) problem = outcome.problem;
    if (listener.is_full() || listener.root().end == 0) return problem;
    size_t const next = find_entry(text, std::max(outcome.offset, from + 1), listener.entry_name());
    if (next == string_view::npos) return problem;
    prefix = std::string(listener.text(listener.root())) + std::string(listener.text(listener.channel()));
    from = next;
  }
  return problem;
}

void append_name(std::string& out, string_view start_tag) {
  out += start_tag.substr(1, start_tag.find_first_of(" \t\r\n/>", 1) - 1);
}

// The one-entry document: the start tags the entry stands in, what the feed says of itself, the entry's own bytes.
std::string one_entry(FeedListener const& listener, EntrySlice const& entry) {
  auto const root = listener.text(listener.root()), channel = listener.text(listener.channel());
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out.append(root).append("\n").append(channel);
  for (auto const& slice : listener.about()) out.append(listener.text(slice)).append("\n");
  std::string closing;
  if (!channel.empty()) {
    closing = "</";
    append_name(closing, channel);
    closing += ">";
  }
  if (!entry.in_channel) out += closing;
  out.append(listener.text(entry.slice)).append(entry.closing);
  if (entry.in_channel) out += closing;
  out += "</";
  append_name(out, root);
  return out + ">\n";
}

std::string joined(std::string a, std::string const& b) {
  if (!a.empty() && !b.empty()) a += "; ";
  return a + b;
}

}  // namespace

Feed parse_feed(string_view bytes, FeedLimits limits) {
  if (is_json(bytes)) return parse_json_feed(bytes, limits);
  auto const mended = mend_xml(xml_to_utf8(bytes));
  FeedListener listener(mended.text, limits);
  auto const problem = run(mended.text, limits, listener);
  Feed feed = listener.finish();
  feed.problem = joined(mended.problem, problem);
  return feed;
}

SplitFeed split_feed(string_view bytes, FeedLimits limits) {
  if (is_json(bytes)) return split_json_feed(bytes, limits);
  auto const mended = mend_xml(xml_to_utf8(bytes));
  FeedListener listener(mended.text, limits);
  SplitFeed split;
  split.problem = joined(mended.problem, run(mended.text, limits, listener));
  Feed const feed = listener.finish();
  for (size_t i = 0; i < feed.entries.size(); ++i) {
    Capture capture;
    capture.media = Media::feed_entry;
    capture.content_type = "application/xml; charset=utf-8";
    capture.url = feed.entries[i].link;
    capture.body = one_entry(listener, listener.entries()[i]);
    split.entries.push_back(std::move(capture));
  }
  return split;
}

}  // namespace vigie::source
