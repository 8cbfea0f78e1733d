// candidates.hpp: whom a pronoun or a description may mean, with what speaks for each: how near and how prominently
// they were named, whether they spoke last, whether the article describes them with the same noun. A linear score over
// these facts chooses; its weights are made by tools/train_speakers. Threads: confined to one thread, memory reused.
// Cost: looks back over at most kPlacesBack names.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "speech/reading.hpp"
#include "speech/source_phrase.hpp"

namespace vigie::speech {

inline constexpr uint32_t kPlacesBack = 80;
inline constexpr uint32_t kSelf = kNone - 1;     // no name of the article: the description itself
inline constexpr uint32_t kUnnamed = kNone - 2;  // the unnamed speaker of the last quote

enum Evidence : uint8_t {
  kSelfAlone,
  kSelfPerson,
  kSelfGroup,
  kSelfMedium,
  kSelfReport,
  kSelfOther,
  kSelfLongPerson,
  kSelfLongOther,
  kSelfNames,
  kUnnamedLast,
  kSpokeNear,
  kSpokeOff,
  kSpokeFar,
  kSpokeNearDescribed,
  kSpokeOffDescribed,
  kSameRole,
  kLikeRole,
  kRoleWords,
  kOtherRole,
  kKnownRole,
  kKnownRoleWords,
  kPersonPronoun,
  kBodyPronoun,
  kPersonForPerson,
  kBodyForPerson,
  kBodyForGroup,
  kMediumForMedium,
  kBodyForReport,
  kPersonForThing,
  kNameHasNoun,
  kSameSentence,
  kSentenceBefore,
  kSentencesBefore,
  kGovernedSame,
  kGovernedBefore,
  kOnlyInside,
  kNearest,
  kSecondNearest,
  kOftenNamed,
  kInTitle,
  kGenderKnown,
  kGenderOpen,
  kTokensAway,
  kNearestThisLast,
  kOpensSentence,
  kSubject,
  kSubjectSame,
  kSubjectBefore,
  kNewBefore,
  kTitleFirst,
  kMediumPronoun,
  kPersonUnnamed,
  kUnnamedIndefinite,
  kUnnamedNearer,
  kUnnamedSameNoun,
  kUnnamedOtherNoun,
  kSelfInstitution,
  kSelfSeen,
  kSelfOwner,
  kBodyForInstitution,
  kBodyHeadNoun,
  kSelfNamedElsewhere,
  kSelfRelation,
  kSelfFormer,
  kSelfThis,
  kLastThis,
  kOutdone,
  kUnbacked,
  kUnbackedRelation,
  kUnbackedOffice,
  kInverted,
  kLatestSubject,
  kSaidThere,
  kSpokeUnbroken,
  kSpokeBroken,
  kChainNearest,
  kChainSubject,
  kOtherMedium,
  kBodySpokeUnbroken,
  kGoesOn,
  kEvidenceCount
};

using EvidenceRow = std::array<float, kEvidenceCount>;
using Weights = std::span<float const, kEvidenceCount>;

struct LastSpeaker {
  uint32_t named = kNone;  // kNone where unnamed or nobody spoke
  uint32_t at = 0;         // token
  uint32_t noun = kNone;   // of a description
  bool any = false, plural = false;
  Gender gender = Gender::unknown;
};

// Ids from kUnnamedPeople on are people without a name, by the token of the determiner: "un témoin".
inline constexpr uint32_t kUnnamedPeople = 1u << 31;
inline bool is_unnamed_person(uint32_t id) { return id >= kUnnamedPeople && id < kUnnamed; }

class Candidates {
 public:
  void begin(Reading const&);
  // The candidates for a pronoun or a definite description, with their evidence; rows() and ids() until the next call.
  void gather(Source const&, LastSpeaker const&);
  std::vector<uint32_t> const& ids() const { return ids_; }
  std::vector<EvidenceRow> const& rows() const { return rows_; }
  // The id with the highest score; kNone where nobody is in question.
  uint32_t best(Weights) const;
  static Weights weights();

 private:
  bool fits(uint32_t id, Source const&) const;
  EvidenceRow& row(uint32_t id);
  void look_back(Source const&);
  void add_unnamed_people(Source const&, LastSpeaker const&);
  void add_chain(Source const&);
  void add_breaks(EvidenceRow&, uint32_t id, Source const&, LastSpeaker const&) const;
  static bool goes_on(Reading const&, Source const&);
  bool said_there(NamePlace const&) const;
  void add_subject(EvidenceRow&, bool subject, uint32_t sentences_away) const;
  void add_kind(EvidenceRow&, uint32_t id, Source const&) const;
  void add_known_roles(EvidenceRow&, uint32_t id, Source const&) const;
  void add_roles(Source const&);
  void add_last(Source const&, LastSpeaker const&);
  void add_self(Source const&);
  void compare(Source const&);
  struct About {
    std::string low;         // the name in lower case
    std::string_view roles;  // public_roles()
    bool asked = false;
  };
  About const& about(uint32_t id) const;

  Reading const* r_ = nullptr;
  uint32_t title_first_ = kNone;      // the first person of title and lede
  mutable std::vector<About> about_;  // by name
  std::vector<uint32_t> ids_;
  std::vector<EvidenceRow> rows_;
};

}  // namespace vigie::speech
