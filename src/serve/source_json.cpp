#include "serve/source_json.hpp"

#include <cmath>

#include "serve/json_writer.hpp"

namespace vigie::serve {

std::optional<Time> time_of(int64_t epoch_s) {
  return epoch_s > 0 ? std::optional(utc_from_epoch(epoch_s)) : std::nullopt;
}

void write_difference(JsonWriter& json, collect::Source const& s) {
  json.key("compared").number(s.compared).key("feed_share");
  auto const share = s.feed_share();
  share ? json.number(std::round(*share * 1000) / 1000) : json.null();
}

std::string source_json(collect::Source const& s) {
  JsonWriter json;
  json.begin_object();
  json.key("id").number(s.id).key("kind").string(collect::name(s.kind)).key("url").string(s.url);
  json.key("moved_to").text_or_null(s.address).key("title").text_or_null(s.title).key("site").text_or_null(s.site);
  json.key("paused").boolean(s.paused);
  json.key("last_try").time_or_null(time_of(s.last_try_s)).key("last_success").time_or_null(time_of(s.last_success_s));
  json.key("next_try").time_or_null(time_of(s.next_try_s)).key("interval_s").number(s.interval_s);
  json.key("failures").number(s.failures).key("problem").text_or_null(s.problem);
  json.key("polls").number(s.polls).key("articles").number(s.fresh).key("editions").number(s.editions);
  json.key("pages").number(s.pages).key("from_feed").number(s.from_feed).key("duplicates").number(s.duplicates);
  json.key("refused").number(s.refused).key("waiting").number(s.waiting);
  json.key("rereads").number(s.rereads).key("withdrawn").number(s.withdrawn);
  json.key("mean_delay_s");
  s.delays > 0 ? json.number(s.delay_sum_s / s.delays) : json.null();
  write_difference(json, s);
  json.end_object();
  return std::move(json).take();
}

std::string finding_json(collect::Finding const& f, int64_t id, collect::Source const* source) {
  JsonWriter json;
  json.begin_object().key("id");
  id > 0 ? json.number(id) : json.null();
  json.key("kind").string(collect::name(f.source.kind)).key("url").string(f.source.url);
  json.key("title").text_or_null(f.source.title).key("site").text_or_null(f.source.site);
  json.key("entries").number(f.entries).key("problem").text_or_null(f.problem);
  if (source != nullptr) write_difference(json.key("from_feed").number(source->from_feed), *source);
  json.end_object();
  return std::move(json).take();
}

}  // namespace vigie::serve
