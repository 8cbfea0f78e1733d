// lexicon.hpp: what is known of a word before reading: reporting verbs in all their forms, function words, nouns that
// name speakers, first names. Built once from the word lists of this folder; read-only afterwards. Threads: safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigie::speech {

using Facts = uint64_t;

// Forms of reporting verbs.
inline constexpr Facts kFinite = 1ull << 0;
inline constexpr Facts kPast = 1ull << 1;
inline constexpr Facts kGerund = 1ull << 2;
inline constexpr Facts kInfinitive = 1ull << 3;
inline constexpr Facts kVerbForm = kFinite | kPast | kGerund | kInfinitive;

// What a reporting verb governs.
inline constexpr Facts kQuotes = 1ull << 4;      // words in quotation marks: s'exclame
inline constexpr Facts kThat = 1ull << 5;        // a clause with "que", "that": affirme que
inline constexpr Facts kToDo = 1ull << 6;        // an infinitive: affirme avoir
inline constexpr Facts kPhrase = 1ull << 7;      // a noun phrase that holds quoted words: dénonce une "honte"
inline constexpr Facts kAfter = 1ull << 8;       // stands behind a sentence without marks: ", rapporte X"
inline constexpr Facts kOfToDo = 1ull << 9;      // "de" or "à" and an infinitive: promet de
inline constexpr Facts kReflexive = 1ull << 10;  // only with "se": s'insurge
inline constexpr Facts kOpinion = 1ull << 11;    // a thought, not an utterance: estime

// Function words.
inline constexpr Facts kHave = 1ull << 12;  // forms of avoir, have
inline constexpr Facts kBe = 1ull << 13;    // forms of être, be
inline constexpr Facts kDeterminer = 1ull << 14;
inline constexpr Facts kPreposition = 1ull << 15;
inline constexpr Facts kPronoun = 1ull << 16;  // a subject pronoun
inline constexpr Facts kConjunction = 1ull << 17;
inline constexpr Facts kClitic = 1ull << 18;  // le, lui, se, en, ne: between subject and verb
inline constexpr Facts kAdverb = 1ull << 19;  // between auxiliary and participle
inline constexpr Facts kTime = 1ull << 20;    // days, months
inline constexpr Facts kPossessive = 1ull << 21;

// Nouns.
inline constexpr Facts kPersonNoun = 1ull << 22;  // président, actrice
inline constexpr Facts kGroupNoun = 1ull << 23;   // syndicat, ministère
inline constexpr Facts kMediaNoun = 1ull << 24;   // quotidien, chaîne
inline constexpr Facts kReportNoun = 1ull << 25;  // étude, sondage: its issuer speaks
inline constexpr Facts kPlaceNoun = 1ull << 26;   // rue, ville
inline constexpr Facts kFeminine = 1ull << 27;
inline constexpr Facts kPlural = 1ull << 28;
inline constexpr Facts kMasculine = 1ull << 29;

inline constexpr Facts kOrdinary = 1ull << 30;   // opens sentences with a capital, but is no name
inline constexpr Facts kHonorific = 1ull << 31;  // M., Mme, Me
inline constexpr Facts kFirstName = 1ull << 32;
inline constexpr Facts kFirstNameMan = 1ull << 33;
inline constexpr Facts kFirstNameWoman = 1ull << 34;
inline constexpr Facts kNegation = 1ull << 35;     // pas, jamais, not
inline constexpr Facts kNationality = 1ull << 36;  // an adjective of place or party: russe, socialiste
inline constexpr Facts kParticle = 1ull << 37;     // inside names: de, van, ben
inline constexpr Facts kEnglish = 1ull << 38;      // an English reporting verb
inline constexpr Facts kOrgHead = 1ull << 39;      // opens the name of an institution: Conseil, parquet
inline constexpr Facts kWeak = 1ull << 40;         // a verb form that is more often a noun: note, juge
inline constexpr Facts kEvent = 1ull << 41;        // Coupe, Festival: names of events and awards
inline constexpr Facts kVerbLike = 1ull << 42;     // common finite forms of other verbs: est, va, peut

inline constexpr Facts kNever = 1ull << 43;  // never a name by itself: TGV, État

inline constexpr Facts kFrench = 1ull << 44;  // a French reporting verb

inline constexpr Facts kReporting = kQuotes | kThat | kToDo | kPhrase | kAfter | kOfToDo;

// Facts of a lower-case word; 0 for the unknown. Cost: one probe.
Facts facts_of(std::string_view lower);
// Says that facts_of() will soon be asked: the lexicon is large, and few of its words are at hand.
void expect_facts(std::string_view lower);

}  // namespace vigie::speech
