#include "source/feed_listener.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"
#include "source/ascii.hpp"
#include "source/html_text.hpp"
#include "source/url.hpp"

namespace vigie::source {
namespace {

using std::string_view;

constexpr size_t kValueMost = size_t{16} << 20;  // of one field
constexpr size_t kListMost = 200;                // authors or categories of one entry

string_view attribute(std::span<XmlAttribute const> attributes, string_view name) {
  auto const found = std::ranges::find(attributes, name, &XmlAttribute::name);
  return found == attributes.end() ? string_view() : found->value;
}

string_view prefix_of(string_view name) {
  size_t const colon = name.find(':');
  return colon == string_view::npos ? string_view() : name.substr(0, colon);
}

string_view local_of(string_view name) { return name.substr(name.find(':') + 1); }

void add_once(std::vector<std::string>& list, std::string value) {
  if (value.empty() || list.size() >= kListMost || std::ranges::find(list, value) != list.end()) return;
  list.push_back(std::move(value));
}

// RSS writes "mail@host (Name)"; others "Name <mail@host>" or "Name (mail@host)". A bare address is nobody's name.
std::string person_name(string_view text) {
  text = trim(text);
  size_t const open = text.find('('), close = text.rfind(')');
  if (text.substr(0, open).find('@') != string_view::npos && open < close && close != string_view::npos) {
    return std::string(trim(text.substr(open + 1, close - open - 1)));
  }
  if (open != string_view::npos && text.find('@', open) != string_view::npos) text = trim(text.substr(0, open));
  if (size_t const angle = text.find('<'); angle != string_view::npos && text.find('@', angle) != string_view::npos) {
    text = trim(text.substr(0, angle));
  }
  bool const address = text.find('@') != string_view::npos && text.find(' ') == string_view::npos;
  return address ? std::string() : std::string(text);
}

// What is no base64, or no text when undone, is nothing.
std::string undo_base64(string_view text) {
  constexpr string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  uint32_t bits = 0;
  int held = 0;
  for (char const c : text) {
    if (is_blank(c) || c == '=') continue;
    size_t const digit = kDigits.find(c);
    if (digit == string_view::npos) return {};
    bits = bits << 6 | static_cast<uint32_t>(digit);
    if ((held += 6) >= 8) out += static_cast<char>(bits >> (held -= 8));
  }
  return is_valid_utf8(out) && out.find('\0') == std::string::npos ? out : std::string();
}

bool is_image(string_view type, string_view medium) {
  return starts_nocase(type, "image/") || equal_nocase(medium, "image");
}

void set_once(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

void set_once(std::optional<Time>& field, string_view value) {
  if (!field) field = parse_feed_date(value);
}

}  // namespace

FeedListener::Space FeedListener::space_of_uri(string_view uri) {
  struct Known {
    string_view part;
    Space space;
  };
  // Old and misspelt versions of these addresses are many; their distinct parts are not.
  constexpr std::array kKnown = {
      Known{"purl.org/rss/1.0/modules/content", Space::content},
      Known{"purl.org/dc/", Space::dc},
      Known{"search.yahoo.com/mrss", Space::media},
      Known{"www.w3.org/1999/xhtml", Space::xhtml},
      Known{"purl.org/rss/1.0/modules", Space::other},
      Known{"purl.org/rss/1.0", Space::core},
      Known{"www.w3.org/2005/Atom", Space::core},
      Known{"purl.org/atom", Space::core},

      Known{"my.netscape.com/rdf", Space::core},
      Known{"channel.netscape.com/rdf", Space::core},
      Known{"backend.userland.com", Space::core},
      Known{"blogs.law.harvard.edu/tech/rss", Space::core},
  };
  if (uri.empty()) return Space::core;
  for (auto const& known : kKnown) {
    if (uri.find(known.part) != string_view::npos) return known.space;
  }
  return Space::other;
}

FeedListener::Space FeedListener::space_of(string_view prefix) const {
  auto const declared =
      std::find_if(prefixes_.rbegin(), prefixes_.rend(), [&](Prefix const& p) { return p.name == prefix; });
  if (declared != prefixes_.rend()) return declared->space;
  if (prefix.empty() || prefix == "atom" || prefix == "rss") return Space::core;
  if (prefix == "content") return Space::content;
  if (prefix == "dc" || prefix == "dcterms") return Space::dc;
  if (prefix == "media") return Space::media;
  return Space::other;
}

void FeedListener::declare(std::span<XmlAttribute const> attributes) {
  for (auto const& a : attributes) {
    if (a.name == "xmlns") {
      auto const space = space_of_uri(a.value);
      // A root in a namespace nobody knows is a feed all the same: it was sniffed as one by its name.
      prefixes_.push_back({"", frames_.empty() && space == Space::other ? Space::core : space});
    }
    if (a.name.starts_with("xmlns:")) prefixes_.push_back({std::string(a.name.substr(6)), space_of_uri(a.value)});
    if (a.name == "xml:base") bases_.push_back(resolve_url(bases_.empty() ? "" : bases_.back(), a.value));
  }
}

std::string FeedListener::absolute(string_view reference) const {
  return resolve_url(bases_.empty() ? string_view() : string_view(bases_.back()), trim(reference));
}

// A child of <feed>, or of <channel>.
bool FeedListener::at_feed_level() const {
  if (entry_depth_ > 0) return false;
  if (feed_.format == Feed::Format::atom) return frames_.size() == 2;
  return frames_.size() == 3 && is(frames_[1], Space::core, "channel");
}

// A child of an entry, or of a media:group or media:content in it.
bool FeedListener::at_entry_level() const {
  if (entry_depth_ == 0) return false;
  for (size_t i = entry_depth_; i + 1 < frames_.size(); ++i) {
    if (!is(frames_[i], Space::media, "group") && !is(frames_[i], Space::media, "content")) return false;
  }
  return frames_.size() > entry_depth_;
}

bool FeedListener::on_start(string_view name, std::span<XmlAttribute const> attributes, size_t begin, size_t end) {
  Frame frame{.local = {}, .space = {}, .begin = begin, .bases = bases_.size(), .spaces = prefixes_.size()};
  declare(attributes);
  frame.local = local_of(name);
  frame.space = space_of(prefix_of(name));
  frames_.push_back(std::move(frame));
  auto const& top = frames_.back();
  if (frames_.size() == 1) {
    auto const local = to_lower(top.local);
    feed_.format = local == "feed" ? Feed::Format::atom : local == "rdf" ? Feed::Format::rdf : Feed::Format::rss;
    set_once(feed_.language, std::string(trim(attribute(attributes, "xml:lang"))));
    std::ranges::replace(feed_.language, '_', '-');
    if (end > 0) root_ = {begin, end};
  } else if (field_depth_ > 0) {
    open_inside_field(top, attributes);
  } else if (frames_.size() == 2 && is(top, Space::core, "channel")) {
    if (end > 0 && channel_.end == 0) channel_ = {begin, end};
  } else if (entry_depth_ == 0 && top.space == Space::core && (top.local == "item" || top.local == "entry")) {
    entry_depth_ = frames_.size();
    entry_ = {};
    guid_link_.clear();
    media_title_.clear();
    entry_.id = trim(attribute(attributes, "rdf:about"));
    entry_name_ = name;
    entry_slice_ = {.slice = {begin, end}, .in_channel = frames_.size() == 3, .closing = {}};
  } else if (at_entry_level() || at_feed_level()) {
    open_field(top, attributes);
  }
  return true;
}

FeedListener::Style FeedListener::style_of(Frame const& frame, std::span<XmlAttribute const> attributes) const {
  if (frame.space != Space::core || feed_.format != Feed::Format::atom) return Style::html;
  auto const type = trim(attribute(attributes, "type")), mode = trim(attribute(attributes, "mode"));
  if (equal_nocase(mode, "base64")) return Style::base64;
  if (equal_nocase(type, "html") || starts_nocase(type, "text/html")) return Style::html;
  if (equal_nocase(type, "xhtml") || starts_nocase(type, "application/xhtml+xml")) return Style::markup;
  if (type.empty() || equal_nocase(type, "text") || starts_nocase(type, "text/plain")) return Style::plain;
  if (equal_nocase(type, "application/octet-stream")) return Style::base64;
  return frame.local == "content" || frame.local == "summary" ? Style::drop : Style::plain;
}

void FeedListener::open_field(Frame const& frame, std::span<XmlAttribute const> attributes) {
  take_attributes(frame, attributes);
  if (is(frame, Space::media, "group") || is(frame, Space::media, "content")) return;  // containers
  field_depth_ = frames_.size();
  style_ = style_of(frame, attributes);
  value_.clear();
  person_.clear();
  in_name_ = false;
}

void FeedListener::take_attributes(Frame const& frame, std::span<XmlAttribute const> attributes) {
  if (is(frame, Space::core, "link") && !attribute(attributes, "href").empty()) return take_link(attributes);
  if (entry_depth_ == 0) return;
  auto const url = attribute(attributes, "url");
  if (is(frame, Space::media, "content") || is(frame, Space::core, "enclosure")) {
    if (is_image(attribute(attributes, "type"), attribute(attributes, "medium"))) set_once(entry_.image, absolute(url));
  } else if (is(frame, Space::media, "thumbnail")) {
    set_once(entry_.image, absolute(url));
  } else if (is(frame, Space::core, "category")) {
    auto const label = attribute(attributes, "label");
    add_once(entry_.categories, std::string(trim(label.empty() ? attribute(attributes, "term") : label)));
  } else if (is(frame, Space::core, "guid")) {
    guid_link_ = equal_nocase(attribute(attributes, "isPermaLink"), "false") ? "no" : "";
  }
}

void FeedListener::take_link(std::span<XmlAttribute const> attributes) {
  auto const rel = attribute(attributes, "rel"), href = attribute(attributes, "href");
  if (rel.empty() || rel == "alternate") {
    set_once(entry_depth_ > 0 ? entry_.link : feed_.link, absolute(href));
  } else if ((rel == "hub" || rel == "self") && entry_depth_ == 0) {
    set_once(rel == "hub" ? feed_.hub : feed_.self, absolute(href));
  } else if (rel == "enclosure" && entry_depth_ > 0 && is_image(attribute(attributes, "type"), {})) {
    set_once(entry_.image, absolute(href));
  }
}

// An element inside a field: a part of a person, or markup that is not escaped as it should be (or is XHTML).
void FeedListener::open_inside_field(Frame const& frame, std::span<XmlAttribute const> attributes) {
  auto const& field = frames_[field_depth_ - 1];
  if (field.local == "author" || field.local == "contributor") {
    in_name_ = frame.local == "name";
    return;
  }
  bool const wrapper = style_ == Style::markup && frames_.size() == field_depth_ + 1 && frame.local == "div";
  if (style_ == Style::html || style_ == Style::plain) style_ = Style::markup;
  if (!wrapper && value_.size() < kValueMost) append_tag(value_, frame.local, attributes);
}

bool FeedListener::on_end(string_view, size_t, size_t end) {
  if (frames_.empty()) return true;
  auto const depth = frames_.size();
  auto const frame = std::move(frames_.back());
  frames_.pop_back();
  if (field_depth_ > 0 && depth > field_depth_) {
    auto const& field = frames_[field_depth_ - 1];
    bool const person = field.local == "author" || field.local == "contributor";
    bool const wrapper = depth == field_depth_ + 1 && frame.local == "div" && frame.space == Space::xhtml;
    in_name_ = false;
    if (!person && !wrapper && value_.size() < kValueMost) append_end_tag(value_, frame.local);
  } else if (depth == field_depth_) {
    bool const about = at_feed_level_of(depth);
    close_field(frame);
    field_depth_ = 0;
    if (about && end > 0) keep_about(frame, end);
  } else if (depth == entry_depth_) {
    entry_depth_ = 0;
    entry_slice_.slice.end = end;
    push_entry();
  }
  if (entry_depth_ > 0 && depth == entry_depth_ + 1) entry_slice_.slice.end = end;
  bases_.resize(frame.bases);
  prefixes_.erase(prefixes_.begin() + static_cast<std::ptrdiff_t>(frame.spaces), prefixes_.end());
  return !is_full();
}

bool FeedListener::at_feed_level_of(size_t depth) const {
  return entry_depth_ == 0 && depth == (feed_.format == Feed::Format::atom ? 2u : 3u);
}

void FeedListener::keep_about(Frame const& frame, size_t end) {
  constexpr std::array<string_view, 5> kKept = {"title", "link", "language", "author", "creator"};
  if (about_.size() < 64 && std::ranges::find(kKept, frame.local) != kKept.end()) about_.push_back({frame.begin, end});
}

void FeedListener::push_entry() {
  set_once(entry_.title_html, std::move(media_title_));
  media_title_.clear();
  if (entry_.link.empty() && guid_link_ != "no" && starts_nocase(entry_.id, "http")) entry_.link = entry_.id;
  feed_.entries.push_back(std::move(entry_));
  entries_.push_back(std::move(entry_slice_));
}

void FeedListener::on_text(string_view text) {
  if (field_depth_ == 0 || style_ == Style::drop) return;
  auto& value = in_name_ ? person_ : value_;
  if (value.size() > kValueMost) return;
  if (style_ == Style::markup && !in_name_) {
    append_escaped(value, text);
  } else {
    value += text;
  }
}

void FeedListener::close_field(Frame const& frame) {
  if (!person_.empty()) value_ = person_;
  if (style_ == Style::plain && (frame.local == "title" || frame.local == "summary" || frame.local == "content")) {
    std::string escaped;
    append_escaped(escaped, trim(value_));
    value_ = std::move(escaped);
  }
  if (style_ == Style::base64) value_ = undo_base64(value_);
  std::string const value(trim(value_));
  if (style_ == Style::drop || value.empty()) return;
  entry_depth_ > 0 ? set_entry_field(frame, value) : set_feed_field(frame, value);
}

void FeedListener::set_feed_field(Frame const& frame, std::string const& value) {
  if (frame.space != Space::core && frame.space != Space::dc) return;
  if (frame.local == "title") set_once(feed_.title_html, value);
  if (frame.local == "link") set_once(feed_.link, absolute(value));
  if (frame.local == "language" && (frame.space == Space::core || feed_.language.empty())) {
    feed_.language = value;
    std::ranges::replace(feed_.language, '_', '-');
  }
  if (frame.local == "author" && feed_.format == Feed::Format::atom) add_once(feed_authors_, person_name(value));
}

void FeedListener::set_entry_field(Frame const& frame, std::string const& value) {
  auto const& local = frame.local;
  switch (frame.space) {
    case Space::core:
      if (local == "title") set_once(entry_.title_html, value);
      if (local == "link") set_once(entry_.link, absolute(value));
      if (local == "id" || local == "guid") set_once(entry_.id, value);
      if (local == "description" || local == "summary" || local == "tagline") set_once(entry_.summary_html, value);
      if (local == "content" || local == "body" || local == "fullitem") set_once(entry_.content_html, value);
      if (local == "author") add_once(entry_.authors, person_name(value));
      if (local == "category") add_once(entry_.categories, value);
      if (local == "pubDate" || local == "published" || local == "issued") set_once(entry_.published, value);
      if (local == "updated" || local == "modified") set_once(entry_.updated, value);
      if (local == "created" || local == "date") set_once(entry_.published, value);
      return;
    case Space::content:
      if (local == "encoded") entry_.content_html = value;
      return;
    case Space::dc:
      if (local == "creator" || local == "author") add_once(entry_.authors, person_name(value));
      if (local == "title") set_once(entry_.title_html, value);
      if (local == "description") set_once(entry_.summary_html, value);
      if (local == "subject") add_once(entry_.categories, value);
      if (local == "identifier") set_once(entry_.id, value);
      if (local == "date" || local == "created" || local == "issued") set_once(entry_.published, value);
      if (local == "modified") set_once(entry_.updated, value);
      return;
    case Space::media:
      if (local == "description") set_once(entry_.summary_html, value);
      if (local == "title") set_once(media_title_, value);  // for an entry that has no other
      if (local == "category") add_once(entry_.categories, value);
      return;
    case Space::xhtml:
      if (local == "body" || local == "div") set_once(entry_.content_html, value);
      return;
    case Space::other:
      if (local == "origLink") entry_.link = absolute(value);  // the page itself, behind a counting redirect
      return;
  }
}

void FeedListener::cut() {
  if (entry_depth_ > 0 && (!entry_.title_html.empty() || !entry_.link.empty() || !entry_.content_html.empty())) {
    entry_slice_.closing = "</" + entry_name_ + ">";
    push_entry();
  }
  entry_depth_ = field_depth_ = 0;
  frames_.clear();
  bases_.clear();
  prefixes_.clear();
}

Feed FeedListener::finish() {
  if (!limits_.base.empty()) feed_.link = resolve_url(limits_.base, feed_.link.empty() ? limits_.base : feed_.link);
  for (auto& entry : feed_.entries) {
    entry.link = resolve_url(feed_.link, entry.link);
    entry.image = resolve_url(entry.link.empty() ? feed_.link : entry.link, entry.image);
    if (entry.authors.empty()) entry.authors = feed_authors_;
  }
  return std::move(feed_);
}

}  // namespace vigie::source
