#include "engine/recompute.hpp"

#include "article/extract.hpp"

namespace vigie::engine {
namespace {

constexpr size_t kGroup = 256;

// Walks the latest editions in groups, each a transaction: none grows with the archive, and an interruption loses one
// group's work.
template <class Change>
Status in_groups(archive::Archive& archive, ReplayProgress const& progress, Change const& change) {
  VIGIE_TRY(auto const totals, archive.totals());
  archive::Row at{0};
  while (true) {
    std::vector<archive::Edition> group;
    VIGIE_CHECK(archive.each_latest(at, [&](archive::Edition&& edition) {
      group.push_back(std::move(edition));
      return group.size() < kGroup;
    }));
    if (group.empty()) return {};
    at = group.back().row;
    VIGIE_CHECK(archive.begin());
    for (auto& edition : group) {
      if (auto const changed = change(edition); !changed) {
        archive.rollback();
        return changed;
      }
    }
    VIGIE_CHECK(archive.commit());
    if (progress) progress({static_cast<uint64_t>(at), static_cast<uint64_t>(totals.last_row)});
  }
}

}  // namespace

archive::Analysers own_analysers() { return {speech::kAnalystVersion, kinship::kKinshipVersion}; }

Status extract_again(archive::Archive& archive, ReplayProgress const& progress) {
  article::Extractor extractor;
  speech::Analyst analyst;
  return in_groups(archive, progress, [&](archive::Edition const& edition) -> Status {
    VIGIE_TRY(auto const capture, archive.capture(edition.row));
    auto again = extractor.extract(capture);
    if (!again) return {};
    again->id = edition.article.id;  // an identity, once given out, stays
    again->seen = edition.article.seen;
    return *again == edition.article ? Status() : archive.revise(edition.row, *again, analyst.analyse(*again));
  });
}

Status find_again(archive::Archive& archive, Kinships& kinships, ReplayProgress const& progress) {
  VIGIE_CHECK(archive.begin_kin());
  kinships.forget();
  speech::Analyst analyst;
  VIGIE_CHECK(in_groups(archive, progress, [&](archive::Edition& edition) -> Status {
    auto again = analyst.analyse(edition.article);
    if (again != edition.speech) {
      VIGIE_CHECK(archive.revise_speech(edition.row, again));
      edition.speech = std::move(again);
    }
    return kinships.place(edition, std::nullopt);
  }));
  return archive.set_analysers(own_analysers());
}

}  // namespace vigie::engine
