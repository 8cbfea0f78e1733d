// xapian_driver.cpp: Xapian behind the protocol of bench/compare/search/compare; one thread.
//
//   xapian_driver build CORPUS.tsv FOLDER    and serve FOLDER
//
// Document numbers are rows: they grow with time, so the newest are the highest and ranges of time are looked up as
// ranges of values. Positions are stored; no text is.
#include <sys/resource.h>
#include <xapian.h>

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

enum Slot : Xapian::valueno { kTime, kSource, kLanguage, kMonth };

std::vector<std::string> split(std::string const& line, char by) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= line.size();) {
    size_t const end = std::min(line.find(by, from), line.size());
    parts.push_back(line.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

double processor_s() {
  rusage u{};
  getrusage(RUSAGE_SELF, &u);
  return static_cast<double>(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

std::string month(time_t time) {
  char text[16];
  tm parts{};
  gmtime_r(&time, &parts);
  strftime(text, sizeof text, "%Y-%m", &parts);
  return text;
}

Xapian::Document document(std::vector<std::string> const& f) {
  Xapian::Document d;
  Xapian::termpos at = 0;
  for (size_t from = 0; from < f[4].size();) {
    size_t const end = std::min(f[4].find(' ', from), f[4].size());
    d.add_posting(f[4].substr(from, end - from), ++at);
    from = end + 1;
  }
  d.add_value(kTime, Xapian::sortable_serialise(std::stod(f[1])));
  d.add_value(kSource, f[2]);
  d.add_value(kLanguage, f[3]);
  d.add_value(kMonth, month(std::stol(f[1])));
  return d;
}

int build(std::string const& corpus, std::string const& folder) {
  double const start = processor_s();
  Xapian::WritableDatabase database(folder, Xapian::DB_CREATE_OR_OVERWRITE);
  std::ifstream file(corpus);
  long count = 0;
  for (std::string line; std::getline(file, line); ++count) database.add_document(document(split(line, '\t')));
  database.commit();
  std::printf("%ld %.3f\n", count, processor_s() - start);
  return 0;
}

Xapian::Query query(std::vector<std::string> const& f) {
  auto const words = split(f[2], ' ');
  auto const op = f[1] == "PHRASE" ? Xapian::Query::OP_PHRASE
                  : f[1] == "OR"   ? Xapian::Query::OP_OR
                                   : Xapian::Query::OP_AND;
  Xapian::Query found(op, words.begin(), words.end(), f[1] == "PHRASE" ? words.size() : 0);
  if (f.size() < 5 || f[3].empty()) return found;
  Xapian::Query const range(Xapian::Query::OP_VALUE_RANGE, kTime, Xapian::sortable_serialise(std::stod(f[3])),
                            Xapian::sortable_serialise(std::stod(f[4]) - 1));
  return {Xapian::Query::OP_FILTER, found, range};
}

// Processor time of this thread: what else the machine does stays out. Time that passes, for what waits on a disk.
enum class Clock : int { processor = CLOCK_THREAD_CPUTIME_ID, passing = CLOCK_MONOTONIC };

int64_t now(Clock clock = Clock::processor) {
  timespec t{};
  clock_gettime(static_cast<clockid_t>(clock), &t);
  return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

class Server {
 public:
  explicit Server(std::string folder) : folder_(std::move(folder)), database_(folder_) {}

  std::string answer(std::vector<std::string> const& f) {
    auto const start = now();
    if (f[0] == "append") return append(f);
    Xapian::Enquire enquire(database_);
    enquire.set_query(query(f));
    if (f[0] == "top") return top(enquire, start);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    if (f[0] == "latest") {
      enquire.set_sort_by_value(kTime, true);
      return rows(enquire.get_mset(0, 20), start);
    }
    return f[0] == "set" ? set(enquire, start) : facets(enquire, start);
  }

 private:
  static std::string took(int64_t start, Clock clock = Clock::processor) { return std::to_string(now(clock) - start); }
  static std::string rows(Xapian::MSet const& found, int64_t start) {
    std::string text;
    for (auto it = found.begin(); it != found.end(); ++it) text += " " + std::to_string(*it);
    return took(start) + " " + std::to_string(found.get_matches_estimated()) + text;
  }
  std::string top(Xapian::Enquire& enquire, int64_t start) {
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
    return rows(enquire.get_mset(0, 10), start);
  }
  std::string set(Xapian::Enquire& enquire, int64_t start) {
    auto const found = enquire.get_mset(0, database_.get_doccount());
    uint64_t sum = 0;
    for (auto it = found.begin(); it != found.end(); ++it) sum += uint64_t{*it} * *it;
    return took(start) + " " + std::to_string(found.size()) + " " + std::to_string(sum);
  }
  std::string facets(Xapian::Enquire& enquire, int64_t start) {
    Xapian::ValueCountMatchSpy source(kSource), language(kLanguage), months(kMonth);
    enquire.add_matchspy(&source);
    enquire.add_matchspy(&language);
    enquire.add_matchspy(&months);
    auto const found = enquire.get_mset(0, 1, database_.get_doccount());
    std::string text;
    for (auto* spy : {&source, &language, &months}) {
      size_t values = 0, sum = 0;
      for (auto it = spy->top_values_begin(1000); it != spy->top_values_end(1000); ++it)
        ++values, sum += it.get_termfreq();
      text += " " + std::to_string(values) + ":" + std::to_string(sum);
    }
    return took(start) + " " + std::to_string(found.get_matches_estimated()) + text;
  }
  std::string append(std::vector<std::string> const& f) {
    Xapian::WritableDatabase writable(folder_, Xapian::DB_OPEN);  // kept closed between: opening is not timed
    auto const start = now(Clock::passing);
    writable.add_document(document({f.begin() + 1, f.end()}));
    writable.commit();
    database_.reopen();
    Xapian::Enquire enquire(database_);
    enquire.set_query(Xapian::Query(split(f[5], ' ').front()));
    auto const found = enquire.get_mset(0, 10);
    return took(start, Clock::passing) + " " + std::to_string(found.size());
  }

  std::string folder_;
  Xapian::Database database_;
};

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> const given(arguments, arguments + count);
  if (count == 4 && given[1] == "build") return build(given[2], given[3]);
  if (count < 3) return 2;
  Server server(given[2]);
  for (std::string line; std::getline(std::cin, line);) {
    std::printf("%s\n", server.answer(split(line, '\t')).c_str());
    std::fflush(stdout);
  }
}
