// router.hpp: the table of everything Vigie answers over HTTP. One row says method, path, what it does, which
// parameters it takes, what it costs and who answers; requests are dispatched from it and /api/openapi.json is written
// from it, so that the two cannot disagree. Threads: immutable once built.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "serve/http.hpp"

namespace vigie::serve {

enum class ParameterKind : uint8_t { text, number, flag, choice };

struct Parameter {
  std::string_view name;
  ParameterKind kind = ParameterKind::text;
  std::string_view summary;
  bool in_path = false, required = false;
  std::vector<std::string_view> choices = {};
  uint64_t maximum = 0;   // of a number; 0: none stated
  uint64_t standard = 0;  // of a number: what stands where it is absent
};

enum class Audience : uint8_t { api, page, machine };  // only api routes are part of the OpenAPI document

using PathValues = std::vector<std::string>;  // what {names} of the pattern stood for, decoded
using Handler = std::function<Response(Request const&, PathValues const&)>;

struct Route {
  Method method = Method::get;
  std::string_view pattern;  // "/api/v1/articles/{id}/editions": a {name} stands for one whole path segment
  std::string_view summary;
  std::string_view cost;    // in a few words: "one index query, one catalogue read per hit"
  std::string_view answer;  // name of the schema of a 200 answer
  std::string_view media = "application/json";
  Audience audience = Audience::api;
  std::vector<Parameter> parameters = {};
  Handler handler = {};
  bool open = false;          // answered without a session or token
  bool takes_upload = false;  // its body may be as large as an upload
};

class Router {
 public:
  explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}

  struct Match {
    Route const* route = nullptr;  // null: no route has this path and method
    PathValues values;
    bool path_known = false;  // some route has this path with another method: 405, not 404
  };
  Match match(Method, std::string_view path) const;  // HEAD is answered by the GET route
  std::string methods(std::string_view path) const;  // as an Allow header has them: "GET, HEAD, POST"
  std::span<Route const> routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

// The OpenAPI 3.1 document of the routes whose audience is api; `schemas` is the JSON object of components/schemas.
std::string openapi_document(std::span<Route const>, std::string_view schemas, std::string_view version);

}  // namespace vigie::serve
