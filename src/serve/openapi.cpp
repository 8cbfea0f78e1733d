// The OpenAPI document, from the route table. Source: OpenAPI Specification 3.1.0.
#include <algorithm>

#include "serve/json_writer.hpp"
#include "serve/router.hpp"

namespace vigie::serve {
namespace {

void write_parameter_schema(JsonWriter& json, Parameter const& parameter) {
  json.begin_object();
  switch (parameter.kind) {
    case ParameterKind::number:
      json.key("type").string("integer").key("minimum").number(0u).key("default").number(parameter.standard);
      if (parameter.maximum != 0) json.key("maximum").number(parameter.maximum);
      break;
    case ParameterKind::flag:
      json.key("type").string("string").key("enum").begin_array().string("0").string("1").end_array();
      break;
    case ParameterKind::choice:
      json.key("type").string("string").key("enum").begin_array();
      for (auto const choice : parameter.choices) json.string(choice);
      json.end_array();
      break;
    case ParameterKind::text:
      json.key("type").string("string");
      break;
  }
  json.end_object();
}

void write_parameters(JsonWriter& json, Route const& route) {
  json.key("parameters").begin_array();
  for (auto const& parameter : route.parameters) {
    json.begin_object();
    json.key("name").string(parameter.name);
    json.key("in").string(parameter.in_path ? "path" : "query");
    json.key("required").boolean(parameter.required || parameter.in_path);
    json.key("description").string(parameter.summary);
    write_parameter_schema(json.key("schema"), parameter);
    json.end_object();
  }
  json.end_array();
}

void write_content(JsonWriter& json, std::string_view media, std::string_view schema) {
  json.key("content").begin_object().key(media).begin_object().key("schema").begin_object();
  if (schema.empty()) {
    json.key("type").string("string");
  } else {
    json.key("$ref").string("#/components/schemas/" + std::string(schema));
  }
  json.end_object().end_object().end_object();
}

void write_responses(JsonWriter& json, Route const& route) {
  json.key("responses").begin_object();
  json.key("200").begin_object().key("description").string(route.summary);
  write_content(json, route.media, route.answer);
  json.end_object();
  json.key("default").begin_object().key("description").string("What went wrong");
  write_content(json, "application/json", "Error");
  json.end_object();
  json.end_object();
}

// "getApiV1ArticlesIdEditions": unique because path and method are.
std::string operation_id(Route const& route) {
  std::string out = route.method == Method::post ? "post" : "get";
  bool upper = true;
  for (char const c : route.pattern) {
    if (!std::isalnum(static_cast<unsigned char>(c))) {
      upper = true;
    } else {
      out += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
      upper = false;
    }
  }
  return out;
}

void write_operation(JsonWriter& json, Route const& route) {
  json.key(route.method == Method::post ? "post" : "get").begin_object();
  json.key("operationId").string(operation_id(route));
  json.key("summary").string(route.summary);
  json.key("description").string("Cost: " + std::string(route.cost) + ".");
  write_parameters(json, route);
  if (route.takes_upload) {
    json.key("requestBody").begin_object().key("required").boolean(true);
    json.key("content").begin_object().key("*/*").begin_object().end_object().end_object().end_object();
  }
  write_responses(json, route);
  json.end_object();
}

}  // namespace

std::string openapi_document(std::span<Route const> routes, std::string_view schemas, std::string_view version) {
  JsonWriter json;
  json.begin_object();
  json.key("openapi").string("3.1.0");
  json.key("info").begin_object();
  json.key("title").string("Vigie").key("version").string(version);
  json.key("description").string("A news watch engine: what is new, what was said, who said it.");
  json.key("license")
      .begin_object()
      .key("name")
      .string("Apache-2.0")
      .key("identifier")
      .string("Apache-2.0")
      .end_object();
  json.end_object();
  json.key("servers").begin_array().begin_object().key("url").string("/").end_object().end_array();
  json.key("paths").begin_object();
  std::vector<std::string_view> written;  // a path has one object, with a member for each method
  for (auto const& route : routes) {
    if (route.audience != Audience::api || std::count(written.begin(), written.end(), route.pattern) != 0) continue;
    written.push_back(route.pattern);
    json.key(route.pattern).begin_object();
    for (auto const& same : routes) {
      if (same.pattern == route.pattern) write_operation(json, same);
    }
    json.end_object();
  }
  json.end_object();
  json.key("components").begin_object().key("schemas").raw(schemas).end_object();
  json.end_object();
  return std::move(json).take();
}

}  // namespace vigie::serve
