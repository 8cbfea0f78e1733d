// What `--listen` says.
#include <charconv>

#include "serve/server.hpp"

namespace vigie::serve {

Result<ServeOptions> parse_listen(std::string_view listen) {
  ServeOptions options;
  auto const colon = listen.rfind(':');
  auto host = listen.substr(0, colon);
  auto const port = colon == listen.npos ? std::string_view() : listen.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  unsigned number = 0;
  auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (port.empty() || error != std::errc{} || end != port.data() + port.size() || number > 65535) {
    return fail(Errc::invalid_input, "not ADDRESS:PORT: " + std::string(listen) + " (for example 127.0.0.1:8080)");
  }
  if (!host.empty()) options.address = host;
  options.port = static_cast<uint16_t>(number);
  return options;
}

}  // namespace vigie::serve
