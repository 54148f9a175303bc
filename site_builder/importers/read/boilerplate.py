"""What publishers write around and between the paragraphs of an article, told by its words in a dozen languages.

Every expression here names a habit of the trade ("Read also:", "Follow us on", "All rights reserved"), never a
publisher.
"""

import re
from typing import Final

from site_builder.importers.read.dates import find_dates, find_relative

_LABELS: Final = (
    r"(?:also )?read (?:also|more|next|on|this|here|the full|full)?|read|more (?:from|on|about|stories|coverage"
    r"|news|to read)|see also|watch(?: also| now)?|listen(?: to)?|related(?: articles?| stories| story| posts?"
    r"| content| coverage| topics?| links?| video)?|recommended(?: for you| videos?| reading| stories)?|you (?:may"
    r"|might) (?:also )?like|do(?:n['’]t| not) miss|must[- ]read|up next|explore further|further reading"
    r"|editor['’]?s['’]? picks?|in case you missed it|keep reading|also on [\w.]+|lesen sie (?:auch|mehr|hier|dazu"
    r"|weiter)|lies (?:auch|mehr)|mehr (?:zum thema|dazu|aus|über|zu|lesen)|auch interessant|siehe auch"
    r"|passend dazu|zum thema|lese-?tipp|weiterlesen|weitere (?:artikel|meldungen|themen|nachrichten"
    r"|informationen)|das könnte sie auch interessieren|das könnte (?:ihnen|dir) (?:auch )?gefallen|hören sie"
    r"|empfehlungen? der redaktion|link zum [\w-]+-inhalt|(?:à )?lire (?:aussi|également|plus|la suite)|à lire"
    r"|(?:à )?voir aussi|à voir|sur le même (?:sujet|thème)|notre dossier|pour aller plus loin|vous aimerez aussi"
    r"|écouter (?:aussi|également)|retrouvez|le[ae] también|leer (?:más|también)|lee más|te puede interesar"
    r"|le puede interesar|también te puede interesar|más información|ver también|mira también"
    r"|noticias? relacionadas?|artículos? relacionados?|puedes leer|leggi (?:anche|tutto|di più|l['’]articolo)"
    r"|approfondisci|vedi anche|guarda anche|potrebbe(?:ro)? interessarti|articoli correlati|per approfondire"
    r"|leia (?:também|mais|ainda)|ler mais|veja (?:também|mais)|saiba mais|notícias relacionadas"
    r"|artigos relacionados|lees (?:ook|verder|meer)|zie ook|bekijk ook|luister ook|meer (?:over|nieuws)"
    r"|(?:prze)?czytaj (?:też|także|więcej|również)|zobacz (?:też|także|więcej|również)|polecamy|powiązane"
    r"|sprawdź też|ayr\u0131ca oku(?:yun)?|ilgili haber(?:ler)?|bunlar da ilginizi çekebilir|haberin devam\u0131"
    r"|daha fazla(?:s\u0131)?|benzer haberler|læs (?:også|mere)|les (?:også|mer)|läs (?:också|mer|även|vidare)"
    r"|se også|se även|hør også|mer om|mere om"
)
_LABEL: Final = re.compile(rf"[\W_]*(?:{_LABELS})\b", re.IGNORECASE)
_LABEL_ONLY: Final = re.compile(rf"[\W_]*(?:{_LABELS})[\W_]*\Z", re.IGNORECASE)
_LABEL_COLON: Final = re.compile(rf"[\W_]*(?:{_LABELS}|more|mehr|plus|más|altro)\s*[:|»>–—]", re.IGNORECASE)

_PROMOTION: Final = re.compile(
    r"sign[- ]?up (?:for|to|here|now|today)|subscribe (?:to|now|here|today|on)|subscribe$|our (?:daily |weekly "
    r"|free )?newsletters?\b|follow (?:us|him|her|them|me|@\w+) (?:on|at)"
    r"|follow \w+ on (?:twitter|instagram|facebook|x\b|google|linkedin|bluesky)|(?:like|join) us on (?:facebook"
    r"|whatsapp|telegram)|join our (?:\w+ )?(?:channel|whatsapp|telegram|newsletter|community)|download (?:the"
    r"|our) (?:\w+ ){0,3}app\b|get the \w+(?: \w+)? app\b|click here (?:to|for)|get (?:the|our) (?:latest|top"
    r"|day['’]s) .{0,60}(?:inbox|newsletter|email)|straight to your inbox|in your inbox|to your inbox"
    r"|your email address|like this story\?|share (?:it with|this (?:article|story|post))|this (?:article"
    r"|story) (?:was originally|originally|first) (?:published|appeared)|independently select"
    r"|earn (?:us )?a(?:n affiliate)? commission|affiliate links?|have a (?:news )?tip\?"
    r"|send (?:us )?(?:your )?(?:news )?tips to|(?:may|can) be reached at|write to .{3,60}@|reach (?:the"
    r"|our) reporters?|e?-?mail .{2,40} at \S+@|advertisement$|advertising$|sponsored$|support our (?:work"
    r"|journalism)|tell us what you think|leave a comment|order reprints|print article"
    r"|personal,? non-?commercial use|error (?:has occurred|processing)|please try again later"
    r"|thank you for (?:subscribing|signing)|article content$|story continues(?: below.*)?$"
    r"|continue reading(?: below.*)?$|scroll to continue|add us as a preferred source|preferred source on google"
    r"|newsletter (?:abonnieren|bestellen|anmelden)|jetzt (?:abonnieren|anmelden|kostenlos|bestellen|downloaden)"
    r"|folgen sie uns|folge uns|kostenlos(?:en|er)? (?:testen|newsletter)|(?:unser(?:en|em)?"
    r"|zum) (?:\w+-)?newsletter\b|whatsapp-kanal|artikel (?:merken|teilen|drucken)|anzeige$|zur startseite$"
    r"|affiliate-links?|provision(?:en)? (?:vom|vom händler)|empfohlener (?:redaktioneller|externer) inhalt"
    r"|externen? inhalte? (?:angezeigt|anzeigen|von)|personenbezogene daten an drittplattformen|weitere \w+ laden$"
    r"|abonnez-vous|inscrivez-vous|suivez-nous|(?:notre|nos) (?:newsletters?|lettres? d['’]information)"
    r"|rejoignez(?:-| )nous|télécharg(?:ez|er) (?:notre|l['’])\s?application|publicité$|la suite après (?:cette"
    r"|la) publicité|article réservé (?:aux|à nos) abonnés|il vous reste \d+|suscr[ií]b(?:ete|ase|irse)"
    r"|s[ií]gu?e(?:nos|nos en)\b|síguenos|nuestr[ao]s? (?:newsletter|boletín|canal)|recib[ea] (?:en tu|las"
    r"|nuestro).{0,60}(?:correo|newsletter|boletín)|publicidad$|únete a nuestro"
    r"|iscriviti (?:alla|al|a)|seguici (?:su|anche)|la nostra newsletter|scarica (?:la|l['’])\s?app"
    r"|riproduzione riservata|pubblicità$|©\s*riproduzione|assine (?:a|o|já|agora)|inscreva-se|siga-?nos|siga o"
    r"|a nossa newsletter|nosso canal|receba .{0,40}(?:e-?mail|newsletter)|publicidade$|meld je aan|schrijf je in"
    r"|abonneer|volg ons|onze nieuwsbrief|advertentie$|zapisz się|zasubskrybuj|obserwuj nas"
    r"|nasz(?:ego)? newsletter|reklama$|dalszy ciąg (?:materiału|artykułu)|abone ol|takip edin|bültenimiz|reklam$"
    r"|tilmeld dig|abonner på|følg os|følg oss|følg med på|nyhedsbrev|nyhetsbrev|annonse?$|artiklen fortsætter"
    r"|saken fortsetter|artikkelen fortsetter|prenumerera på|följ oss",
    re.IGNORECASE,
)
_LEGAL: Final = re.compile(
    r"(?:^|\s)(?:©|\(c\)\s|copyright\b)|all rights reserved|alle rechte vorbehalten|tous droits réservés"
    r"|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados"
    r"|alle rechten voorbehouden|wszelkie prawa zastrzeżone|tüm haklar\u0131 sakl\u0131d\u0131r"
    r"|may not be published, broadcast|\bISSN\b \d{4}",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"[(\[]?(?:(?:additional |with )?reporting by\b|edit(?:ed|ing) by\b|writing by\b"
    r"|with (?:files|additional reporting|reporting|inputs|material) from\b"
    r"|.{0,160}\bcontributed (?:to this (?:report|article|story)|reporting)"
    r"|(?:foto|photo|image|bild|crédit|credits?|foto's|zdjęcie|fotoğraf|fotos|picture|photograph|symbolbild"
    r"|source photo)s?(?: credits?| by| courtesy)?\s*[:/©]"
    r"|(?:quellen?|source|fuente|fonte|bron|źródło|kaynak|kilde|källa)s?\s*:\s*\S{2,}|mit material von"
    r"|mit informationen von"
    r"|\(?(?:dpa|afp|apa|sda|ansa|efe|ntb|ritzau|tt|pap|reuters|ap|lusa|anp|belga|kna|epd|sid)(?:[/,\s-]+(?:dpa"
    r"|afp|apa|sda|ap|reuters|\w{2,4}))*\)?$)",
    re.IGNORECASE,
)
_STAMP: Final = re.compile(
    r"[(\[]?(?:von [A-ZÄÖÜ]|by [A-Z]|By [A-Z]|Von [A-ZÄÖÜ]|[Pp]ar [A-ZÀ-Ý]|[Pp]or [A-ZÀ-Ý]|[Dd]i [A-Z]"
    r"|[Dd]oor [A-Z]|[Aa]v [A-ZÅ]|[Aa]f [A-ZÅ]"
    r"|(?i:(?:first |last )?(?:published|updated|modified|posted)\b|stand\s*:|erstellt|veröffentlicht"
    r"|aktualisiert|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|atualizado|gepubliceerd"
    r"|bijgewerkt|opublikowano|aktualizacja|publisert|oppdatert|publicerad|uppdaterad|offentliggjort|opdateret"
    r"|yay\u0131nlanma|güncelleme|lesezeit|temps de lecture|tempo d[ie] let(?:tu|itu)ra|tiempo de lectura"
    r"|reading time|\d+ min(?:uten?|utes?|utos?|uti)?\b.{0,12}(?:read|lesezeit|lecture|lectura|lettura|leitura)))",
)
"""Byline, date or reading time on a line of its own; case counts, as "von" begins sentences too."""

MAX_LINE: Final = 600
"""Characters of a line that is looked at here; longer ones are paragraphs, or no language."""
MAX_LABELLED_WORDS: Final = 30
"""A longer block that begins "More on ..." is a paragraph."""
MAX_PROMOTION_WORDS: Final = 60
MAX_CREDIT_WORDS: Final = 45
MAX_STAMP_WORDS: Final = 16


def is_label(text: str) -> bool:
    """Is this "Read also" and nothing else?"""
    return len(text) < 60 and _LABEL_ONLY.match(text) is not None


def is_read_also(text: str, words: int, linked_words: int) -> bool:
    """Does this line lead to another article: "Read also: ..."?"""
    if words > MAX_LABELLED_WORDS or len(text) > MAX_LINE:
        return False
    linked = linked_words >= 0.5 * words
    return (
        is_label(text)
        or (_LABEL_COLON.match(text) is not None and (linked or words <= 20))
        or (linked and _LABEL.match(text) is not None)
    )


def is_promotion(text: str, words: int) -> bool:
    """Does this ask the reader to subscribe, follow, share or pay, or say who owns the text?"""
    if words > MAX_PROMOTION_WORDS or len(text) > MAX_LINE:
        return False
    return _PROMOTION.search(text) is not None or (_LEGAL.search(text) is not None)


def is_credit(text: str, words: int) -> bool:
    """Does this say who reported, edited, pictured or supplied the text?"""
    return words <= MAX_CREDIT_WORDS and len(text) <= MAX_LINE and _CREDIT.match(text) is not None


def is_stamp(text: str, words: int) -> bool:
    """Is this a byline, a date or a reading time?"""
    if words > MAX_STAMP_WORDS or len(text) > MAX_LINE:
        return False
    dates = sum(len(found.text) for found in find_dates(text)) + len(find_relative(text) or "")
    return _STAMP.match(text) is not None or 2 * dates > len(text)
