#include "speech/same_person.hpp"

#include <algorithm>
#include <numeric>

#include "speech/conjugation.hpp"
#include "speech/public_roles.hpp"

namespace vigie::speech {
namespace {

// People as sets of forms; each set is known by its lowest index, its most frequent form.
class People {
 public:
  explicit People(std::span<NameForm const> forms) : forms_(forms), of_(forms.size()) {
    std::iota(of_.begin(), of_.end(), 0u);
  }

  uint32_t of(size_t form) const { return of_[form]; }

  void join(size_t a, size_t b) {
    uint32_t const kept = std::min(of_[a], of_[b]), gone = std::max(of_[a], of_[b]);
    std::ranges::replace(of_, gone, kept);
  }

  uint64_t articles_in_full(uint32_t person) const {
    uint64_t sum = 0;
    for (size_t i = 0; i < of_.size(); ++i) sum += of_[i] == person && !forms_[i].parts.bare() ? forms_[i].articles : 0;
    return sum;
  }

 private:
  std::span<NameForm const> forms_;
  std::vector<uint32_t> of_;
};

bool is_short(PersonName const& name) { return name.bare() || name.given[0].size() == 1; }

// "Macron", where everybody knows who that is.
bool is_public(std::string_view last_name, PersonName const& person) {
  auto const first = known_by_surname(lower_latin(last_name));
  if (first.empty()) return false;
  auto const given = person_name(std::string(first) + " X").given;
  return !given.empty() && given[0] == person.given[0];
}

// The names that differ in spelling alone.
void join_spellings(std::span<NameForm const> forms, People& people) {
  for (size_t i = 0; i < forms.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (forms[i].parts.bare() || forms[j].parts.bare()) continue;
      bool const one = is_form_of(forms[i].parts, forms[j].parts), other = is_form_of(forms[j].parts, forms[i].parts);
      if (one && other) people.join(i, j);
    }
  }
}

// "George Bush" goes to "George W. Bush" unless there is a "George H. W. Bush" too, who is not the same.
void join_longer(std::span<NameForm const> forms, People& people) {
  std::vector<size_t> order(forms.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](size_t i) { return forms[i].parts.given.size(); });
  for (size_t const i : order) {
    if (is_short(forms[i].parts)) continue;
    std::vector<uint32_t> longer;
    for (size_t const j : order) {
      if (people.of(i) == people.of(j) || !is_form_of(forms[i].parts, forms[j].parts)) continue;
      if (std::ranges::find(longer, people.of(j)) == longer.end()) longer.push_back(people.of(j));
    }
    if (longer.size() == 1) people.join(i, longer[0]);
  }
}

// Last names alone, and with an initial.
void join_short(std::span<NameForm const> forms, People& people) {
  std::vector<std::pair<size_t, uint32_t>> joins;
  for (size_t i = 0; i < forms.size(); ++i) {
    auto const& name = forms[i].parts;
    if (!is_short(name) || name.first_name_only) continue;
    uint32_t best = 0;
    uint64_t most = 0, all = 0;
    std::vector<uint32_t> seen;
    for (size_t j = 0; j < forms.size(); ++j) {
      if (is_short(forms[j].parts) || !is_form_of(name, forms[j].parts)) continue;
      if (std::ranges::find(seen, people.of(j)) != seen.end()) continue;
      seen.push_back(people.of(j));
      uint64_t const articles = people.articles_in_full(people.of(j));
      all += articles;
      if (articles > most) most = articles, best = people.of(j);
    }
    if (seen.empty()) continue;
    double const share = is_public(forms[i].name, forms[best].parts) ? kPublicShare : kKnownShare;
    bool const known = most >= kKnownFrom && static_cast<double>(most) >= share * static_cast<double>(all);
    if (known || (!name.bare() && seen.size() == 1)) joins.emplace_back(i, best);
  }
  for (auto const& [form, person] : joins) people.join(form, person);
}

}  // namespace

std::vector<uint32_t> same_person(std::span<NameForm const> forms) {
  auto const looked_at = forms.first(std::min(forms.size(), kFormsMax));
  People people(looked_at);
  join_spellings(looked_at, people);
  join_longer(looked_at, people);
  join_short(looked_at, people);
  std::vector<uint32_t> goes_by(forms.size());
  std::iota(goes_by.begin(), goes_by.end(), 0u);
  for (uint32_t i = static_cast<uint32_t>(looked_at.size()); i-- > 0;) {
    // Most frequent first, so that the last to be written is the most frequent.
    if (is_short(forms[i].parts)) continue;
    for (size_t j = 0; j < looked_at.size(); ++j)
      if (people.of(j) == people.of(i)) goes_by[j] = i;
  }
  return goes_by;
}

}  // namespace vigie::speech
