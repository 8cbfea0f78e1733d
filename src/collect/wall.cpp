#include "collect/wall.hpp"

#include <array>

#include "article/address.hpp"
#include "source/ascii.hpp"

namespace vigie::collect {
namespace {

using std::string_view;

constexpr size_t kLooked = size_t{24} << 10;  // challenges are short pages and say what they are early

// What the pages of the common walls hold: script addresses and form names, which are steadier than their words.
constexpr std::array<string_view, 9> kChallengeMarks = {"/cdn-cgi/challenge-platform/",
                                                        "cf-browser-verification",
                                                        "cf_chl_opt",
                                                        "captcha-delivery.com",
                                                        "px-captcha",
                                                        "_incapsula_resource",
                                                        "ddos-guard",
                                                        "awswafintegration",
                                                        "window.gokuprops"};

constexpr std::array<string_view, 5> kConsentHosts = {"consent.", "guce.", "cmp.", "privacy-mgmt.", "myprivacy."};

bool is_consent(string_view url) {
  auto const address = article::split_address(url);
  if (!address) return false;
  std::string const host = source::to_lower(address->host), path = source::to_lower(address->path);
  for (auto const start : kConsentHosts) {
    if (host.starts_with(start)) return true;
  }
  return path.starts_with("/consent") || path.starts_with("/cookie-consent") || path.starts_with("/collectconsent");
}

bool has_challenge(FetchAnswer const& answer) {
  if (source::equal_nocase(answer.mitigated, "challenge")) return true;
  std::string const head = source::to_lower(string_view(answer.body).substr(0, kLooked));
  for (auto const mark : kChallengeMarks) {
    if (head.find(mark) != string_view::npos) return true;
  }
  return false;
}

}  // namespace

string_view name(Wall wall) {
  switch (wall) {
    case Wall::none:
      return "no wall";
    case Wall::challenge:
      return "the site asks for proof that no robot is reading";
    case Wall::too_many:
      return "the site says that we ask too often";
    case Wall::refused:
      return "the site refuses us";
    case Wall::unavailable:
      return "the site is out of order";
    case Wall::gone:
      return "the site says that this is gone for good";
    case Wall::absent:
      return "the site has nothing at this address";
    case Wall::consent:
      return "the site asks a person to accept its terms first";
    case Wall::payment:
      break;
  }
  return "the site asks for payment";
}

Wall recognise(FetchAnswer const& answer, string_view url) {
  int const status = answer.status;
  if (status == 202) return Wall::challenge;
  if (status == 429) return Wall::too_many;
  if (status == 402) return Wall::payment;
  if (status == 410) return Wall::gone;
  if (status == 401 || status == 403 || status == 451) return has_challenge(answer) ? Wall::challenge : Wall::refused;
  if (status >= 500) return has_challenge(answer) ? Wall::challenge : Wall::unavailable;
  if (status >= 400) return Wall::absent;
  if (status < 200 || status >= 300) return Wall::none;
  if (is_consent(url)) return Wall::consent;
  // A page of some length that happens to load such a script is a page; a wall holds nothing else.
  return answer.body.size() < kLooked && has_challenge(answer) ? Wall::challenge : Wall::none;
}

}  // namespace vigie::collect
