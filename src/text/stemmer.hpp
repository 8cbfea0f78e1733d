// stemmer.hpp: Snowball's rules by language, applied to folded words, so that "refugies" and "réfugiés" meet.
// Method: M. Porter, "Snowball: a language for stemming algorithms", 2001; libstemmer behind this file alone.
// Threads: a Stemmer belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vigie::text {

class Stemmer {
 public:
  // `stemming` is a value of stemming_of(); words pass unchanged where it is empty.
  explicit Stemmer(std::string_view stemming);
  ~Stemmer();
  Stemmer(Stemmer&&) noexcept;
  Stemmer& operator=(Stemmer&&) noexcept;

  std::string operator()(std::string_view folded);

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

}  // namespace vigie::text
