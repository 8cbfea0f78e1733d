#include "engine/kinships.hpp"

#include "engine/document.hpp"

namespace vigie::engine {
namespace {

kinship::Key key_of(archive::Row row) { return kinship::Key{static_cast<uint64_t>(row)}; }

// A page that only lists others tells of no event and is no copy of any.
bool tells(article::Article const& article) {
  return article.kind == article::Kind::article || article.kind == article::Kind::live;
}

}  // namespace

Kinships::Kinships(archive::Archive& archive) : archive_(archive), kin_(kinship::Kin::open(*this)) {}

Status Kinships::place(archive::Edition& edition, std::optional<archive::Row> superseded, text::Analysis const* words) {
  auto const& article = edition.article;
  int64_t const time_s = order_s(article);
  if (superseded) VIGIE_CHECK(kin_->erase(key_of(*superseded), time_s));
  if (!tells(article)) return superseded ? archive_.leave_kin(edition.row) : Status();
  body_.clear();
  names_.clear();
  for (auto const& block : article.blocks) body_.push_back(block.text);
  for (auto const& mention : edition.speech.mentions) names_.push_back(mention.name);
  kinship::DocumentView const document{
      key_of(edition.row), article.id, time_s, article.language, article.title, article.lede, body_, names_, words};
  VIGIE_TRY(auto const verdict, kin_->add(document));
  VIGIE_CHECK(archive_.keep_kin(edition.row, time_s, verdict));
  if (superseded || verdict.copy_of || !verdict.copied.empty()) return archive_.load_kin(edition);
  edition.story = verdict.story;  // what would be read back: it is new, and no copies are known of it
  return {};
}

Status Kinships::each(int64_t from_s, int64_t to_s, std::function<void(kinship::Kept const&)> const& each) {
  return archive_.each_kin(from_s, to_s, each);
}

}  // namespace vigie::engine
