#include "article/address.hpp"

#include <array>

#include "article/strings.hpp"

namespace vigie::article {
namespace {

constexpr std::array<std::string_view, 22> kTracking{
    "fbclid", "gclid",  "dclid", "gbraid", "wbraid", "msclkid",   "yclid",       "igshid",
    "mc_cid", "mc_eid", "xtor",  "xtref",  "cmpid",  "ns_source", "ns_campaign", "ns_mchannel",
    "_ga",    "_gl",    "ocid",  "smid",   "ito",    "echobox"};

bool is_tracking(std::string_view name) {
  if (starts_with_nocase(name, "utm_") || starts_with_nocase(name, "at_") || starts_with_nocase(name, "pk_"))
    return true;
  for (auto const known : kTracking) {
    if (equal_nocase(name, known)) return true;
  }
  return false;
}

// The last labels of a host that name who owns it.
std::string_view registrable(std::string_view host) {
  size_t dots = 0, wanted = 2;
  size_t const last = host.rfind('.');
  if (last == std::string_view::npos) return host;
  size_t const before = host.rfind('.', last - 1);
  size_t const begin = before == std::string_view::npos ? 0 : before + 1;
  if (last - begin <= 3 && before != std::string_view::npos) wanted = 3;
  for (size_t i = host.size(); i-- > 0;) {
    if (host[i] == '.' && ++dots == wanted) return host.substr(i + 1);
  }
  return host;
}

void append_query(std::string& out, std::string_view query) {
  char separator = '?';
  while (!query.empty()) {
    size_t const end = query.find('&');
    auto const pair = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (pair.empty() || is_tracking(pair.substr(0, pair.find('=')))) continue;
    out += separator;
    out += pair;
    separator = '&';
  }
}

std::optional<Time> day(std::string_view y, std::string_view m, std::string_view d) {
  auto const number = [](std::string_view s) {
    int n = 0;
    for (char c : s) n = n * 10 + (c - '0');
    return n;
  };
  int const year = number(y), month = number(m), date = number(d);
  if (year < 1980 || year > 2100 || !valid_date(year, month, date)) return {};
  Time t;
  t.local_s = days_from_date({year, static_cast<unsigned>(month), static_cast<unsigned>(date)}) * 86400;
  t.precision = Time::Precision::day;
  t.zone = Time::Zone::unknown;
  return t;
}

size_t digits_at(std::string_view s, size_t at) {
  size_t n = 0;
  while (at + n < s.size() && is_digit(s[at + n])) ++n;
  return n;
}

}  // namespace

std::optional<AddressView> split_address(std::string_view url) {
  url = trim(url);
  size_t const colon = url.find("://");
  if (colon == std::string_view::npos) return {};
  AddressView a;
  a.scheme = url.substr(0, colon);
  if (!equal_nocase(a.scheme, "http") && !equal_nocase(a.scheme, "https")) return {};
  auto rest = url.substr(colon + 3);
  rest = rest.substr(0, rest.find('#'));
  size_t const end = rest.find_first_of("/?\\");
  auto authority = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
  if (size_t const at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  size_t const port = authority.rfind(':');
  if (port != std::string_view::npos && authority.find(']', port) == std::string_view::npos) {
    a.port = authority.substr(port + 1);
    authority = authority.substr(0, port);
  }
  a.host = authority;
  while (a.host.ends_with('.')) a.host.remove_suffix(1);
  if (a.host.empty() || a.host.find_first_of(" <>\"") != std::string_view::npos) return {};
  size_t const query = rest.find('?');
  a.path = rest.substr(0, query);
  if (query != std::string_view::npos) a.query = rest.substr(query + 1);
  return a;
}

std::string normalize_address(std::string_view url) {
  auto const a = split_address(url);
  if (!a) return {};
  std::string out = lower(a->scheme) + "://" + lower(a->host);
  bool const is_default = a->port.empty() || (out.starts_with("https") ? a->port == "443" : a->port == "80");
  if (!is_default) out.append(":").append(a->port);
  if (a->path.empty()) out += '/';
  for (char c : a->path) {
    if (is_space(c)) {
      out += "%20";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  append_query(out, a->query);
  return out;
}

std::string host_without_www(std::string_view url) {
  auto const a = split_address(url);
  if (!a) return {};
  std::string host = lower(a->host);
  if (host.starts_with("www.") && host.size() > 4) host.erase(0, 4);
  return host;
}

bool same_site(std::string_view url_a, std::string_view url_b) {
  auto const a = host_without_www(url_a), b = host_without_www(url_b);
  return !a.empty() && !b.empty() && registrable(a) == registrable(b);
}

std::string site_of(std::string_view url) {
  auto const host = host_without_www(url);
  return std::string(registrable(host));
}

bool is_home(std::string_view url) {
  auto const a = split_address(url);
  if (!a) return true;
  if (!a->query.empty()) return false;
  auto path = a->path;
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty() || starts_with_nocase(path, "index.") || starts_with_nocase(path, "home.")) return true;
  return path.size() == 2 && is_alpha(path[0]) && is_alpha(path[1]);
}

std::string resolve_address(std::string_view base, std::string_view reference) {
  reference = trim(reference);
  if (reference.empty()) return {};
  if (split_address(reference)) return std::string(reference);
  if (reference.starts_with("//")) {
    auto const from = split_address(base);
    std::string const whole = (from ? lower(from->scheme) : "https") + ":" + std::string(reference);
    return split_address(whole) ? whole : std::string();
  }
  size_t const colon = reference.find_first_of(":/?#");
  if (colon != std::string_view::npos && reference[colon] == ':') return {};  // mailto:, data:, javascript:
  auto const a = split_address(base);
  if (!a) return {};
  std::string out = lower(a->scheme) + "://" + lower(a->host);
  if (!a->port.empty()) out.append(":").append(a->port);
  if (reference.starts_with('/')) return out.append(reference);
  if (reference.starts_with('?')) return out.append(a->path.empty() ? "/" : a->path).append(reference);
  out += a->path.substr(0, a->path.rfind('/') + 1);
  if (out.ends_with(lower(a->host))) out += '/';
  while (reference.starts_with("./")) reference.remove_prefix(2);
  return out.append(reference);
}

std::optional<Time> date_in_address(std::string_view url) {
  // A replayed page's address holds the original behind the time of its capture.
  if (size_t const inner = url.find("://", 8); inner != url.npos && inner > 5) {
    url = url.substr(url.rfind('/', inner - 1) + 1);
  }
  auto const a = split_address(url);
  auto const s = a ? a->path : url;
  for (size_t at = 0; at < s.size();) {
    size_t const n = digits_at(s, at);
    if (n == 0) {
      ++at;
      continue;
    }
    bool const fresh = at == 0 || !is_alpha(s[at - 1]);
    if (fresh && n == 4 && at + 4 < s.size() && (s[at + 4] == '/' || s[at + 4] == '-' || s[at + 4] == '_')) {
      char const separator = s[at + 4];
      size_t const month = at + 5, m = digits_at(s, month);
      if ((m == 1 || m == 2) && month + m < s.size() && s[month + m] == separator) {
        size_t const date = month + m + 1, d = digits_at(s, date);
        if (d == 1 || d == 2) {
          if (auto t = day(s.substr(at, 4), s.substr(month, m), s.substr(date, d))) return t;
        }
      } else if (m == 4 && separator != '-') {  // /2018/0907/
        if (auto t = day(s.substr(at, 4), s.substr(month, 2), s.substr(month + 2, 2))) return t;
      }
    }
    if (fresh && n <= 2 && at + n < s.size() && (s[at + n] == '-' || s[at + n] == '/')) {  // 07-09-2018
      char const separator = s[at + n];
      size_t const month = at + n + 1, m = digits_at(s, month), year = month + m + 1;
      if (m > 0 && m <= 2 && month + m < s.size() && s[month + m] == separator && digits_at(s, year) == 4) {
        if (auto t = day(s.substr(year, 4), s.substr(month, m), s.substr(at, n))) return t;
      }
    }
    if (fresh && (n == 8 || n == 12 || n == 14)) {
      if (auto t = day(s.substr(at, 4), s.substr(at + 4, 2), s.substr(at + 6, 2))) return t;
    }
    at += n;
  }
  return {};
}

}  // namespace vigie::article
