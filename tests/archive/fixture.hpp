// fixture.hpp: invented articles, and a file system that forgets what was not synced or fails on the n-th call.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "archive/archive.hpp"
#include "source/fixture.hpp"

namespace vigie::archive {

using source::TemporaryFolder;

inline article::Article make_article(std::string const& id, std::string const& words = "un texte inventé",
                                     std::string const& seen = "2024-05-01T10:00:00Z") {
  article::Article a;
  a.id = id;
  a.url = "https://journal.example/" + id;
  a.source = "journal.example";
  a.language = "fr";
  a.title = "Titre de " + id;
  a.lede = "Chapô : " + words;
  a.blocks = {{article::BlockKind::paragraph, 0, "Premier : " + words},
              {article::BlockKind::heading, 2, "Intertitre"},
              {article::BlockKind::paragraph, 0, "Second, plus long, de " + id}};
  a.authors = {"Claire Dubois", "Ali Ben Salah"};
  a.tags = {"un", "deux"};
  a.published = parse_rfc3339("2024-04-30T18:42:00+02:00");
  a.seen = parse_rfc3339(seen);
  return a;
}

inline source::Capture make_capture(article::Article const& a) {
  source::Capture c;
  c.url = a.url;
  c.content_type = "text/html; charset=utf-8";
  c.body = "<html><title>" + a.title + "</title><p>" + a.lede + "<p>" + article::body(a);
  c.seen = a.seen;
  return c;
}

inline AddOutcome add(Archive& archive, article::Article const& a) {
  EXPECT_TRUE(archive.begin());
  auto const outcome = archive.add(a, {}, make_capture(a));
  EXPECT_TRUE(outcome) << (outcome ? "" : outcome.error().message);
  EXPECT_TRUE(archive.commit());
  return outcome ? *outcome : AddOutcome{};
}

inline std::unique_ptr<Archive> open(std::string const& folder, Options options = {}, Fs& fs = real_fs()) {
  auto archive = Archive::open(folder, fs, options);
  EXPECT_TRUE(archive) << (archive ? "" : archive.error().message);
  return archive ? std::move(*archive) : nullptr;
}

inline std::string findings(Archive const& archive) {
  std::string out;
  auto const found = archive.check(true);
  if (!found) return found.error().message;
  for (auto const& f : *found) out += f.where + ": " + f.what + "\n";
  return out;
}

// Everything in a folder's files, one behind the other, with gzip members undone.
inline bool folder_holds(std::string const& folder, std::string const& needle) {
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    auto const bytes = *real_fs().read(entry.path().string());
    if (bytes.find(needle) != std::string::npos) return true;
    if (!entry.path().string().ends_with(".gz")) continue;
    auto const items = source::read_all(entry.path().string());
    for (auto const& item : items) {
      if (item.capture && (item.capture->body + item.capture->url).find(needle) != std::string::npos) return true;
    }
  }
  return false;
}

// Passes calls on to the real file system. crash() cuts every file to what was synced; fail_at(n) makes the n-th call
// that changes something fail, and all behind it, as a full disk does.
class FaultyFs final : public Fs {
 public:
  void fail_at(int64_t call) { left_ = call; }
  void crash() {
    for (auto const& [path, size] : synced_) {
      if (!real_fs().exists(path)) continue;
      EXPECT_TRUE(real_fs().truncate(path, size));
    }
  }

  Result<std::unique_ptr<File>> create(std::string const& path) override {
    VIGIE_CHECK(spend());
    synced_[path] = 0;
    VIGIE_TRY(auto file, real_fs().create(path));
    return std::make_unique<Watched>(*this, path, std::move(file));
  }
  Result<std::unique_ptr<File>> open_append(std::string const& path) override {
    VIGIE_CHECK(spend());
    VIGIE_TRY(auto file, real_fs().open_append(path));
    synced_.try_emplace(path, file->size());
    return std::make_unique<Watched>(*this, path, std::move(file));
  }
  Result<std::shared_ptr<MappedFile const>> map(std::string const& path) override { return real_fs().map(path); }
  Result<std::string> read(std::string const& path) override { return real_fs().read(path); }
  Status rename(std::string const& from, std::string const& to) override {
    VIGIE_CHECK(spend());
    return real_fs().rename(from, to);
  }
  Status remove(std::string const& path) override {
    VIGIE_CHECK(spend());
    synced_.erase(path);
    return real_fs().remove(path);
  }
  Status truncate(std::string const& path, uint64_t size) override {
    VIGIE_CHECK(spend());
    synced_[path] = std::min(synced_[path], size);
    return real_fs().truncate(path, size);
  }
  Status sync_folder(std::string const& path) override {
    VIGIE_CHECK(spend());
    return real_fs().sync_folder(path);
  }
  Status make_folders(std::string const& path) override { return real_fs().make_folders(path); }
  Result<std::vector<std::string>> list(std::string const& folder) override { return real_fs().list(folder); }
  bool exists(std::string const& path) override { return real_fs().exists(path); }

 private:
  class Watched final : public File {
   public:
    Watched(FaultyFs& fs, std::string path, std::unique_ptr<File> file)
        : fs_(fs), path_(std::move(path)), file_(std::move(file)) {}
    Status append(std::string_view bytes) override {
      if (auto const spent = fs_.spend(); !spent) {
        [[maybe_unused]] auto const half = file_->append(bytes.substr(0, bytes.size() / 2));
        return spent;
      }
      return file_->append(bytes);
    }
    Status sync() override {
      VIGIE_CHECK(fs_.spend());
      VIGIE_CHECK(file_->sync());
      fs_.synced_[path_] = file_->size();
      return {};
    }
    uint64_t size() const override { return file_->size(); }

   private:
    FaultyFs& fs_;
    std::string path_;
    std::unique_ptr<File> file_;
  };

  Status spend() {
    if (left_ > 0) --left_;
    return left_ == 0 ? fail(Errc::io, "no space left on device (injected)") : Status();
  }

  int64_t left_ = -1;  // calls until the failure; negative: never
  std::map<std::string, uint64_t> synced_;
};

}  // namespace vigie::archive
