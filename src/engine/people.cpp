#include "engine/people.hpp"

#include <algorithm>
#include <bitset>

#include "index/segment.hpp"

namespace vigie::engine {
namespace {

// A name of the articles looked at, and the stories in which it stands.
struct Found {
  speech::PersonName parts;
  uint32_t articles = 0;
  std::vector<uint64_t> stories;
};
using FoundNames = std::map<std::string, Found, std::less<>>;

// Counts the names of one last name as articles go by, newest first.
class Census {
 public:
  Census(std::string key, std::vector<std::string> const& ways, uint32_t left) : key_(std::move(key)), left_(left) {
    for (auto const& way : ways) initials_[static_cast<unsigned char>(way[0])] = true;
  }

  void read(index::SegmentRef const& ref, std::string_view word) {
    auto const& segment = *ref.segment;
    auto const term = segment.find(index::kPeople, word);
    if (!term) return;
    auto const& table = segment.names(index::Names::people);
    for (auto at = segment.open_postings(*term); at.doc() != index::kNoMoreDocs && left_ > 0; at.next()) {
      if (ref.is_erased(at.doc())) continue;
      --left_;
      uint64_t const story = ref.story(at.doc());
      table.each(at.doc(), [&](uint32_t ordinal) {
        if (Found* const found = name(segment, table, ordinal)) ++found->articles, found->stories.push_back(story);
      });
    }
  }
  FoundNames take() { return std::move(names_); }

 private:
  // False where no word begins as the last name does: most names of an article, told without taking them apart.
  bool may_bear(std::string_view text) const {
    bool within_word = false;
    for (char const c : text) {
      auto const byte = static_cast<unsigned char>(c);
      if (byte >= 0x80) return true;
      unsigned const lower = byte | 0x20u;
      bool const is_letter = lower - 'a' < 26;
      if (is_letter && !within_word && initials_[lower]) return true;
      within_word = is_letter;
    }
    return false;
  }

  // Null where it is of another last name.
  Found* name(index::Segment const& segment, index::NameTable const& table, uint32_t ordinal) {
    if (&segment != segment_) segment_ = &segment, by_ordinal_.clear();
    auto const [at, fresh] = by_ordinal_.try_emplace(ordinal, nullptr);
    if (!fresh) return at->second;
    auto const text = table.name(ordinal);
    if (!may_bear(text)) return nullptr;
    auto parts = speech::person_name(text);
    if (parts.last.empty() || speech::spelling_key(parts.last) != key_) return nullptr;
    auto& found = names_[std::string(text)];
    found.parts = std::move(parts);
    return at->second = &found;
  }

  std::string const key_;
  std::bitset<256> initials_;  // of the last name's spellings
  uint32_t left_;
  FoundNames names_;
  index::Segment const* segment_ = nullptr;
  std::unordered_map<uint32_t, Found*> by_ordinal_;  // of segment_
};

void note(Bearers& bearers, uint32_t form, uint64_t story) {
  auto& here = bearers.in_story[story];
  if (bearers.forms[form].parts.bare()) {
    here.alone = true;
  } else if (here.person == Bearers::kNobody) {
    here.person = bearers.goes_by[form];
  } else if (here.person != bearers.goes_by[form]) {
    here.person = Bearers::kSeveral;
  }
}

}  // namespace

size_t Bearers::find(std::string_view name) const {
  return static_cast<size_t>(std::ranges::find(forms, name, &speech::NameForm::name) - forms.begin());
}

uint32_t Bearers::person(size_t form, uint64_t story) const {
  uint32_t const usual = goes_by[form];
  auto const& name = forms[form].parts;
  if (!name.bare() || name.first_name_only || story == 0) return usual;
  auto const at = in_story.find(story);
  if (at == in_story.end() || at->second.person == kNobody) return usual;
  uint32_t const named = at->second.person;
  if (named == kSeveral) return static_cast<uint32_t>(form);
  return speech::is_form_of(name, forms[named].parts) ? named : static_cast<uint32_t>(form);
}

Bearers People::look_up(std::string_view last) const {
  auto const ways = speech::spellings(last);
  Census census(speech::spelling_key(last), ways, looked_at_);
  for (auto const& ref : snapshot_.segments()) {
    for (auto const& way : ways) census.read(ref, way);
  }
  Bearers out;
  auto const found = census.take();
  for (auto const& [name, of] : found) out.forms.push_back({name, of.articles, of.parts});
  std::ranges::stable_sort(out.forms, std::greater{}, &speech::NameForm::articles);
  if (out.forms.size() > speech::kFormsMax) out.forms.resize(speech::kFormsMax);
  out.goes_by = speech::same_person(out.forms);
  for (uint32_t i = 0; i < out.forms.size(); ++i) {
    for (uint64_t const story : found.find(out.forms[i].name)->second.stories) {
      if (story != 0) note(out, i, story);
    }
  }
  return out;
}

Bearers const& People::bearers(std::string_view name) {
  auto const last = speech::person_name(name).last;
  auto& known = known_[speech::spelling_key(last)];
  if (!known) known = std::make_unique<Bearers>(last.empty() ? Bearers{} : look_up(last));
  return *known;
}

std::string People::known_as(std::string_view name, uint64_t story) {
  auto const& of = bearers(name);
  size_t const form = of.find(name);
  return form < of.forms.size() ? of.forms[of.person(form, story)].name : std::string(name);
}

std::vector<std::string> People::all_names(std::string_view name, uint64_t story) {
  std::vector<std::string> names{std::string(name)};
  auto const& of = bearers(name);
  size_t const form = of.find(name);
  if (form == of.forms.size()) return names;
  uint32_t const person = of.person(form, story);
  for (size_t i = 0; i < of.forms.size(); ++i) {
    if (i != form && of.goes_by[i] == person) names.push_back(of.forms[i].name);
  }
  return names;
}

}  // namespace vigie::engine
