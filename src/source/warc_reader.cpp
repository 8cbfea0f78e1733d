#include "source/warc_reader.hpp"

#include "source/record_reader.hpp"

namespace vigie::source {
namespace {

using std::string_view;

constexpr string_view kMagic = "WARC/";
constexpr string_view kLine = "\nWARC/1.";

class WarcForm final : public RecordForm {
 public:
  string_view part_magic() const override { return kMagic; }
  size_t shortest() const override { return kMagic.size(); }

  Begins begins(string_view bytes) const override {
    if (bytes.starts_with(kMagic)) return Begins::yes;
    return kMagic.starts_with(bytes) ? Begins::perhaps : Begins::no;
  }

  bool has_header(string_view bytes) const override { return find_header_end(bytes) != string_view::npos; }

  Result<RecordFrame> frame(string_view bytes) const override {
    VIGIE_TRY(auto const header, parse_warc_header(bytes));
    return RecordFrame{header.size, header.content_length};
  }

  Result<std::vector<Capture>> captures(string_view record, size_t header_size, Limits const& limits) override {
    auto const header = parse_warc_header(record);
    auto captures = captures_of(*header, record.substr(header_size), limits);
    auto const uri = header->target_uri().substr(0, 500);
    if (!captures && !uri.empty()) captures.error().message.append(": ").append(uri);
    return captures;
  }

  bool gives_back(string_view record, Capture const& capture) const override {
    return is_kept_as_is(record, *parse_warc_header(record), capture);
  }

  size_t find(string_view bytes, size_t& keep) const override {
    keep = kLine.size() - 1;
    size_t const at = bytes.find(kLine);
    return at == string_view::npos ? at : at + 1;
  }
};

}  // namespace

std::unique_ptr<Reader> warc_reader(Window window, std::string input, Limits limits) {
  return record_reader(std::make_unique<WarcForm>(), std::move(window), std::move(input), limits);
}

}  // namespace vigie::source
