#include "serve/answers.hpp"

#include "serve/json_writer.hpp"

namespace vigie::serve {

int http_status(Errc code) {
  switch (code) {
    case Errc::not_found:
      return 404;
    case Errc::invalid_input:
      return 400;
    case Errc::over_limit:
      return 413;
    case Errc::unsupported:
      return 501;
    case Errc::busy:
      return 503;
    case Errc::corrupt:
    case Errc::io:
      break;
  }
  return 500;
}

Response typed_answer(std::string body, std::string content_type) {
  Response response;
  response.body = std::move(body);
  response.content_type = std::move(content_type);
  return response;
}

Response json_answer(std::string json) { return typed_answer(std::move(json += '\n'), "application/json"); }

Response json_error(int status, std::string_view code, std::string_view message) {
  JsonWriter json;
  json.begin_object().key("error").begin_object();
  json.key("code").string(code).key("message").string(message);
  json.end_object().end_object();
  auto response = json_answer(std::move(json).take());
  response.status = status;
  return response;
}

Response json_error(Error const& error) {
  // What the system said (paths, errno) is for the log, not for whoever asked.
  int const status = http_status(error.code);
  auto response = json_error(status, name(error.code), status == 500 ? "the answer could not be made" : error.message);
  if (status == 500) response.failure = error.message;
  return response;
}

Response html_answer(std::string html, int status) {
  auto response = typed_answer(std::move(html), "text/html; charset=utf-8");
  response.status = status;
  return response;
}

Response plain_error(int status) {
  auto response = typed_answer(std::string(reason(status)) + '\n', "text/plain; charset=utf-8");
  response.status = status;
  return response;
}

Response redirect(std::string address) {
  Response response;
  response.status = 303;
  response.headers.emplace_back("Location", std::move(address));
  return response;
}

}  // namespace vigie::serve
