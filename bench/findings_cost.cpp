// findings_cost: what finding costs an article: processor time of speech/ (quotes, names) and kinship/ (copies,
// stories), apart, one thread, everything in memory. usage: findings_cost CORPUS.jsonl [ARTICLES]
// The last line is a digest of all that was found: what is only made faster keeps it.
#include <bit>
#include <cstdio>
#include <ctime>
#include <fstream>

#include "article/record.hpp"
#include "base/hash.hpp"
#include "base/zone.hpp"
#include "kinship/kin.hpp"
#include "speech/speech.hpp"

namespace vigie {
namespace {

struct NothingKept : kinship::Keeper {  // what leaves memory is not asked for again
  Status each(int64_t, int64_t, std::function<void(kinship::Kept const&)> const&) override { return {}; }
};

double seconds() { return static_cast<double>(clock()) / CLOCKS_PER_SEC; }

// Of everything told to it, in this order.
class Digest {
 public:
  void tell(std::string_view bytes) { state_ = hash64(bytes, state_ ^ bytes.size()); }
  void tell(uint64_t number) { tell(std::string_view(reinterpret_cast<char const*>(&number), sizeof number)); }
  void tell_any(std::optional<std::string> const& bytes) { tell(bytes ? std::string_view(*bytes) : "-"); }
  void tell(kinship::Key key) { tell(static_cast<uint64_t>(key)); }
  void tell(kinship::StoryId story) { tell(static_cast<uint64_t>(story)); }
  void tell(float value) { tell(uint64_t{std::bit_cast<uint32_t>(value)}); }

  void tell(speech::Speech const& speech) {
    for (auto const& quote : speech.quotes) {
      tell(quote.text), tell_any(quote.speaker), tell_any(quote.speaker_surface), tell_any(quote.cue);
      tell(static_cast<uint64_t>(quote.type)), tell(uint64_t{quote.group});
      tell(uint64_t{quote.begin}), tell(uint64_t{quote.end});
    }
    for (auto const& mention : speech.mentions) {
      tell(mention.name), tell(static_cast<uint64_t>(mention.kind)), tell(uint64_t{mention.count});
      for (auto const& surface : mention.surfaces) tell(surface);
    }
  }

  void tell(kinship::Verdict const& verdict) {
    if (verdict.copy_of) tell(verdict.copy_of->key), tell(verdict.copy_of->share), tell(verdict.copy_of->kept);
    tell(verdict.story), tell(verdict.trace), tell(verdict.reason.likeness);
    if (verdict.reason.closest) tell(*verdict.reason.closest);
    for (auto const& name : verdict.reason.names) tell(name);
    for (auto const& word : verdict.reason.words) tell(word);
    for (auto const& moved : verdict.moved) tell(moved.key), tell(moved.story);
    for (auto const& merged : verdict.merged) tell(merged.from), tell(merged.into);
    for (auto const& copied : verdict.copied) tell(copied.key), tell(copied.of.key), tell(copied.of.share);
  }

  uint64_t value() const { return state_; }

 private:
  uint64_t state_ = 0;
};

int run(char const* path, size_t most) {
  std::vector<article::Article> articles;
  article::Json json;
  std::ifstream file(path);
  for (std::string line; articles.size() < most && std::getline(file, line);) {
    auto article = article::article_of_record(line, json);
    if (article) articles.push_back(std::move(*article));
  }
  speech::Analyst analyst;
  double begin = seconds();
  size_t quotes = 0, mentions = 0;
  std::vector<std::vector<std::string>> names;
  Digest digest;
  for (auto const& article : articles) {
    auto const speech = analyst.analyse(article);
    digest.tell(speech);
    quotes += speech.quotes.size();
    mentions += speech.mentions.size();
    names.emplace_back();
    for (auto const& mention : speech.mentions) names.back().push_back(mention.name);
  }
  auto const report = [&](char const* what) {
    double const spent = seconds() - begin;
    std::printf("%-10s %7.1f us/article %7.0f articles/s\n", what, 1e6 * spent / static_cast<double>(articles.size()),
                static_cast<double>(articles.size()) / spent);
  };
  report("speech");
  std::printf("           %016llx\n", static_cast<unsigned long long>(digest.value()));
  NothingKept keeper;
  auto const kin = kinship::Kin::open(keeper);
  begin = seconds();
  uint64_t key = 0, copies = 0, bytes = 0;
  for (auto const& article : articles) {
    std::vector<std::string_view> const body = [&] {
      std::vector<std::string_view> blocks;
      for (auto const& block : article.blocks) blocks.push_back(block.text);
      return blocks;
    }();
    std::vector<std::string_view> const named(names[key].begin(), names[key].end());
    auto const verdict =
        kin->add({kinship::Key{++key}, article.id, article.published ? instant_s(*article.published) : 0,
                  article.language, article.title, article.lede, body, named});
    if (!verdict) return 1;
    digest.tell(*verdict);
    copies += verdict->copy_of.has_value();
    bytes += verdict->trace.size();
  }
  report("kinship");
  std::printf("%zu articles, %zu quotes, %zu mentions, %llu copies, %llu bytes of traces\n", articles.size(), quotes,
              mentions, static_cast<unsigned long long>(copies), static_cast<unsigned long long>(bytes));
  std::printf("%016llx\n", static_cast<unsigned long long>(digest.value()));
  return 0;
}

}  // namespace
}  // namespace vigie

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: findings_cost CORPUS.jsonl [ARTICLES]\n"), 2;
  return vigie::run(argv[1], argc > 2 ? std::strtoull(argv[2], nullptr, 10) : SIZE_MAX);
}
