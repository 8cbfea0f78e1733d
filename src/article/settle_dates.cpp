// settle_dates.cpp: of the days and hours a page gives, the one it was published and the one it was changed.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "article/address.hpp"
#include "article/relative_date.hpp"
#include "article/script_dates.hpp"
#include "article/settle.hpp"

namespace vigie::article {
namespace {

// The same instant said with the newsroom's own offset, or shown on its own clock, tells more than UTC does.
void prefer_local(Time& t, std::vector<Time> const& others) {
  if (t.zone != Time::Zone::utc || t.precision == Time::Precision::day) return;
  for (auto const& o : others) {
    if (o.precision == Time::Precision::day) continue;
    if (o.zone == Time::Zone::offset && std::abs(o.epoch_s() - t.epoch_s()) < 60) {
      t = o;
      return;
    }
    if (o.zone != Time::Zone::unknown) continue;
    int64_t const ahead = o.local_s - t.local_s / 60 * 60;
    if (ahead == 0 || ahead % 900 != 0 || std::abs(ahead) > 14 * 3600) continue;
    t.local_s += ahead;
    t.offset_minutes = static_cast<int16_t>(ahead / 60);
    t.zone = Time::Zone::offset;
    return;
  }
}

bool later_than_seen(Time t, source::Capture const& capture) {
  return capture.seen && t.epoch_s() > capture.seen->epoch_s() + 86400;
}

// A title that begins with a day, as programmes and announcements do; in the heading it may stand in a part of its own.
std::optional<Time> date_in_title(Evidence const& e) {
  size_t const block = e.table.title_block;
  auto const heading = block == SIZE_MAX ? std::string_view() : e.survey.text_of(e.survey.blocks[block]);
  for (auto const line : {std::string_view(e.survey.title), heading}) {
    auto const date = find_date(line.substr(0, 40));
    if (date && date->begin == 0) return date->time;
  }
  return {};
}

// "Posted 3 hours ago", "hier à 14 h 05" by the headline, counted back from the capture's own time: the days of
// publication and of change, which is all that can be said.
struct CountedDays {
  std::optional<Time> published, modified;
};

CountedDays counted_back(Evidence const& e, source::Capture const& capture) {
  constexpr size_t kAway = 12;  // blocks
  CountedDays out;
  size_t const title = e.table.title_block;
  if (!capture.seen || title == SIZE_MAX) return out;
  for (size_t i = title + 1; i < std::min(title + kAway, e.survey.blocks.size()); ++i) {
    auto const& block = e.survey.blocks[i];
    if (e.table.facts[i].words > 12 || (block.places & (bit(Place::nav) | bit(Place::aside) | bit(Place::footer))))
      continue;
    bool const marked = std::any_of(e.survey.marks.begin(), e.survey.marks.end(), [&](Mark const& m) {
      return (m.kind == MarkKind::time || m.kind == MarkKind::dated) && m.at >= block.begin && m.at < block.end;
    });
    auto const back = count_back(e.table.folded_of(i), marked);
    if (!back) continue;
    Time time = *capture.seen;
    time.local_s = (time.local_s - back->seconds) / 86400 * 86400;
    time.precision = Time::Precision::day;
    auto& field = back->of_change ? out.modified : out.published;
    if (!field) field = time;
  }
  return out;
}

// "... (news of 4 March 2021)": how some offices end their descriptions.
std::optional<Time> date_at_end(std::string_view description) {
  auto const tail = description.substr(description.size() - std::min<size_t>(description.size(), 40));
  auto const date = find_date(tail);
  return date && tail.size() - date->end <= 2 ? std::optional(date->time) : std::nullopt;
}

// Who speaks of the day of publication. What one witness says twice counts once.
enum class Witness : uint8_t { linked_data, meta, microdata, address, reader, count_ };

struct Testimony {
  std::optional<Time> time;
  Witness witness;
  float weight;  // fitted on the labelled sets by coordinate steps, then rounded; docs/articles.md
  std::string_view origin;
  int64_t day = 0;  // the newsroom's own, since 1970
};

// The meta element gives the instant of the last change as that of publication, which JSON-LD knows better.
bool says_change(Evidence const& e) {
  auto const& meta = e.head.claims.published;
  if (!meta || !e.linked.published || e.linked.published->epoch_s() >= meta->epoch_s()) return false;
  auto const same = [&](std::optional<Time> const& t) { return t && t->epoch_s() == meta->epoch_s(); };
  return same(e.head.claims.modified) || same(e.linked.modified);
}

int64_t day_of(Time t) { return (t.local_s >= 0 ? t.local_s : t.local_s - 86399) / 86400; }

bool is_utc(Time t) {
  return t.zone != Time::Zone::unknown && t.precision != Time::Precision::day && t.offset_minutes == 0;
}

// An instant in UTC is of the day before or after where the newsroom's clock, as its address or its readers see it,
// was not at that hour's day yet, or already past it.
void move_to_shown_day(std::vector<Testimony>& all) {
  auto const is_shown = [&](int64_t day) {
    return std::any_of(all.begin(), all.end(), [&](Testimony const& t) {
      bool const clear = t.witness == Witness::address || (t.witness == Witness::reader && t.weight >= 2.5f);
      return clear && t.day == day && !is_utc(*t.time);
    });
  };
  for (auto& t : all) {
    if (t.witness == Witness::reader || t.witness == Witness::address || !is_utc(*t.time) || is_shown(t.day)) continue;
    auto const hour = t.time->local_s / 3600 - day_of(*t.time) * 24;
    if (hour >= 10 && is_shown(t.day + 1)) {
      ++t.day;
    } else if (hour < 12 && is_shown(t.day - 1)) {
      --t.day;
    }
  }
}

// The day most is said for: each witness counts once a day, with the most it says.
int64_t elect_day(std::vector<Testimony> const& all) {
  int64_t best_day = all.front().day;
  float best = 0;
  for (auto const& candidate : all) {
    std::array<float, static_cast<size_t>(Witness::count_)> most{};
    for (auto const& t : all) {
      auto& known = most[static_cast<size_t>(t.witness)];
      if (t.day == candidate.day) known = std::max(known, t.weight);
    }
    float const sum = std::accumulate(most.begin(), most.end(), 0.0f);
    if (sum > best) {
      best = sum;
      best_day = candidate.day;
    }
  }
  return best_day;
}

// Of those who say the day, one that knows the hour and the offset, if there is one.
Testimony const& spokesman(std::vector<Testimony> const& all, int64_t day) {
  auto const knows = [](Testimony const& t) {
    if (t.time->precision == Time::Precision::day) return 0;
    return t.time->zone == Time::Zone::unknown ? 1 : 2;
  };
  Testimony const* best = nullptr;
  for (auto const& t : all) {
    if (t.day != day || day_of(*t.time) != day) continue;
    if (!best || knows(t) > knows(*best)) best = &t;
  }
  return *best;
}

// The chosen time as the newsroom's own clock shows it, where the page tells: the same instant with its offset, or in
// UTC beside an hour without one. An instant that was moved to the shown day is sought in the scripts too.
Time on_local_clock(Time chosen, std::vector<Testimony> const& all, int64_t day, page::Tree const& tree) {
  std::vector<Time> others;
  for (auto const& t : all) others.push_back(*t.time);
  prefer_local(chosen, others);
  for (auto const& t : all) {
    if (t.day != day || day_of(*t.time) == day) continue;
    Time moved = *t.time;
    prefer_local(moved, others);
    if (is_utc(moved)) moved = local_form_in_scripts(tree, moved).value_or(moved);
    if (day_of(moved) == day) return moved;
  }
  return chosen;
}

}  // namespace

void settle_dates(Evidence const& e, page::Tree const& tree, source::Capture const& capture, Article& a) {
  struct Candidate {
    std::optional<Time> time;
    std::string_view origin;
  };
  auto const choose = [&](std::initializer_list<Candidate> candidates, std::string_view field) -> std::optional<Time> {
    for (auto const& c : candidates) {
      if (!c.time) continue;
      if (later_than_seen(*c.time, capture)) {
        note(a, field, std::string(c.origin) + " is later than the capture: not believed");
        continue;
      }
      note(a, field, c.origin);
      return c.time;
    }
    return {};
  };
  auto const counted = counted_back(e, capture);
  std::vector<Testimony> all;
  for (auto const& t : std::initializer_list<Testimony>{
           {e.linked.published, Witness::linked_data, 2.2f, "JSON-LD"},
           {e.head.claims.published, Witness::meta, says_change(e) ? 1.5f : 3.0f, "a meta element"},
           {e.visible.marked, Witness::microdata, 1.2f, "microdata"},
           {date_in_address(a.url), Witness::address, 2.6f, "the address"},
           {e.visible.labelled, Witness::reader, 3.5f, "words by the headline that say so"},
           {e.visible.time_element, Witness::reader, 2.5f, "a time element by the headline"},
           {e.visible.named, Witness::reader, 2.6f, "an element by the headline that is called a date"},
           {e.visible.written, Witness::reader, 2.3f, "words by the headline"},
           {e.visible.said, Witness::reader, 3.4f, "a sentence that says so"},
           {e.visible.standing, Witness::reader, 1.7f, "the day the page says it stands for"},
           {e.linked_page.published, Witness::linked_data, 2.2f, "JSON-LD of the page"},
           {e.head.weak_date, Witness::meta, 1.5f, "a meta date of unclear meaning"},
           {counted.published, Witness::reader, 1.6f, "words that count back from the capture"},
           {e.visible.opening, Witness::reader, 1.4f, "what a paragraph opens with"},
           {e.visible.anywhere, Witness::reader, 0.7f, "the first date in the page's short lines"}}) {
    if (!t.time) continue;
    if (later_than_seen(*t.time, capture)) {
      note(a, "published", std::string(t.origin) + " is later than the capture: not believed");
      continue;
    }
    all.push_back(t);
    all.back().day = day_of(*t.time);
  }
  if (!all.empty()) {
    move_to_shown_day(all);
    auto const day = elect_day(all);
    auto const& chosen = spokesman(all, day);
    a.published = on_local_clock(*chosen.time, all, day, tree);
    note(a, "published", chosen.origin);
    for (auto const& t : all) {
      if (t.witness <= Witness::microdata && t.day != day) {
        note(a, "published", std::string(t.origin) + " says " + format_rfc3339(*t.time));
      }
    }
  } else {
    a.published = choose({{e.visible.written_modified, "the day of a change, the only one the page shows"},
                          {counted.modified, "words of a change that count back from the capture"},
                          {date_in_title(e), "the page's title"},
                          {date_at_end(e.head.claims.description), "the end of the page's description"},
                          {e.visible.beside, "the only date beside the text"},
                          {published_in_scripts(tree), "a script's data"},
                          {date_in_address(e.head.claims.image), "the image's address"}},
                         "published");
  }
  a.modified = choose({{e.linked.modified, "JSON-LD"},
                       {e.head.claims.modified, "a meta element"},
                       {e.visible.marked_modified, "microdata"},
                       {e.linked_page.modified, "JSON-LD of the page"},
                       {e.visible.written_modified, "words by the headline"},
                       {counted.modified, "words that count back from the capture"},
                       {e.visible.standing, "the day the page says it stands for"}},
                      "modified");
  if (a.modified && a.published && a.modified->epoch_s() < a.published->epoch_s() - 86400) {
    note(a, "modified", "earlier than published");
  }
}

}  // namespace vigie::article
