"""Which blocks of cards hold similar articles, told by their headings and by the names of their elements.

In a dozen languages; what is most read, newest or paid for is told apart, because it is not similar.
"""

import re
from collections.abc import Collection
from typing import Final

_SIMILAR: Final = re.compile(
    r"[\W_]*(?:similar (?:blogs?|articles?|stories|posts?|news|reads?|content)"
    r"|related(?: (?:articles?|stories|story|posts?|news|content|coverage|topics?|reading|links?|blogs?|reads?))?"
    r"|(?:you (?:may|might)|you['’]ll) (?:also )?(?:like|enjoy|be interested in)"
    r"|recommended(?: (?:for you|reading|stories|articles|posts))?"
    r"|more (?:on|about) this(?: (?:topic|story|subject))?|more like this|see also|read (?:also|next|this next)"
    r"|also read|further reading|keep reading|what to read next|up next|next up(?: in .{2,40})?"
    r"|more (?:from|on) (?!us\b).{2,40}|ähnliche (?:artikel|beiträge|themen|meldungen|nachrichten)|mehr zum thema"
    r"|mehr zu(?:m|r)? .{2,40}|zum thema|passend(?:e artikel)? (?:dazu|zum thema)"
    r"|weitere (?:artikel|beiträge|meldungen) zum thema|verwandte (?:artikel|themen|beiträge)"
    r"|das könnte (?:sie|dich|ihnen|dir) (?:auch )?(?:interessieren|gefallen)|auch interessant|lesen sie auch"
    r"|siehe auch|empfehlungen? der redaktion|(?:articles?|contenus?) (?:similaires?|liés|connexes)"
    r"|sur le même (?:sujet|thème)|(?:à )?lire aussi|à lire (?:également|aussi)|à voir aussi|vous aimerez aussi"
    r"|cela pourrait vous intéresser|pour aller plus loin"
    r"|(?:artículos?|noticias?|contenidos?|temas?) (?:relacionad[oa]s?|similares?)|te puede interesar"
    r"|también te puede interesar|lee también|lea también|más sobre (?:este tema|.{2,40})"
    r"|articoli (?:correlati|simili)|leggi anche|potrebbe(?:ro)? (?:anche )?interessarti"
    r"|ti potrebbe(?:ro)? interessare|sullo stesso (?:argomento|tema)|notizie correlate"
    r"|(?:artigos?|notícias?|matérias?|conteúdos?) (?:relacionad[oa]s?|semelhantes)|leia (?:também|mais)"
    r"|veja também|saiba mais|gerelateerd(?:e (?:artikelen|berichten|nieuws))?|vergelijkbare artikelen"
    r"|lees (?:ook|meer over .{2,40}|verder)|meer over (?:dit onderwerp|.{2,40})|zie ook"
    r"|powiązane(?: (?:artykuły|tematy))?|podobne (?:artykuły|tematy|wpisy)|zobacz (?:także|również|też)"
    r"|czytaj (?:także|też|również|więcej)|może cię zainteresować|benzer (?:haberler|yaz\u0131lar|içerikler)"
    r"|ilgili (?:haberler|yaz\u0131lar|içerikler)|bunlar da ilginizi çekebilir|ilginizi çekebilir"
    r"|relaterte? (?:artikler|saker)|relaterede artikler|relaterade (?:artiklar|nyheter)|les også|læs også"
    r"|läs (?:också|även|mer om .{2,40})|mer om (?:saken|.{2,40})|se også|liknande artiklar"
    r"|lignende artikler)[\W_]*\Z",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"most (?:read|popular|viewed|shared|commented)|trending|popular|latest|newest|recent (?:posts?|news|articles)"
    r"|top stories|headlines|breaking|sponsor|promoted|advert|partner|from (?:around|across|the web)"
    r"|around the web|meistgelesen|neueste|aktuelle|beliebt|anzeige|les plus (?:lus|vus|populaires|récents)"
    r"|derniers?|dernières|en continu|partenaire|sponsorisé|más (?:leíd|vist|popular)|últimas?|lo último"
    r"|patrocinad|più (?:lett|vist|popolar)|ultime|ultimi|mais (?:lid|vist|popular|recentes)|meest (?:gelezen"
    r"|bekeken)|laatste|net binnen|najpopularniejsze|najczęściej|najnowsze|ostatnie|çok okunan|popüler"
    r"|son (?:haber|dakika)|mest (?:lest|læst|läst)|siste|seneste|senaste|author|autor|newsletter|comments?"
    r"|kommentar",
    re.IGNORECASE,
)
_SIMILAR_NAMES: Final = (
    *(
        frozenset({name})
        for name in "related recommended recommendation recommendations recirc recirculation similar".split()
    ),
    *(
        frozenset({name})
        for name in "verwandte relacionadas relacionados correlati correlate relatedposts yarpp".split()
    ),
    *(frozenset(pair.split()) for pair in ("more from", "read next", "read also", "also like", "see also")),
)
"""An element whose names hold all words of one of these holds similar articles."""
OTHER_NAMES: Final = frozenset(
    "nav navigation menu footer breadcrumb breadcrumbs trending popular mostread mostpopular latest ticker"
    " sponsored sponsor outbrain"
    " taboola zergnet revcontent promoted advert advertisement ads ad comments comment disqus share sharing"
    " social newsletter author authors"
    " tags tag topics taglist pagination pager login cookie consent video videos".split()
)


def is_similar_heading(text: str) -> bool:
    """Does this heading announce similar articles?"""
    return _SIMILAR.match(text) is not None and _OTHER.search(text) is None


def is_other_heading(text: str) -> bool:
    """Does it announce what is most read, newest or paid for?"""
    return _OTHER.search(text) is not None


def is_similar_name(names: Collection[str]) -> bool:
    """Do the words of an element's names say that it holds similar articles?"""
    words = set(names)
    return any(wanted <= words for wanted in _SIMILAR_NAMES) and OTHER_NAMES.isdisjoint(words)
