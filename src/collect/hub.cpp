#include "collect/hub.hpp"

#include <sys/random.h>

#include <array>

namespace vigie::collect {
namespace {

constexpr char kHex[] = "0123456789abcdef";

void append_encoded(std::string& out, std::string_view text) {
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    bool const plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (plain) {
      out += c;
    } else {
      out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
}

}  // namespace

bool is_due(HubSubscription const& one, int64_t now_s) {
  return one.until_s < now_s + 86'400 && one.asked_s < now_s - 3600;
}

std::string subscription_form(HubSubscription const& one, std::string_view callback) {
  while (callback.ends_with('/')) callback.remove_suffix(1);
  std::string out = "hub.mode=subscribe&hub.topic=";
  append_encoded(out, one.topic);
  out += "&hub.callback=";
  append_encoded(out, std::string(callback) + std::string(kCallbackPath) + one.token);
  return out + "&hub.lease_seconds=" + std::to_string(kLeaseS);
}

std::string new_token() {
  std::array<unsigned char, 16> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  std::string out;
  for (unsigned char const byte : bytes) out.append({kHex[byte >> 4], kHex[byte & 15]});
  return out;
}

}  // namespace vigie::collect
