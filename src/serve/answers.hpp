// answers.hpp: the few kinds of answer, and the one place where an Errc becomes an HTTP status.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "serve/http.hpp"

namespace vigie::serve {

int http_status(Errc);

Response json_answer(std::string json);
Response json_error(int status, std::string_view code, std::string_view message);
Response json_error(Error const&);
Response html_answer(std::string html, int status = 200);
Response typed_answer(std::string body, std::string content_type);
Response plain_error(int status);        // one line of text, for answers made before anything is known of the request
Response redirect(std::string address);  // 303 See Other

}  // namespace vigie::serve
