#include "collect/starter.hpp"

#include <array>

namespace vigie::collect {
namespace {

constexpr std::array kStarters = {
    Starter{"fr", "Le Monde", "https://www.lemonde.fr/rss/une.xml", "https://www.lemonde.fr/"},
    Starter{"fr", "franceinfo", "https://www.francetvinfo.fr/titres.rss", "https://www.francetvinfo.fr/"},
    Starter{"fr", "France 24", "https://www.france24.com/fr/rss", "https://www.france24.com/fr/"},
    Starter{"fr", "RFI", "https://www.rfi.fr/fr/rss", "https://www.rfi.fr/fr/"},
    Starter{"fr", "Le Figaro", "https://www.lefigaro.fr/rss/figaro_actualites.xml", "https://www.lefigaro.fr/"},
    Starter{"fr", "20 Minutes", "https://www.20minutes.fr/feeds/rss-une.xml", "https://www.20minutes.fr/"},
    Starter{"fr", "Ouest-France", "https://www.ouest-france.fr/rss/une", "https://www.ouest-france.fr/"},
    Starter{"fr", "Mediapart", "https://www.mediapart.fr/articles/feed", "https://www.mediapart.fr/"},
    Starter{"fr", "RTBF Info", "https://rss.rtbf.be/article/rss/highlight_rtbf_info.xml", "https://www.rtbf.be/info"},
    Starter{"fr", "Le Devoir", "https://www.ledevoir.com/rss/manchettes.xml", "https://www.ledevoir.com/"},
    Starter{"fr", "ONU Info", "https://news.un.org/feed/subscribe/fr/news/all/rss.xml", "https://news.un.org/fr/"},
    Starter{"en", "BBC News", "https://feeds.bbci.co.uk/news/rss.xml", "https://www.bbc.co.uk/news"},
    Starter{"en", "The Guardian, world", "https://www.theguardian.com/world/rss", "https://www.theguardian.com/world"},
    Starter{"en", "NPR", "https://feeds.npr.org/1001/rss.xml", "https://www.npr.org/"},
    Starter{"en", "Al Jazeera", "https://www.aljazeera.com/xml/rss/all.xml", "https://www.aljazeera.com/"},
    Starter{"en", "France 24, English", "https://www.france24.com/en/rss", "https://www.france24.com/en/"},
    Starter{"en", "Deutsche Welle", "https://rss.dw.com/rdf/rss-en-all", "https://www.dw.com/en/"},
    Starter{"en", "UN News", "https://news.un.org/feed/subscribe/en/news/all/rss.xml", "https://news.un.org/en/"},
    Starter{"de", "tagesschau", "https://www.tagesschau.de/xml/rss2/", "https://www.tagesschau.de/"},
    Starter{"it", "ANSA", "https://www.ansa.it/sito/ansait_rss.xml", "https://www.ansa.it/"},
};

}  // namespace

std::span<Starter const> starters() { return kStarters; }

}  // namespace vigie::collect
