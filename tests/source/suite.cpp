#include "source/suite.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "base/utf8.hpp"
#include "source/ascii.hpp"
#include "source/fixture.hpp"

namespace vigie::source {
namespace {

namespace fs = std::filesystem;

// Unpacked into a folder of this process's own, removed at exit.
class Unpacked {
 public:
  explicit Unpacked(std::string const& name) {
    std::string const archive = shared("data/conformance.tar.xz");
    std::string const command =
        "tar xJf '" + archive + "' -C '" + folder_.path() + "' --wildcards '*" + name + "/*' 2>/dev/null";
    if (archive.empty() || std::system(command.c_str()) != 0) return;
    for (auto const& entry : fs::recursive_directory_iterator(folder_.path())) {
      if (!found_ && entry.is_directory() && entry.path().filename() == name) found_ = entry.path();
    }
  }
  std::optional<fs::path> found() const { return found_; }

 private:
  TemporaryFolder folder_;
  std::optional<fs::path> found_;
};

void append_reference(std::string& out, std::string_view name) {
  if (name.starts_with('#')) {
    uint32_t code = 0;
    bool const hex = name.size() > 1 && lower(name[1]) == 'x';
    auto const digits = name.substr(hex ? 2 : 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    append_code_point(out, code);
  } else {
    out += name == "lt" ? "<" : name == "gt" ? ">" : name == "amp" ? "&" : name == "quot" ? "\"" : "'";
  }
}

// The length of a script or style element that begins here; 0 where none does.
size_t unseen_element(std::string_view html) {
  for (std::string_view const name : {"<script", "<style"}) {
    if (!starts_nocase(html, name)) continue;
    size_t const end = to_lower(html).find("</" + std::string(name.substr(1)));
    return end == std::string_view::npos ? html.size() : std::min(html.find('>', end), html.size() - 1) + 1;
  }
  return 0;
}

}  // namespace

std::optional<fs::path> suite(std::string const& name) {
  static std::map<std::string, Unpacked> unpacked;
  return unpacked.try_emplace(name, name).first->second.found();
}

std::string read_file(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files_below(fs::path const& folder, std::string_view suffix) {
  std::vector<fs::path> files;
  for (auto const& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().native().ends_with(suffix)) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string seen_text(std::string_view html) {
  std::string out;
  for (size_t i = 0; i < html.size(); ++i) {
    char const c = html[i];
    size_t const semicolon = c == '&' ? html.substr(i, 12).find(';') : std::string_view::npos;
    if (auto const unseen = unseen_element(html.substr(i)); unseen > 0) {
      i += unseen - 1;
    } else if (c == '<' && i + 1 < html.size() && (is_alpha(html[i + 1]) || html[i + 1] == '/' || html[i + 1] == '!')) {
      i = std::min(html.find('>', i), html.size());
    } else if (semicolon != std::string_view::npos) {
      append_reference(out, html.substr(i + 1, semicolon - 1));
      i += semicolon;
    } else if (!is_blank(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return std::string(trim(out));
}

bool same(std::string_view found, std::string_view expected) {
  return found == expected || trim(found) == trim(expected) || seen_text(found) == seen_text(expected) ||
         seen_text(found) == trim(expected);
}

void Tally::add(bool met, std::string const& miss) {
  ++total_;
  if (met) {
    ++met_;
  } else {
    misses_.push_back(miss);
  }
}

std::string Tally::report() const {
  std::string out = what_ + ": " + std::to_string(met_) + " of " + std::to_string(total_);
  for (auto const& miss : misses_) out += "\n  missed: " + miss;
  return out;
}

}  // namespace vigie::source
