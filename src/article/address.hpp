// address.hpp: what can be told from a URL without fetching it: its host, whether it is a home page, the form two
// copies of one address share. Threads: pure functions. Source: RFC 3986; only the parts named here are touched, the
// rest of an address stays byte for byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace vigie::article {

struct AddressView {
  std::string_view scheme, host, port, path, query;  // as written; the fragment is left out
};

// Only http and https addresses with a host; nullopt for anything else.
std::optional<AddressView> split_address(std::string_view url);

// Scheme and host in lower case; default port, user, fragment and tracking parameters dropped; "/" for an empty path.
// Empty where `url` is no web address.
std::string normalize_address(std::string_view url);

// "lemonde.fr" for "https://www.lemonde.fr:443/x"; empty where there is none.
std::string host_without_www(std::string_view url);

// The same site: equal hosts, or one a subdomain of the other, or the same registrable name as far as it can be told
// without a public suffix list (the last two labels, three where the last but one is short: "co.uk").
bool same_site(std::string_view url_a, std::string_view url_b);

// That name: "lemonde.fr" for "https://abonnes.lemonde.fr/x"; empty where there is no host.
std::string site_of(std::string_view url);

// No path to speak of: "/", "/index.html", "/fr/".
bool is_home(std::string_view url);

// `reference` as seen from `base` ("//host/x", "/x", "x", "?y"); empty where it is not a web address then.
std::string resolve_address(std::string_view base, std::string_view reference);

// The day in a path: "/2018/09/07/", "/2018-09-07-", "_20180907.html"; nullopt where there is none.
std::optional<Time> date_in_address(std::string_view url);

}  // namespace vigie::article
