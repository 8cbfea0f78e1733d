#include "engine/widened_query.hpp"

#include <algorithm>
#include <ranges>

#include "engine/named.hpp"
#include "query/parse.hpp"

namespace vigie::engine {
namespace {

using query::Node;
using query::NodeIndex;
using query::NodeKind;

bool asks_person(Node const& node) {
  return node.kind == NodeKind::author && !node.words.empty() &&
         (node.names == query::NameKind::person || node.names == query::NameKind::speaker);
}

std::string written(Node const& node) {
  std::string out;
  for (auto const& word : node.words) out += (out.empty() ? "" : " ") + word.surface;
  return out;
}

// The other names of whom one node asks for.
struct Others {
  std::vector<size_t> full;       // forms with a first name
  std::vector<size_t> alone;      // last names that are nobody else's
  std::vector<size_t> in_story;   // last names that stories resolve
  std::vector<uint64_t> stories;  // these stories, newest id last
  std::vector<uint32_t> people;   // whom is asked for
};

bool holds(std::vector<uint32_t> const& people, uint32_t person) {
  return std::ranges::find(people, person) != people.end();
}

Others others_of(Node const& node, speech::PersonName const& asked_for, Bearers const& bearers) {
  Others out;
  std::vector<bool> asked(bearers.forms.size());
  for (size_t i = 0; i < asked.size(); ++i) {
    asked[i] = is_named(node, bearers.forms[i].name);
    // Also where no article writes the name as it was asked for.
    bool const meant = asked[i] || (!asked_for.bare() && speech::is_form_of(asked_for, bearers.forms[i].parts));
    if (meant && !holds(out.people, bearers.goes_by[i])) out.people.push_back(bearers.goes_by[i]);
  }
  for (size_t i = 0; i < asked.size(); ++i) {
    auto const& name = bearers.forms[i].parts;
    if (asked[i]) continue;
    if (holds(out.people, bearers.goes_by[i])) {
      (name.bare() ? out.alone : out.full).push_back(i);
    } else if (name.bare() && !name.first_name_only) {
      bool const theirs = std::ranges::any_of(
          out.people, [&](uint32_t person) { return speech::is_form_of(name, bearers.forms[person].parts); });
      if (theirs) out.in_story.push_back(i);
    }
  }
  if (out.in_story.empty()) return out;
  for (auto const& [story, here] : bearers.in_story) {
    if (here.alone && holds(out.people, here.person) && out.stories.size() < kStoriesMax) out.stories.push_back(story);
  }
  return out;
}

// Writes the nodes anew: children stand before their parents.
class Widening {
 public:
  Widening(query::ParsedQuery query, People& people) : old_(std::move(query)), people_(people) {}

  query::ParsedQuery run() {
    std::vector<NodeIndex> moved;
    for (auto& node : old_.nodes) {
      for (auto& child : node.children) child = moved[child];
      moved.push_back(asks_person(node) ? widen(std::move(node)) : add(std::move(node)));
    }
    old_.nodes = std::move(nodes_);
    old_.root = moved[old_.root];
    for (auto& word : old_.bare_words) word = moved[word];
    return std::move(old_);
  }

 private:
  NodeIndex add(Node node) {
    nodes_.push_back(std::move(node));
    return static_cast<NodeIndex>(nodes_.size() - 1);
  }

  NodeIndex group(NodeKind kind, std::vector<NodeIndex> children) {
    if (children.size() == 1 && kind != NodeKind::negation) return children[0];
    Node node;
    node.kind = kind;
    node.children = std::move(children);
    return add(std::move(node));
  }

  NodeIndex named(std::string name, query::NameKind kind) {
    std::erase(name, '"');
    Node node = query::parse("person:\"" + name + "\"", {}).root_node();
    node.names = kind;
    return add(std::move(node));
  }

  NodeIndex story(uint64_t number) {
    Node node;
    node.kind = NodeKind::story;
    node.number = number;
    return add(std::move(node));
  }

  NodeIndex widen(Node node) {
    std::string const name = written(node);
    auto const kind = node.names;
    auto const asked_for = speech::person_name(name);
    if (asked_for.first_name_only) return add(std::move(node));
    auto const& bearers = people_.bearers(name);
    auto const others = others_of(node, asked_for, bearers);
    std::vector<NodeIndex> ways{add(std::move(node))};
    for (size_t const i : others.full) ways.push_back(named(bearers.forms[i].name, kind));
    for (size_t const i : others.alone) ways.push_back(nobody_else(bearers, others, i, kind));
    if (!others.stories.empty()) {
      std::vector<NodeIndex> names, stories;
      for (size_t const i : others.in_story) names.push_back(named(bearers.forms[i].name, kind));
      for (uint64_t const number : others.stories) stories.push_back(story(number));
      auto const name_of = group(NodeKind::disjunction, std::move(names));
      auto const story_of = group(NodeKind::disjunction, std::move(stories));
      ways.push_back(group(NodeKind::conjunction, {name_of, story_of}));
    }
    return group(NodeKind::disjunction, std::move(ways));
  }

  // Articles with this last name and none of the others who bear it.
  NodeIndex nobody_else(Bearers const& bearers, Others const& others, size_t form, query::NameKind kind) {
    auto const own = named(bearers.forms[form].name, kind);
    std::vector<NodeIndex> strangers;
    for (size_t i = 0; i < bearers.forms.size(); ++i) {
      if (bearers.forms[i].parts.bare() || holds(others.people, bearers.goes_by[i])) continue;
      if (is_named(nodes_[own], bearers.forms[i].name)) strangers.push_back(named(bearers.forms[i].name, kind));
    }
    if (strangers.empty()) return own;
    auto const any = group(NodeKind::disjunction, std::move(strangers));
    auto const none = group(NodeKind::negation, {any});
    return group(NodeKind::conjunction, {own, none});
  }

  query::ParsedQuery old_;
  People& people_;
  std::vector<Node> nodes_;
};

}  // namespace

query::ParsedQuery widened(query::ParsedQuery query, People& people) {
  if (std::ranges::none_of(query.nodes, asks_person)) return query;
  return Widening(std::move(query), people).run();
}

}  // namespace vigie::engine
