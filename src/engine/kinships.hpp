// kinships.hpp: kinship/ wired to the catalogue: each article is shown to it once its row is known, and what it finds
// is kept in the same transaction. Threads: the writer's only.
#pragma once

#include <memory>
#include <vector>

#include "archive/archive.hpp"
#include "kinship/kin.hpp"

namespace vigie::engine {

class Kinships final : public kinship::Keeper {
 public:
  explicit Kinships(archive::Archive&);

  // The latest edition of an article, just added, with the row it replaces. Sets its story, original and copy group;
  // what became of others stands in Archive::regrouped(). Inside the archive's transaction. Errors: the archive's.
  // `words`: its analysis (document.hpp), where there is one.
  Status place(archive::Edition&, std::optional<archive::Row> superseded, text::Analysis const* words = nullptr);

  // After a rollback, a removal, or anything else that changed what is kept.
  void forget() { kin_->forget(); }

  Status each(int64_t from_s, int64_t to_s, std::function<void(kinship::Kept const&)> const&) override;

 private:
  archive::Archive& archive_;
  std::unique_ptr<kinship::Kin> kin_;
  std::vector<std::string_view> body_, names_;
};

}  // namespace vigie::engine
