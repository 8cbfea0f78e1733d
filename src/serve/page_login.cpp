// The door: a password for a session. Only where a password is asked for.
#include "serve/answers.hpp"
#include "serve/pages.hpp"

namespace vigie::serve {
namespace {

// Where to go afterwards: an address of ours, or the front page.
std::string next_address(std::string_view asked) {
  bool const ours = asked.starts_with('/') && !asked.starts_with("//") && !asked.starts_with("/\\");
  return std::string(ours && asked.size() < 2048 ? asked : "/");
}

std::string session_cookie(std::string_view value, long seconds) {
  return std::string(kSessionCookie) + '=' + std::string(value) + "; Path=/; Max-Age=" + std::to_string(seconds) +
         "; SameSite=Lax; HttpOnly";
}

}  // namespace

Response Pages::login(Request const& request) const {
  if (!access_.asks_for_password()) return redirect("/");
  return login_page(request, value_of(request.parameters, "next"), "", 200);
}

Response Pages::login_page(Request const& request, std::string_view next, std::string_view complaint,
                           int status) const {
  auto const preference = preference_of(request);
  Fields fields;
  fields.text("next", next_address(next));
  if (!complaint.empty()) fields.text("complaint", words_.get(complaint, preference.language));
  return rendered("login",
                  {request, preference, Section::none, phrase("login.title", preference.language), "", "", true},
                  std::move(fields), status);
}

Response Pages::log_in(Request const& request) const {
  Parameters form;
  if (!access_.asks_for_password()) return redirect("/");
  if (!parse_urlencoded(request.body, form)) return error(request, 400);
  auto const next = value_of(form, "next");
  if (!Access::is_own_form(request, value_of(form, "key"))) return login_page(request, next, "form.old", 403);
  auto const session = access_.log_in(value_of(form, "password"));
  if (!session) {
    bool const busy = session.error().code == Errc::busy;
    return login_page(request, next, busy ? "login.busy" : "login.wrong", busy ? 429 : 403);
  }
  auto response = redirect(next_address(next));
  response.headers.emplace_back("Set-Cookie",
                                session_cookie(*session, std::chrono::seconds(Access::kSessionIdle).count()));
  return response;
}

Response Pages::log_out(Request const& request) const {
  Parameters form;
  if (!parse_urlencoded(request.body, form)) return error(request, 400);
  if (!Access::is_own_form(request, value_of(form, "key"))) return error(request, 403);
  access_.log_out(request);
  auto response = redirect("/login");
  response.headers.emplace_back("Set-Cookie", session_cookie("", 0));
  return response;
}

}  // namespace vigie::serve
