// The WARC and ARC files of warcio, FastWARC, jwarc and webarchive-commons: how many whole records each holds, and that
// damage is said where it is.
#include <gtest/gtest.h>

#include <iostream>

#include "source/fixture.hpp"
#include "source/suite.hpp"

namespace vigie::source {
namespace {

struct Archive {
  char const* name;
  uint64_t records;  // read whole, request and metadata records among them
  bool damaged;      // something in it is reported
};

constexpr Archive kArchives[] = {
#include "source/archives_table.inc"
};

TEST(Archives, RecordsAreCountedAndDamageIsReported) {
  VIGIE_NEEDS_SUITE(folder, "warc");
  Tally tally("WARC and ARC files");
  for (auto const& archive : kArchives) {
    auto reader = open_path((*folder / archive.name).string());
    ASSERT_TRUE(reader) << archive.name;
    auto const items = read_all(**reader);
    auto const at = (*reader)->progress();
    bool const met = at.records == archive.records && (at.damaged > 0) == archive.damaged;
    std::string miss = std::string(archive.name) + ": " + std::to_string(at.records) + " records, " +
                       std::to_string(at.damaged) + " damaged; expected " + std::to_string(archive.records);
    for (auto const& item : items) {
      if (!item.capture) miss += "\n      " + std::to_string(item.position) + ": " + item.capture.error().message;
    }
    tally.add(met, miss);
  }
  std::cout << tally.report() << std::endl;
  EXPECT_EQ(tally.share(), 1);
}

}  // namespace
}  // namespace vigie::source
