// A segment of arbitrary bytes, its checksums made right so that the readers behind them are reached: nothing is read
// outside the file, lists ascend and stay within the documents.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/coding.hpp"
#include "base/hash.hpp"
#include "index/merge.hpp"
#include "index/segment.hpp"

using namespace vigie;
using namespace vigie::index;

namespace {

void put_hash(std::string& bytes, size_t at, std::string_view of) {
  std::string hash;
  put_fixed(hash, hash64(of));
  bytes.replace(at, 8, hash);
}

void make_right(std::string& bytes) {
  if (bytes.size() < kHeaderBytes) return;
  for (size_t i = 0; i < kSections.size(); ++i) {
    size_t const entry = 24 + i * 24;
    ByteCursor cursor(std::string_view(bytes).substr(entry));
    auto const offset = cursor.fixed<uint64_t>(), size = cursor.fixed<uint64_t>();
    if (offset > bytes.size() || size > bytes.size() - offset) continue;
    put_hash(bytes, entry + 16, std::string_view(bytes).substr(offset, size));
  }
  put_hash(bytes, kHeaderBytes - 8, std::string_view(bytes).substr(0, kHeaderBytes - 8));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  std::string bytes(reinterpret_cast<char const*>(data), size);
  make_right(bytes);
  auto const opened = Segment::in_memory(std::move(bytes));
  if (!opened) return 0;
  Segment const& segment = **opened;
  if (segment.documents() > 100'000) return 0;
  std::vector<Occurrence> occurrences;
  size_t left = 100'000;
  for (auto cursor = segment.terms().seek(""); cursor.valid() && left > 0; cursor.next()) {
    auto const term = segment.decode(cursor);
    if (!term) continue;
    DocId least = 0;
    for (auto postings = segment.open_postings(*term); postings.doc() != kNoMoreDocs && left > 0;
         postings.next(), --left) {
      if (postings.doc() < least || postings.doc() >= segment.documents()) std::abort();
      least = postings.doc() + 1;
      postings.bound(postings.doc());
      postings.counts();
      postings.occurrences(occurrences);
      for (auto const& at : occurrences) {
        if (at.variant >= term->variants.size()) std::abort();
      }
    }
    auto postings = segment.open_postings(*term);
    for (DocId doc = postings.doc(); doc != kNoMoreDocs; doc = postings.seek(doc + doc / 2 + 1)) postings.bound(doc);
  }
  for (DocId doc = 0; doc < segment.documents(); doc += 1 + segment.documents() / 1000) {
    segment.find_row(segment.row(doc));
    segment.in_story(segment.story(doc));
    segment.names(Names::people).each(doc, [&](uint32_t name) { segment.names(Names::people).name(name); });
  }
  if (segment.documents() < 1000 && size < 20'000) merge(std::vector<SegmentRef>{{*opened, nullptr, 0}});
  return 0;
}
