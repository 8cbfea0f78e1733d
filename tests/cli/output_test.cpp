#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "cli/csv.hpp"
#include "cli/markdown.hpp"
#include "cli/options.hpp"
#include "cli/streams.hpp"

namespace vigie::cli {
namespace {

std::string row(std::initializer_list<std::string_view> cells) {
  std::vector<std::string_view> const list(cells);
  return csv_row(list);
}

TEST(Csv, cells_that_need_it_are_quoted) {
  EXPECT_EQ(row({"a", "b,c", "d\"e", "f\ng", ""}), "a,\"b,c\",\"d\"\"e\",\"f\ng\",\n");
}

TEST(Csv, a_formula_is_defused) { EXPECT_EQ(row({"=HYPERLINK(1)", "-2"}), "\"'=HYPERLINK(1)\",\"'-2\"\n"); }

TEST(Printable, control_and_direction_characters_do_not_reach_a_terminal) {
  EXPECT_EQ(printable("a\x1b[31mb\xC2\x9B\xE2\x80\xAE\x7F\xFF"), "a [31mb   \xEF\xBF\xBD");
}

std::string said_elsewhere_than_on_a_terminal(std::optional<std::chrono::seconds> every) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  {
    Output err(ends[1]);
    ProgressBar progress(err, every);
    progress.show(1, 8, "preparing the index");
  }
  ::close(ends[1]);
  std::string text(1000, '\0');
  text.resize(static_cast<size_t>(std::max<ssize_t>(0, ::read(ends[0], text.data(), text.size()))));
  ::close(ends[0]);
  return text;
}

TEST(ProgressBar, a_log_is_told_in_lines_where_that_was_asked_for_and_nothing_otherwise) {
  EXPECT_EQ(said_elsewhere_than_on_a_terminal(std::chrono::seconds(0)), "vigie: preparing the index, 12 %\n");
  EXPECT_EQ(said_elsewhere_than_on_a_terminal(std::chrono::hours(1)), "");
  EXPECT_EQ(said_elsewhere_than_on_a_terminal({}), "");
}

TEST(Markdown, text_of_the_page_is_not_markup) {
  article::Article article;
  article.title = "Un <b>titre</b> *fort*";
  article.lede = "Chapô";
  article.lede_in_text = true;
  article.blocks = {{article::BlockKind::heading, 3, "Intertitre"},
                    {article::BlockKind::item, 0, "un"},
                    {article::BlockKind::item, 0, "deux"},
                    {article::BlockKind::paragraph, 0, "1. pas une liste"},
                    {article::BlockKind::paragraph, 0, "# pas un titre"},
                    {article::BlockKind::quote, 0, "cité"}};
  EXPECT_EQ(markdown(article),
            "# Un \\<b\\>titre\\</b\\> \\*fort\\*\n\n**Chapô**\n\n### Intertitre\n\n- un\n- deux\n\n"
            "1\\. pas une liste\n\n\\# pas un titre\n\n> cité\n\n");
}

std::variant<Options, Spoken> parsed(std::vector<std::string> arguments) { return parse_options(arguments); }

TEST(Options, usage_errors_have_exit_code_2_and_help_has_0) {
  for (auto const& wrong : std::vector<std::vector<std::string>>{{},
                                                                 {"frobnicate"},
                                                                 {"search"},
                                                                 {"latest", "--limit", "x"},
                                                                 {"extract"},
                                                                 {"search", "a", "--sort", "size"}}) {
    auto const result = parsed(wrong);
    ASSERT_TRUE(std::holds_alternative<Spoken>(result));
    EXPECT_EQ(std::get<Spoken>(result).exit_code, 2);
  }
  for (char const* command :
       {"ingest", "extract", "latest", "search", "show", "export", "remove", "serve", "stats", "reindex", "check"}) {
    auto const result = parsed({command, "--help"});
    ASSERT_TRUE(std::holds_alternative<Spoken>(result)) << command;
    EXPECT_EQ(std::get<Spoken>(result).exit_code, 0);
    EXPECT_NE(std::get<Spoken>(result).text.find(std::string("vigie ") + command), std::string::npos) << "an example";
  }
}

TEST(Options, a_query_that_begins_with_a_minus_goes_behind_two) {
  auto const result = parsed({"search", "--data", "/d", "--json", "--", "-syrie idleb"});
  ASSERT_TRUE(std::holds_alternative<Options>(result));
  EXPECT_EQ(std::get<Options>(result).query, "-syrie idleb");
  EXPECT_TRUE(std::get<Options>(result).json);
}

TEST(Options, the_data_directory_is_absolute) {
  auto const result = parsed({"stats", "--data", "some/../dir"});
  ASSERT_TRUE(std::holds_alternative<Options>(result));
  EXPECT_TRUE(std::get<Options>(result).data.ends_with("/dir"));
  EXPECT_TRUE(std::get<Options>(result).data.starts_with("/"));
}

}  // namespace
}  // namespace vigie::cli
