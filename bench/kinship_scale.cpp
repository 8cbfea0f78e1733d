// kinship_scale: the cost of an article as the archive grows. Invented news from a seed: events with ten words of their
// own and three to nine reports of 320 words each, one in ten a copy; words follow Zipf's law over 50,000. 1,000
// articles a day. usage: kinship_scale [ARTICLES]     prints articles, microseconds of processor time an article,
// resident memory
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <random>
#include <string>

#include "kinship/kin.hpp"

namespace vigie::kinship {
namespace {

// Keeps what was dropped from memory reachable, as a catalogue would, without its bytes weighing on the figures: news
// come in order of time, so nothing is ever read back.
struct Forgetful : Keeper {
  Status each(int64_t, int64_t, std::function<void(Kept const&)> const&) override { return {}; }
};

class Press {
 public:
  std::string word() {
    double const u = std::uniform_real_distribution<>(0, 1)(random_);
    return spelled(static_cast<uint32_t>(std::exp(u * std::log(50'000.0))));
  }
  std::string report(std::vector<std::string> const& telling, size_t words) {
    std::string out;
    for (size_t i = 0; i < words; ++i)
      out += (random_() % 6 == 0 ? telling[random_() % telling.size()] : word()) + (random_() % 15 == 0 ? ". " : " ");
    return out;
  }
  std::vector<std::string> event() {
    std::vector<std::string> out;
    for (int i = 0; i < 10; ++i) out.push_back(spelled(60'000 + static_cast<uint32_t>(random_() % 400'000)));
    out[0][0] = static_cast<char>(out[0][0] - 32), out[1][0] = static_cast<char>(out[1][0] - 32);
    return out;
  }
  uint64_t dice(uint64_t n) { return random_() % n; }

 private:
  static std::string spelled(uint32_t number) {
    static constexpr char const* kSyllables[] = {"ba", "do", "ke", "lu", "mi", "no", "pa", "ru",
                                                 "se", "ti", "vo", "za", "fe", "go", "ja", "ch"};
    std::string out;
    do out += kSyllables[number & 15], number >>= 4;
    while (number);
    return out;
  }
  std::mt19937_64 random_{7};
};

double resident_mb() {
  std::ifstream file("/proc/self/statm");
  size_t all = 0, resident = 0;
  file >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace

int run(size_t articles) {
  Forgetful keeper;
  auto const kin = Kin::open(keeper);
  Press press;
  std::vector<std::pair<std::vector<std::string>, std::string>> events(200);  // words, last body
  for (auto& event : events) event.first = press.event();
  clock_t spent = 0;
  size_t next = 10'000, since = 0, copies = 0;
  std::printf("| articles | us/article | resident MB |\n| ---: | ---: | ---: |\n");
  for (size_t i = 0; i < articles; ++i) {
    auto& [telling, last] = events[press.dice(events.size())];
    if (press.dice(6) == 0) telling = press.event(), last.clear();
    bool const copied = !last.empty() && press.dice(10) == 0;
    std::string const body = copied ? last : press.report(telling, 300);
    last = body;
    std::string const id = "g" + std::to_string(i), title = press.report(telling, 9), lede = press.report(telling, 20);
    std::string_view const blocks[] = {body};
    clock_t const begin = std::clock();
    auto const verdict = kin->add({Key{i}, id, static_cast<int64_t>(i) * 86, "fr", title, lede, blocks, {}});
    spent += std::clock() - begin;
    copies += verdict && verdict->copy_of;
    if (i + 1 == next || i + 1 == articles) {
      double const micros = 1e6 * static_cast<double>(spent) / CLOCKS_PER_SEC / static_cast<double>(i + 1 - since);
      std::printf("| %zu | %.1f | %.0f |\n", i + 1, micros, resident_mb());
      std::fflush(stdout);
      since = i + 1, spent = 0, next = next < 100'000 ? next * 2 : next + 100'000;
    }
  }
  std::printf("\n%zu copies\n", copies);
  return 0;
}

}  // namespace vigie::kinship

int main(int count, char** arguments) {
  return vigie::kinship::run(count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000);
}
