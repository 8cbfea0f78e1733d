#include "base/time.hpp"

#include <gtest/gtest.h>

namespace vigie {
namespace {

TEST(Time, is_written_with_the_offset_it_was_given) {
  for (char const* text : {"2018-09-07T18:42:00+02:00", "2018-09-07T18:42:00Z", "2018-09-07T18:42:00",
                           "2018-09-07T18:42:59-11:30", "2018-09-07", "0001-01-01", "9999-12-31T23:59:59Z"}) {
    auto const time = parse_rfc3339(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(format_rfc3339(*time), text);
  }
}

TEST(Time, forms_met_in_the_wild_are_read) {
  EXPECT_EQ(format_rfc3339(*parse_rfc3339("2018-09-07 18:42")), "2018-09-07T18:42:00");
  EXPECT_EQ(format_rfc3339(*parse_rfc3339("2018-09-07T18:42:07.123456+0200")), "2018-09-07T18:42:07+02:00");
  EXPECT_EQ(format_rfc3339(*parse_rfc3339("2018-09-07T18:42:07 +02")), "2018-09-07T18:42:07+02:00");
}

TEST(Time, what_is_no_date_is_refused) {
  for (char const* text :
       {"", "2018", "2018-02-30", "2018-13-01", "2018-00-10", "2018-09-07T25:00:00Z", "2018-09-07T18", "2018-09-07x",
        "2018-09-07T18:42:00+25:00", "2018-09-07T18:42:00Zjunk", "0000-01-01"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(Time, epoch_takes_the_offset_away) {
  EXPECT_EQ(parse_rfc3339("1970-01-01T02:00:00+02:00")->epoch_s(), 0);
  EXPECT_EQ(parse_rfc3339("2000-02-29T00:00:00Z")->epoch_s(), 951782400);
}

TEST(Time, days_and_dates_agree_over_twelve_centuries) {
  Date previous = date_from_days(-300000);
  for (int64_t day = -299999; day < 200000; ++day) {
    Date const date = date_from_days(day);
    ASSERT_LT(previous, date);
    ASSERT_EQ(days_from_date(date), day);
    ASSERT_TRUE(valid_date(date.year, date.month, date.day));
    previous = date;
  }
}

}  // namespace
}  // namespace vigie
