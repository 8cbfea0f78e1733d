// hub.hpp: WebSub (W3C Recommendation, 2018), a subscriber's side: where a feed names a hub and a public callback
// address is configured, Vigie asks the hub to be told of news. What the hub then sends is taken for a bell, not for
// news: the feed itself is asked at once, so nobody can put words into it by knocking at the callback. Polling goes on
// as before. Threads: pure functions and values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::collect {

struct HubSubscription {
  int64_t source = 0;
  std::string hub{}, topic{};
  std::string token{};      // the callback's last segment, which nobody can guess
  int64_t asked_s = 0;      // when the hub was asked last
  int64_t confirmed_s = 0;  // when it confirmed; 0: never
  int64_t until_s = 0;      // when what it confirmed ends
};

inline constexpr int64_t kLeaseS = 10 * 86'400;     // what is asked for
inline constexpr int64_t kLeaseMaxS = 30 * 86'400;  // what is believed
inline constexpr std::string_view kCallbackPath = "/websub/";

// Whether the hub is to be asked now: nothing is confirmed beyond a day from now, and it was not asked within the hour.
bool is_due(HubSubscription const&, int64_t now_s);

// The body of the request to the hub; `callback` is the configured address ("https://vigie.example").
std::string subscription_form(HubSubscription const&, std::string_view callback);

std::string new_token();  // 32 random hexadecimal digits; empty where the system gives none

}  // namespace vigie::collect
