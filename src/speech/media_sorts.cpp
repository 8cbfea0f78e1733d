#include "speech/media_sorts.hpp"

#include <string>

#include "speech/conjugation.hpp"
#include "speech/gazetteer.hpp"
#include "speech/word_sets.hpp"

namespace vigie::speech {
namespace {

std::string_view sort_of_medium(std::string_view name) {
  std::string key;
  append_key(key, lower_latin(name));
  if (is_one_of(key, {"afp", "agence france presse", "reuters", "associated press", "ap", "belga", "tass", "xinhua",
                      "dpa", "efe", "ansa", "anadolu", "interfax", "ria novosti"}))
    return "agence";
  if (is_one_of(key, {"rtl", "europe 1", "europe1", "franceinfo", "france info", "france inter", "france bleu", "rmc",
                      "sud radio", "radio classique", "nrj", "rfi", "bbc radio", "france culture"}))
    return "radio";
  if (key.ends_with(" tv") || key.ends_with("tv") || key.starts_with("france ") || key.starts_with("canal") ||
      is_one_of(key, {"tf1",  "lci",          "cnews",    "i tele", "itele",      "m6",       "w9",  "c8",
                      "arte", "cnn",          "fox news", "nbc",    "abc",        "cbs",      "bbc", "msnbc",
                      "rtbf", "public senat", "tmc",      "rt",     "al jazeera", "sky news", "itv"}))
    return "chaîne";
  return "journal";
}

}  // namespace

bool is_other_medium(std::string_view noun, std::string_view name) {
  auto const sort = sort_of_medium(name);
  if (is_one_of(noun, {"quotidien", "hebdomadaire", "hebdo", "mensuel", "magazine", "journal", "tabloïd", "newspaper"}))
    return sort != "journal";
  if (is_one_of(noun, {"chaîne"})) return sort != "chaîne";
  if (is_one_of(noun, {"radio", "station"})) return sort != "radio";
  if (is_one_of(noun, {"agence"})) return sort != "agence";
  return false;
}

}  // namespace vigie::speech
