#include "speech/conjugation.hpp"

#include "base/utf8.hpp"
#include "text/characters.hpp"

namespace vigie::speech {
namespace {

// Verbs outside the two regular groups: present, third persons; stem of the imperfect and of the participle in -ant;
// stem of the future; past participle; simple past.
struct Irregular {
  std::string_view infinitive, singular, plural, imperfect, future, participle, simple_past;
};

constexpr Irregular kIrregulars[] = {
    {"dire", "dit", "disent", "dis", "dir", "dit", "dit"},
    {"redire", "redit", "redisent", "redis", "redir", "redit", "redit"},
    {"prédire", "prédit", "prédisent", "prédis", "prédir", "prédit", "prédit"},
    {"écrire", "écrit", "écrivent", "écriv", "écrir", "écrit", "écrivit"},
    {"décrire", "décrit", "décrivent", "décriv", "décrir", "décrit", "décrivit"},
    {"reconnaître", "reconnaît", "reconnaissent", "reconnaiss", "reconnaîtr", "reconnu", "reconnut"},
    {"reconnaître", "reconnait", "reconnaissent", "reconnaiss", "reconnaitr", "reconnu", "reconnut"},
    {"admettre", "admet", "admettent", "admett", "admettr", "admis", "admit"},
    {"promettre", "promet", "promettent", "promett", "promettr", "promis", "promit"},
    {"soutenir", "soutient", "soutiennent", "souten", "soutiendr", "soutenu", "soutint"},
    {"convenir", "convient", "conviennent", "conven", "conviendr", "convenu", "convint"},
    {"prévenir", "prévient", "préviennent", "préven", "préviendr", "prévenu", "prévint"},
    {"souvenir", "souvient", "souviennent", "souven", "souviendr", "souvenu", "souvint"},
    {"répondre", "répond", "répondent", "répond", "répondr", "répondu", "répondit"},
    {"prétendre", "prétend", "prétendent", "prétend", "prétendr", "prétendu", "prétendit"},
    {"défendre", "défend", "défendent", "défend", "défendr", "défendu", "défendit"},
    {"croire", "croit", "croient", "croy", "croir", "cru", "crut"},
    {"craindre", "craint", "craignent", "craign", "craindr", "craint", "craignit"},
    {"plaindre", "plaint", "plaignent", "plaign", "plaindr", "plaint", "plaignit"},
    {"dépeindre", "dépeint", "dépeignent", "dépeign", "dépeindr", "dépeint", "dépeignit"},
    {"conclure", "conclut", "concluent", "conclu", "conclur", "conclu", "conclut"},
    {"poursuivre", "poursuit", "poursuivent", "poursuiv", "poursuivr", "poursuivi", "poursuivit"},
    {"reprendre", "reprend", "reprennent", "repren", "reprendr", "repris", "reprit"},
    {"sourire", "sourit", "sourient", "souri", "sourir", "souri", "sourit"},
    {"rire", "rit", "rient", "ri", "rir", "ri", "rit"},
    {"vouloir", "veut", "veulent", "voul", "voudr", "voulu", "voulut"},
    {"démentir", "dément", "démentent", "dément", "démentir", "démenti", "démentit"},
    {"émouvoir", "émeut", "émeuvent", "émouv", "émouvr", "ému", "émut"},
    {"apprendre", "apprend", "apprennent", "appren", "apprendr", "appris", "apprit"},
    {"prévoir", "prévoit", "prévoient", "prévoy", "prévoir", "prévu", "prévit"},
    {"entrevoir", "entrevoit", "entrevoient", "entrevoy", "entreverr", "entrevu", "entrevit"},
    {"déduire", "déduit", "déduisent", "déduis", "déduir", "déduit", "déduisit"},
    {"introduire", "introduit", "introduisent", "introduis", "introduir", "introduit", "introduisit"},
};

void participles(std::string const& masculine, FormSink const& sink) {
  sink(masculine, kPast);
  sink(masculine + "e", kPast);
  if (!masculine.ends_with('s')) sink(masculine + "s", kPast);
  sink(masculine + "es", kPast);
}

void futures(std::string const& stem, FormSink const& sink) {
  for (auto ending : {"a", "ont", "ait", "aient"}) sink(stem + ending, kFinite);
}

void imperfects(std::string const& stem, FormSink const& sink) {
  for (auto ending : {"ait", "aient"}) sink(stem + ending, kFinite);
  sink(stem + "ant", kGerund);
}

bool irregular(std::string_view infinitive, FormSink const& sink) {
  bool found = false;
  for (auto const& verb : kIrregulars) {
    if (verb.infinitive != infinitive) continue;
    found = true;
    for (auto form : {verb.singular, verb.plural, verb.simple_past}) sink(std::string(form), kFinite);
    imperfects(std::string(verb.imperfect), sink);
    futures(std::string(verb.future), sink);
    participles(std::string(verb.participle), sink);
  }
  return found;
}

// The stem before a silent ending: révél- -> révèl-, rappel- -> rappell-, appuy- -> appui-, martel- -> martèl-.
std::string strong_stem(std::string const& stem) {
  auto const ends = [&](std::string_view tail) { return stem.ends_with(tail); };
  if (ends("appel")) return stem + "l";
  if (ends("y")) return stem.substr(0, stem.size() - 1) + "i";
  if (ends("martel") || ends("lev")) {
    auto out = stem;
    return out.replace(out.rfind('e'), 1, "è");
  }
  auto const accent = stem.rfind("é");
  auto const vowels_after = accent == std::string::npos ? accent : stem.find_first_of("aeiouy", accent + 2);
  if (accent != std::string::npos && accent > 0 && vowels_after == std::string::npos) {
    auto out = stem;
    return out.replace(accent, std::string_view("é").size(), "è");
  }
  return stem;
}

void first_group(std::string const& stem, FormSink const& sink) {
  auto const strong = strong_stem(stem);
  for (auto ending : {"e", "ent"}) sink(strong + ending, kFinite);
  auto soft = stem;  // before a and o: annonç-, encourage-
  if (stem.ends_with('c')) soft = stem.substr(0, stem.size() - 1) + "ç";
  if (stem.ends_with('g')) soft = stem + "e";
  imperfects(soft, sink);
  sink(soft + "a", kFinite);
  sink(stem + "èrent", kFinite);
  futures((strong.ends_with("ll") || strong.ends_with('i') ? strong : stem) + "er", sink);
  participles(stem + "é", sink);
}

void second_group(std::string const& stem, FormSink const& sink) {
  for (auto ending : {"it", "issent"}) sink(stem + ending, kFinite);
  imperfects(stem + "iss", sink);
  futures(stem + "ir", sink);
  participles(stem + "i", sink);
}

}  // namespace

void conjugate_french(std::string_view infinitive, FormSink const& sink) {
  sink(std::string(infinitive), kInfinitive);
  if (irregular(infinitive, sink)) return;
  auto const stem = std::string(infinitive.substr(0, infinitive.size() - 2));
  if (infinitive.ends_with("er")) return first_group(stem, sink);
  if (infinitive.ends_with("ir")) return second_group(stem, sink);
}

void conjugate_english(std::string_view base, std::string_view past, std::string_view participle,
                       FormSink const& sink) {
  std::string const stem(base);
  bool const silent = base.ends_with('e');
  bool const y = base.ends_with('y') && base != "say";
  auto const cut = stem.substr(0, stem.size() - 1);
  sink(stem, kInfinitive | kFinite);
  sink(y ? cut + "ies" : base.ends_with('s') || base.ends_with('h') ? stem + "es" : stem + "s", kFinite);
  bool const doubled = base == "admit" || base == "quip" || base == "slam";
  auto const longer = doubled ? stem + stem.back() : stem;
  sink(silent ? cut + "ing" : longer + "ing", kGerund);
  if (past.empty()) {
    sink(silent ? stem + "d" : y ? cut + "ied" : longer + "ed", kFinite | kPast);
  } else {
    sink(std::string(past), kFinite | kPast);
    sink(std::string(participle), kPast);
  }
}

bool looks_like_infinitive(std::string_view low) {
  auto const listed = [&](std::string_view list) {
    auto const at = list.find(std::string(" ") + std::string(low) + " ");
    return at != std::string_view::npos;
  };
  if (low.size() < 4) return false;
  if (low.ends_with("re")) {
    return listed(
        " être faire dire prendre mettre répondre rendre perdre croire connaître suivre vivre lire écrire construire "
        "détruire conduire produire comprendre apprendre attendre entendre défendre vendre rejoindre craindre plaindre "
        "permettre promettre admettre soumettre remettre transmettre reprendre surprendre poursuivre battre combattre "
        "naître paraître disparaître reconnaître boire rire exclure conclure réduire traduire satisfaire refaire "
        "descendre étendre dépendre suspendre prétendre correspondre résoudre joindre atteindre plaire vaincre "
        "convaincre interdire prédire contredire nuire séduire instruire tendre fondre inscrire décrire survivre ");
  }
  if (low.ends_with("oir")) {
    return listed(
        " avoir pouvoir vouloir devoir savoir voir recevoir prévoir apercevoir falloir valoir revoir concevoir "
        "décevoir "
        "percevoir asseoir émouvoir ");
  }
  if (low.ends_with("ier")) {
    return listed(
        " étudier publier vérifier nier justifier bénéficier remercier apprécier oublier copier confier modifier "
        "qualifier négocier envier marier associer identifier crier trier lier relier plier sacrifier privilégier "
        "clarifier simplifier signifier certifier amplifier diversifier télégraphier parier supplier renier gérer ");
  }
  if (low.ends_with("er")) {
    return !listed(
        " hiver mer fer cher danger étranger étranger léger berger boulanger leader super poster cancer enfer manager "
        "hacker meeting dîner hier amer ver passager messager rocher clocher plancher boucher archer ");
  }
  if (low.ends_with("ir")) return !listed(" désir plaisir avenir souvenir loisir cuir tir émir menhir saphir élixir ");
  return false;
}

std::string lower_latin(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) append_code_point(out, text::to_lower(next_code_point(text, at)));
  return out;
}

}  // namespace vigie::speech
