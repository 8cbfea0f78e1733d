#include "engine/replay.hpp"

#include "engine/document.hpp"

namespace vigie::engine {
namespace {

constexpr uint64_t kSealAfter = 3000;  // fewer replayed rows are read again at the next start, or sealed by the writer

uint64_t number(archive::Row row) { return static_cast<uint64_t>(row); }

}  // namespace

Status regroup(archive::Archive& archive, index::Index& index, uint64_t& last) {
  VIGIE_TRY(auto const changes, archive.regrouped(last));
  for (auto const& change : changes) {
    index.regroup(number(change.row), change.copy_group, change.story);
    last = change.change;
  }
  return {};
}

Status seal(archive::Archive& archive, index::Index& index, uint64_t covered_row) {
  VIGIE_CHECK(index.seal(covered_row));
  return archive.forget_regrouped();
}

Status catch_up(archive::Archive& archive, index::Index& index, ReplayProgress const& progress) {
  VIGIE_TRY(auto const totals, archive.totals());
  uint64_t const covered = index.covered_row(), last = number(totals.last_row);
  VIGIE_TRY(auto const dead, archive.dead_since(archive::Row{covered}));
  Status sealed;
  uint64_t read = 0, newest = covered;
  VIGIE_CHECK(archive.each_latest(archive::Row{covered}, [&](archive::Edition&& edition) {
    index.add(document_of(edition));
    newest = number(edition.row);
    if (++read % 1024 == 0 && progress) progress({newest - covered, last - covered});
    if (index.wants_seal()) sealed = index.seal(newest);
    return sealed.has_value();
  }));
  VIGIE_CHECK(sealed);
  for (auto const row : dead) index.erase(number(row));
  uint64_t last_change = 0;
  VIGIE_CHECK(regroup(archive, index, last_change));
  index.publish();
  if (!dead.empty()) {  // an interrupted removal ends here
    VIGIE_CHECK(index.purge());
    VIGIE_CHECK(archive.forget_removed());
  }
  if (read >= kSealAfter) return seal(archive, index, newest);
  return {};
}

Status rebuild(archive::Archive& archive, index::Index& index, ReplayProgress const& progress) {
  VIGIE_CHECK(index.clear());
  VIGIE_CHECK(catch_up(archive, index, progress));
  VIGIE_TRY(auto const totals, archive.totals());
  return seal(archive, index, number(totals.last_row));
}

Status purge(archive::Archive& archive, index::Index& index, std::vector<archive::Row> const& rows) {
  for (auto const row : rows) index.erase(number(row));
  uint64_t last_change = 0;
  VIGIE_CHECK(regroup(archive, index, last_change));
  index.publish();
  VIGIE_CHECK(index.purge());
  return archive.forget_removed();
}

}  // namespace vigie::engine
