// reread.hpp: an article whose page is read again, though no feed speaks of it: newspapers correct, complete and
// withdraw without telling. When: next_reading() (schedule.hpp). Threads: plain data.
#pragma once

#include <cstdint>
#include <string>

namespace vigie::collect {

struct Reread {
  int64_t source = 0, key = 0;          // as of the Entry it came from
  std::string url{};                    // where the page was in the end
  std::string etag{}, last_modified{};  // of the copy held
  int64_t since_s = 0;                  // when it appeared
  int64_t due_s = 0;                    // when it is read again
  uint32_t rereads = 0;                 // how often it was
};

// What came of reading a page again.
struct Looked {
  Reread reread{};         // with its next due_s
  bool over = false;       // it is not read again
  bool withdrawn = false;  // the site has it no more
  bool fresh = false, edition = false;
  std::string problem{};  // why it could not be read, for a person
};

}  // namespace vigie::collect
