// feed_listener.hpp: XML events -> a Feed, and where in the document each of its parts stands, so that the document can
// be taken apart. RSS and Atom are read by one set of rules, because feeds mix them: what counts is an element's local
// name and the family its namespace belongs to. Namespaces are resolved here, and prefixes that were never declared
// mean what they usually mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "source/feed.hpp"
#include "source/xml_events.hpp"

namespace vigie::source {

struct Slice {
  size_t begin = 0, end = 0;
};

// Where an entry stands. An entry cut off by an error ends behind its last whole child, and `closing` completes it.
struct EntrySlice {
  Slice slice;
  bool in_channel = false;
  std::string closing;
};

class FeedListener final : public XmlListener {
 public:
  FeedListener(std::string_view text, FeedLimits limits) : text_(text), limits_(limits) {}

  bool on_start(std::string_view name, std::span<XmlAttribute const>, size_t begin, size_t end) override;
  bool on_end(std::string_view name, size_t begin, size_t end) override;
  void on_text(std::string_view) override;

  // After an error: keeps of the open entry what is whole, and forgets the open elements.
  void cut();
  // Ends the reading: what entries inherit from the feed is given to them.
  Feed finish();

  std::string_view entry_name() const { return entry_name_; }  // as the document writes it; empty before the first
  std::string_view text(Slice s) const { return text_.substr(s.begin, s.end - s.begin); }
  Slice root() const { return root_; }
  Slice channel() const { return channel_; }
  std::vector<Slice> const& about() const { return about_; }  // the feed's own title, link, language, author
  std::vector<EntrySlice> const& entries() const { return entries_; }
  bool is_full() const { return feed_.entries.size() >= limits_.entries; }

 private:
  enum class Space : uint8_t { core, content, dc, media, xhtml, other };
  enum class Style : uint8_t { html, plain, markup, base64, drop };  // how a field's text becomes HTML

  struct Frame {
    std::string local;
    Space space;
    size_t begin;
    size_t bases, spaces;  // sizes of the two stacks before this element
  };
  struct Prefix {
    std::string name;
    Space space;
  };

  void declare(std::span<XmlAttribute const>);
  Space space_of(std::string_view prefix) const;
  static Space space_of_uri(std::string_view);
  bool is(Frame const& f, Space space, std::string_view local) const { return f.space == space && f.local == local; }

  bool at_feed_level() const;
  bool at_entry_level() const;
  bool at_feed_level_of(size_t depth) const;
  void keep_about(Frame const&, size_t end);
  void push_entry();
  void open_field(Frame const&, std::span<XmlAttribute const>);
  void open_inside_field(Frame const&, std::span<XmlAttribute const>);
  void take_attributes(Frame const&, std::span<XmlAttribute const>);
  void take_link(std::span<XmlAttribute const>);
  Style style_of(Frame const&, std::span<XmlAttribute const>) const;
  void close_field(Frame const&);
  void set_feed_field(Frame const&, std::string const& value);
  void set_entry_field(Frame const&, std::string const& value);
  std::string absolute(std::string_view reference) const;

  std::string_view text_;
  FeedLimits limits_;
  Feed feed_;
  std::vector<Frame> frames_;
  std::vector<std::string> bases_;
  std::vector<Prefix> prefixes_;

  Slice root_, channel_;
  std::vector<Slice> about_;
  std::vector<EntrySlice> entries_;
  std::vector<std::string> feed_authors_;
  std::string entry_name_;

  size_t entry_depth_ = 0;  // number of frames with the entry's own; 0 outside
  FeedEntry entry_;
  EntrySlice entry_slice_;
  std::string guid_link_;  // of a guid that is a permanent link
  std::string media_title_;

  size_t field_depth_ = 0;  // likewise of the field being read
  Style style_ = Style::html;
  std::string value_, person_;
  bool in_name_ = false;
};

}  // namespace vigie::source
