"""The words by which pages name their parts, in a dozen languages: headings of lists, labels, calls to act, small print.

Patterns are for one line at a time, without regard to case; accents as written. They are kept here, apart from the
rules that use them, so that another language is a matter of another line.
"""

import re
from typing import Final


def _one_of(*parts: str) -> str:
    return "(?:" + "|".join(parts) + ")"


def _line(*parts: str) -> re.Pattern[str]:
    """Matches a whole line: one of the phrases, with a mark or number around it at most."""
    return re.compile(rf"[\W\d_]*{_one_of(*parts)}[\W\d_]*", re.IGNORECASE)


def _within(*parts: str) -> re.Pattern[str]:
    """Found anywhere in a line, at the edges of words."""
    return re.compile(rf"(?<!\w){_one_of(*parts)}(?!\w)", re.IGNORECASE)


_TEXTS: Final = r"(?:blogs?|blog\s?posts?|articles?|posts?|stories|story|news|reads?|reading|content|coverage|reports?|topics?|links|items|insights)"
_ARTIKEL: Final = r"(?:artikel|beitr[äa]ge|themen|meldungen|nachrichten|inhalte|texte|storys|links|news)"
_TAIL: Final = r"(?:\s+[^.!?]{1,60})?"

SIMILAR: Final = _line(
    rf"(?:similar|related|recommended|relevant|suggested|connected|featured)\s+{_TEXTS}(?:\s+(?:for\s+you|from\s+.{{1,40}}))?",
    r"related|recommended(?:\s+(?:for\s+you|by\s+.{1,30}|reading))?|recommendations|similar",
    r"you\s+(?:may|might|could|will|['’]ll)\s+(?:also\s+)?(?:like|love|enjoy|be\s+interested\s+in)(?:\s+(?:these|this|reading))?",
    r"(?:read|up|what['’]?s?|what\s+to\s+read|watch)\s+next(?:\s+on\s+.{1,30})?",
    r"(?:read|see)\s+(?:also|more|these\s+next)|also\s+(?:read|see|on\s+.{1,40}|of\s+interest)|further\s+reading|keep\s+reading|(?:more|continue)\s+reading",
    rf"more\s+(?:{_TEXTS}|like\s+this|to\s+read|for\s+you)(?:\s+(?:from|on|about|in|by|like\s+this)\s+.{{1,50}})?",
    r"more\s+(?:from|on|about|in|by)\s+.{1,50}|(?:more\s+)?in\s+this\s+(?:section|series|topic)|on\s+the\s+same\s+(?:topic|subject)",
    r"articles?\s+(?:similaires?|li[ée]s?|connexes?|associ[ée]s?|recommand[ée]s?|sur\s+le\s+m[êe]me\s+(?:sujet|th[èe]me))",
    r"(?:[àa]\s+)?lire\s+(?:aussi|[ée]galement|ensuite|la\s+suite)|[àa]\s+(?:voir|d[ée]couvrir)(?:\s+(?:aussi|[ée]galement))?|voir\s+aussi|aussi\s+[àa]\s+lire|contenus?\s+(?:similaires?|li[ée]s?|associ[ée]s?)",
    rf"(?:sur|dans)\s+(?:le|la)\s+m[êe]me\s+(?:sujet|th[èe]me|th[ée]matique|rubrique|cat[ée]gorie)|vous\s+aimerez\s+(?:peut-[êe]tre\s+)?aussi{_TAIL}",
    r"(?:cela|ceci|ces\s+articles|[çc]a)?\s*(?:pourrait|pourraient|peut|peuvent)\s+(?:aussi\s+|[ée]galement\s+)?vous\s+int[ée]resser(?:\s+aussi)?|nos\s+recommandations|recommand[ée]s?(?:\s+pour\s+vous)?|plus\s+(?:d['’]articles|d['’]actualit[ée]s?|sur|de)\b.{0,40}",
    rf"(?:das|dies|diese\s+{_ARTIKEL})?\s*(?:k[öo]nnten?|d[üu]rften?)\s+(?:sie|dich|euch|ihnen)\s+(?:auch|ebenfalls)?\s*(?:interessieren|gefallen)",
    rf"(?:[äa]hnliche|weitere|verwandte|passende|empfohlene|mehr|zugeh[öo]rige|neue|relevante)\s+{_ARTIKEL}{_TAIL}",
    r"mehr\s+(?:zum\s+thema|zu\s+diesem\s+thema|dazu|von|aus|[üu]ber|zu|lesen)\b.{0,40}|auch\s+(?:interessant|lesenswert)|lesen\s+sie\s+(?:auch|mehr|dazu|weiter)\b.{0,40}|lies\s+auch|empfehlungen(?:\s+.{1,30})?|empfohlen(?:\s+f[üu]r\s+sie)?|zum\s+weiterlesen|weiterlesen|siehe\s+auch|passend\s+dazu|zum\s+thema",
    r"(?:tambi[ée]n\s+)?(?:te|le|os|les)\s+(?:puede|podr[íi]a|pueden|podr[íi]an)\s+(?:tambi[ée]n\s+)?(?:interesar|gustar)|tambi[ée]n\s+(?:te|le)\s+(?:interesa|gustar[áa])",
    r"(?:art[íi]culos|noticias|contenidos?|temas|entradas|notas|lecturas|publicaciones)\s+(?:relacionad[oa]s|recomendad[oa]s|similares|sugerid[oa]s)|relacionad[oa]s?|recomendad[oa]s(?:\s+para\s+(?:ti|usted))?|sigue\s+leyendo|seguir\s+leyendo|m[áa]s\s+(?:noticias|art[íi]culos|sobre|en|de)\b.{0,40}|lee\s+(?:tambi[ée]n|adem[áa]s)|lea\s+(?:tambi[ée]n|adem[áa]s)|ver\s+(?:tambi[ée]n|m[áa]s)|leer\s+m[áa]s",
    r"(?:articoli|notizie|contenuti|post)\s+(?:correlat[ie]|simili|consigliat[ie]|collegat[ie])|correlati|leggi\s+anche|(?:ti\s+)?potrebbe(?:ro)?\s+(?:anche\s+)?(?:interessarti|interessare|piacere|piacerti)|potrebbe\s+interessarti\s+anche|altri\s+articoli\b.{0,40}|altre\s+notizie\b.{0,40}|continua\s+a\s+leggere|vedi\s+anche|approfondimenti|consigliati(?:\s+per\s+te)?",
    r"(?:artigos|not[íi]cias|conte[úu]dos?|mat[ée]rias|posts)\s+(?:relacionad[oa]s|semelhantes|recomendad[oa]s)|leia\s+(?:tamb[ée]m|mais)|ver\s+tamb[ée]m|veja\s+(?:tamb[ée]m|mais)|(?:voc[êe]\s+)?(?:tamb[ée]m\s+)?(?:pode|poder[áa])\s+(?:tamb[ée]m\s+)?(?:gostar|interessar)(?:\s+de)?|(?:pode\s+)?tamb[ée]m\s+lhe\s+interessar|mais\s+(?:not[íi]cias|sobre|em|de)\b.{0,40}|continue\s+lendo|recomendad[oa]s\s+para\s+(?:si|voc[êe])",
    r"lees\s+(?:ook|verder|meer)|(?:gerelateerde|vergelijkbare|aanbevolen|andere|meer)\s+(?:artikelen|berichten|nieuws|verhalen|onderwerpen)\b.{0,40}|ook\s+interessant|meer\s+(?:over|lezen|van|uit)\b.{0,40}|aanbevolen(?:\s+voor\s+jou)?|bekijk\s+ook|misschien\s+ook\s+interessant|dit\s+vind\s+je\s+misschien\s+ook\s+(?:leuk|interessant)",
    r"l[æäa]s\s+(?:ogs[åa]|mere|videre|ocks[åa]|mer)|les\s+(?:ogs[åa]|mer)|relatere[dt]e?\s+(?:artikler|saker|innhold|indhold)|relaterade?\s+(?:artiklar|nyheter)|liknande\s+artiklar|mer[e]?\s+(?:om|fra|fr[åa]n)\b.{0,40}|m[åa]ske\s+(?:du\s+)?ogs[åa]\b.{0,40}|anbefale[dt]e?\b.{0,20}|andre\s+(?:leser|l[æäa]ser).{0,30}",
    r"czytaj\s+(?:tak[żz]e|te[żz]|wi[ęe]cej|dalej)|zobacz\s+(?:tak[żz]e|te[żz]|wi[ęe]cej)|przeczytaj\s+(?:tak[żz]e|te[żz])|(?:powi[ąa]zane|podobne|polecane|pokrewne)(?:\s+(?:artyku[łl]y|tre[śs]ci|tematy|wiadomo[śs]ci))?|polecamy(?:\s+.{1,30})?|wi[ęe]cej\s+(?:o|na\s+temat|z)\b.{0,40}",
    r"(?:ilgili|benzer|[öo]nerilen|di[ğg]er)\s+(?:haberler|i[çc]erikler|yaz[ıi]lar|makaleler)|ilginizi\s+[çc]ekebilir|bunlar\s+da\s+ilginizi\s+[çc]ekebilir|ayr[ıi]ca\s+(?:oku|bak)\w*",
)
"""Headings of a block of similar articles."""

POPULAR: Final = _line(
    rf"(?:the\s+)?(?:most|top|trending|latest|popular|newest|recent|just\s+in|today['’]?s|this\s+week['’]?s|editor['’]?s?)\s*(?:{_TEXTS}|read|viewed|popular|shared|commented|watched|picks?|choice|headlines|videos?|recent|trending|updates)?(?:\s+(?:now|today|this\s+week|on\s+.{{1,30}}|in\s+.{{1,30}}|from\s+.{{1,30}}|{_TEXTS}|stories|news))?",
    r"trending(?:\s+(?:now|topics))?|headlines|breaking\s+news|in\s+other\s+news|don['’]t\s+miss|must\s+reads?|in\s+case\s+you\s+missed\s+it",
    r"(?:meist|viel)\s?(?:gelesen|geklickt|kommentiert|geteilt|gesehen)\w*(?:\s+.{1,30})?|beliebt\w*(?:\s+.{1,30})?|(?:aktuelle|neueste|top|wichtigste)\s*[- ]?\s*(?:artikel|nachrichten|meldungen|themen|news|videos?|beitr[äa]ge)(?:\s+.{1,30})?|aktuell|schlagzeilen",
    r"(?:les\s+)?(?:plus\s+(?:lus|vus|consult[ée]s|populaires|partag[ée]s|comment[ée]s)|derniers?\s+articles?|derni[èe]res?\s+(?:actualit[ée]s?|infos?|news|minutes?)|articles?\s+(?:les\s+)?plus\s+(?:lus|r[ée]cents|populaires)|tendances?|[àa]\s+la\s+une|populaires?)(?:\s+.{1,20})?",
    r"(?:lo|los|las)?\s*m[áa]s\s+(?:le[íi]d[oa]s?|vist[oa]s?|popular(?:es)?|recientes?|comentad[oa]s?|compartid[oa]s?)(?:\s+.{1,20})?|[úu]ltimas\s+noticias|[úu]ltima\s+hora|tendencias|destacad[oa]s|lo\s+[úu]ltimo",
    r"(?:i\s+)?pi[ùu]\s+(?:letti|visti|popolari|commentati|recenti)(?:\s+.{1,20})?|ultime\s+(?:notizie|news|ore)|ultimi\s+articoli|primo\s+piano|di\s+tendenza",
    r"(?:as\s+|os\s+)?mais\s+(?:lid[oa]s|vist[oa]s|popular(?:es)?|recentes|comentad[oa]s)(?:\s+.{1,20})?|[úu]ltimas(?:\s+not[íi]cias)?|em\s+destaque|destaques",
    r"meest\s+(?:gelezen|bekeken|populair|recent)\w*|(?:laatste|recent[e]?|populaire?)\s+(?:nieuws|artikelen|berichten)|net\s+binnen|trending",
    r"mest\s+(?:l[æäa]st|sett|lest|popul[æa]r\w*|delte?)|seneste(?:\s+nyt|\s+nyheder)?|siste(?:\s+nytt|\s+saker)?|senaste(?:\s+nytt)?|najpopularniejsze|najnowsze|najcz[ęe][śs]ciej\s+czytane|popularne|en\s+[çc]ok\s+(?:okunan|izlenen)\w*|son\s+(?:dakika|haberler)|g[üu]ndem",
)
"""Headings of lists that are about the site, not about the article."""

TOOLS: Final = _line(
    r"(?:featured|promoted|recommended|sponsored|top|popular|trending|ai|our|latest)\s+(?:ai\s+)?tools?(?:\s+(?:of\s+the\s+(?:day|week|month)|for\s+you))?|tools?\s+(?:of\s+the\s+(?:day|week|month)|in\s+focus|spotlight)",
    r"outils?\s+(?:[àa]\s+la\s+une|en\s+vedette|mis\s+en\s+avant|recommand[ée]s?|du\s+(?:jour|moment))|nos\s+outils",
    r"(?:empfohlene|vorgestellte|ausgew[äa]hlte|gesponserte|beliebte)\s+(?:ki-)?(?:tools?|werkzeuge)|tools?\s+(?:der\s+woche|im\s+fokus|des\s+tages)",
    r"herramientas?\s+(?:destacadas?|recomendadas?|del\s+d[íi]a|de\s+la\s+semana|populares)",
    r"(?:strumenti|ferramentas?)\s+(?:in\s+evidenza|in\s+primo\s+piano|consigliati|em\s+destaque|recomendadas?)|uitgelichte\s+tools?",
)
"""Headings of advertised tools."""

PRICING: Final = _line(
    r"free|freemium|paid|free\s+trial|free\s+plan|open\s+source|contact\s+(?:for|us\s+for)\s+pricing|subscription|premium|enterprise|trial",
    r"gratuit|payant|essai\s+gratuit|kostenlos|gratis|kostenpflichtig|bezahlt|de\s+pago|prueba\s+gratuita|gratuito|pago|a\s+pagamento|betaald",
)

ACTION: Final = _line(
    r"(?:read|learn|see|show|view|load|find\s+out|discover|hear|watch)\s+(?:more|less|all|full\s+(?:story|article)|the\s+(?:full\s+)?(?:story|article))(?:\s+(?:about|on|here|stories|»|→).{0,40})?|continue\s+reading|keep\s+reading|read\s+(?:on|now|article|the\s+article|full\s+article|full\s+story)|click\s+here.{0,30}|visit\s+(?:site|website|tool)|try\s+(?:it|now|for\s+free).{0,20}|more|details?|go",
    r"(?:en\s+)?(?:savoir|lire|voir)\s+(?:plus|la\s+suite|l['’]article.{0,20}|tout|davantage)|d[ée]couvrir|(?:mehr|weiter)\s?(?:lesen|erfahren|anzeigen|infos?|dazu)?|zum\s+(?:artikel|beitrag|ratgeber|tool|angebot)|jetzt\s+(?:lesen|testen)|artikel\s+lesen",
    r"(?:leer|ver|saber)\s+(?:m[áa]s|art[íi]culo|noticia|nota)|m[áa]s\s+informaci[óo]n|seguir\s+leyendo|leggi\s+(?:tutto|di\s+pi[ùu]|l['’]articolo)|scopri(?:\s+di\s+pi[ùu])?|continua|(?:ler|leia|saiba|ver)\s+mais|lees\s+(?:meer|verder)|meer\s+(?:lezen|weten|info)|l[æäa]s\s+(?:mere|mer)|les\s+mer|czytaj\s+(?:dalej|wi[ęe]cej)|devam[ıi]n[ıi]\s+oku",
)
"""A link that closes a card."""

COMMENTS: Final = _line(
    r"(?:\d+\s+)?(?:comments?|responses?|replies|discussion|reactions?|postings?|kommentare?n?|ergänzungen|leserkommentare|diskussion|forum|commentaires?|r[ée]actions?|comentarios?|commenti|coment[áa]rios?|reacties|kommentarer|komentarze|yorumlar?)(?:\s*\(\s*\d+\s*\))?(?:\s+(?:on|to|zu|sur|zum|on\s+this|are\s+closed|zum\s+artikel).{0,60})?",
    r"(?:leave|post|add|write|submit)\s+(?:a|your)\s+(?:comment|reply|response)|join\s+the\s+(?:conversation|discussion)|view\s+(?:the\s+)?(?:comments|discussion).{0,20}|what\s+do\s+you\s+think\??|have\s+your\s+say|show\s+comments|comments\s+are\s+closed.{0,20}",
    r"(?:laisser|poster|ajouter|[ée]crire)\s+un\s+commentaire|(?:schreibe?n?\s+sie\s+)?(?:einen?\s+)?kommentar(?:\s+(?:schreiben|hinterlassen|verfassen))?|ihre\s+meinung(?:\s+z[äa]hlt)?|deja\s+(?:un|tu)\s+comentario|lascia\s+un\s+commento|deixe\s+(?:um|seu)\s+coment[áa]rio|laat\s+een\s+reactie\s+achter|geef\s+een\s+reactie|skriv\s+en\s+kommentar|dodaj\s+komentarz",
)
"""Where readers begin to speak."""

AUTHOR_BOX: Final = _line(
    r"about\s+(?:the\s+)?(?:authors?|writers?|reporter|journalist|contributors?|us|this\s+.{1,20}|[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){0,2})|written\s+by|meet\s+the\s+author|authors?|contributors?|our\s+team",
    r"[üu]ber\s+(?:den|die|das)\s+(?:autor\w*|verfasser\w*|magazin).{0,30}|(?:zur|zum|die|der)\s+(?:autorin?|person)|[àa]\s+propos\s+(?:de\s+l['’]auteur\w*|des\s+auteurs).{0,30}|l['’]auteur\w*|(?:sobre|acerca\s+de)\s+(?:el|la|los|o|a|os)?\s*autor\w*|sull['’]autore|l['’]autore|over\s+de\s+auteurs?|om\s+(?:forfatteren|skribenten)",
)

NEWSLETTER: Final = _within(
    r"newsletters?|subscribe(?:d|rs?)?|sign\s+up|sign[- ]in|log\s?in|log\s+in|register|registrieren|anmelden|abonnieren|abonnez|inscri(?:vez|ption)|suscr[íi]b\w+|iscriviti|assine|abonneer|tilmeld|abo|abonnement|subscription|unsubscribe|inbox|mailing\s+list|boletín|bolet[íi]n|posta\s+elettronica|e-?mail\s+address|your\s+e-?mail|weekly\s+updates|infolettre|e-?mail-adresse|adresse\s+e-?mail|donate|spenden|become\s+a\s+member|membership|patreon|free\s+account|app\s+store|google\s+play|whatsapp[- ](?:kanal|channel)|submission\s+has\s+been\s+received|went\s+wrong\s+while\s+submitting|thank\s+you\s+for\s+(?:subscribing|signing)|join\s+\d[\d,.]*\+?.{0,40}|suscripci[óo]n|suscriptor\w*|abonn[ée]\w*|premium|your\s+support|support\s+(?:us|our|independent)|click\s+here\s+to\s+support|readers\s+like\s+you|join\s+(?:our|us|the\s+conversation)|stay\s+up\s+to\s+date|follow\s+(?:us|our)|unterst[üu]tz(?:en\s+sie|e)\s+uns|soutenez|ap[óo]yanos|sostienici|steun\s+ons|st[øo]tt\s+oss|podcast",
)
"""Calls to subscribe, register, give."""

SHARE: Final = _within(
    r"share(?:\s+(?:this|on|via|article|story|save))?|tweet|facebook|twitter|linkedin|whatsapp|pinterest|reddit|telegram|bluesky|mastodon|instagram|youtube|tiktok|threads|flipboard|copy\s+(?:link|embed\s+code|url)|link\s+copied|print|e-?mail|bookmark|teilen|drucken|merken|partager|imprimer|envoyer|compartir|imprimir|condividi|stampa|partilhar|compartilhar|delen|dela|del|udost[ęe]pnij|payla[şs]|follow\s+us|folgen\s+sie\s+uns|suivez-nous|s[íi]guenos|seguici|siga-nos|volg\s+ons|promote\s+your\s+tool|embed|save|like|rss|xing|messenger|sms|snapchat|on\s+google|preferred\s+source",
)

SMALL_PRINT: Final = _within(
    r"cookies?|copyright|©|\(c\)\s*\d{4}|all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten|tous\s+droits\s+r[ée]serv[ée]s|todos\s+los\s+derechos\s+reservados|todos\s+os\s+direitos\s+reservados|tutti\s+i\s+diritti\s+riservati|riproduzione\s+riservata|alle\s+rechten\s+voorbehouden|privacy\s+(?:policy|notice|statement|center)|terms\s+(?:of\s+(?:use|service)|and\s+conditions|&\s+conditions)|imprint|impressum|datenschutz\w*|agb|mentions\s+l[ée]gales|politique\s+de\s+confidentialit[ée]|cgu|aviso\s+legal|pol[íi]tica\s+de\s+(?:privacidad|privacidade|cookies)|t[ée]rminos|informativa|p\.?\s?iva|kvk|disclaimer|gdpr|consent|do\s+not\s+sell|accessibility|site\s?map|contact\s+us|kontakt|contacto|contatti|advertise(?:\s+with\s+us)?|advertisement|advertising|anzeige|werbung|publicit[ée]|publicidad|pubblicit[àa]|publicidade|advertentie|reklame?a?|sponsored|gesponsert|javascript|browser|powered\s+by|isbn|issn|trademarks?|external\s+content|third[- ]party\s+content|externe[rnms]?\s+inhalte?|redaktionelle[rn]?\s+inhalt|personenbezogene\s+daten|einverstanden|drittplattformen|contenu\s+bloqu[ée]|consult\s+your\s+(?:doctor|physician)|registered\s+in|affiliate|commission|terms|reprints?|permissions|licens(?:e|ed|ing)",
)
"""Law, advertising and technology round an article."""

CREDIT_LABEL: Final = (
    r"(?:(?:lead|cover|top|main|featured?|header|hero)\s+)?(?:image|photo(?:graph)?|picture|illustration|graphic|visual|pic|art(?:work)?|screenshot|video|img)s?"
    r"(?:\s+(?:source|credits?|by|courtesy(?:\s+of)?|from|copyright|via))?"
    r"|(?:bild|foto|titelbild|beitragsbild|symbolbild|aufmacher|grafik|bilder|fotos)(?:\s*(?:quelle|nachweis|rechte|credit|von|source))?|bildquelle|bildnachweis|bildrechte|fotoquelle|fotocredit"
    r"|cr[ée]dits?(?:\s+(?:photo|image|de\s+l['’]image|photographique))?s?|source\s+(?:de\s+l['’]|d['’])image|photographie|visuel|copyright\s+image|l[ée]gende"
    r"|(?:fuente|cr[ée]dito)s?\s+(?:de\s+(?:la\s+)?)?(?:imagen|foto(?:graf[íi]a)?)|imagen|fotograf[íi]a|foto\s+de|immagine|fonte\s+(?:dell['’]\s?)?immagine|credito\s+foto|imagem|cr[ée]dito\s+(?:da\s+)?(?:imagem|foto)|fonte\s+da\s+imagem|beeld(?:bron)?|afbeelding|fotobron|kredit"
)
CREDIT: Final = re.compile(
    rf"^\W*(?:{CREDIT_LABEL})(?:\s*(?::[\s:]*|\s[|–—-]\s+|©\s*|\(c\)\s*)|(?:(?<=\bby)|(?<=courtesy of)|(?<=courtesy)|(?<=\bfrom)|(?<=\bvia)|(?<=\bvon))\s+)(?P<name>\S.*)$|^\s*©\s*(?P<bare>(?!\d{{4}}\b.{{0,80}}(?:rights|rechte|droits|derechos|direitos|diritti))\S.{{1,80}})$",
    re.IGNORECASE,
)
"""A line that says whose the image is."""
CREDIT_END: Final = re.compile(
    r"(?:\(|\[|\s[–—-]\s?|\s/\s|\.\s+|\s©\s?|\||\bcredit:|\bfoto:|\bphoto:|\bbild:|\bimage:).{0,60}(?:getty|reuters|afp|\bap\b|dpa|epa|efe|ansa|imago|picture\s?alliance|shutterstock|istock|alamy|unsplash|wikimedia|handout|file\s+photo|archiv\w*|\bapa\b|\bpa\b|via\s+ap|keystone|scanpix|ritzau|ntb|\btt\b|pap|lusa|belga|anp|adobe\s+stock|xinhua|midjourney|symbolbild|symbolfoto|screenshot|creative\s+commons|cc[- ]by|twitter|instagram)\b.{0,40}$",
    re.IGNORECASE,
)
"""An agency's name at the end of a caption."""

SOURCE: Final = re.compile(
    r"^\W*(?:source|sources|quelle|quellen|fuente|fuentes|fonte|fonti|fontes|bron|kilde|k[äa]lla|[źz]r[óo]d[łl]o|kaynak|originally\s+published\s+(?:on|in|at|by)|via|zuerst\s+erschienen\s+(?:bei|in|auf)|publi[ée]\s+(?:initialement\s+)?(?:par|sur|dans)|publicado\s+originalmente\s+en)\s*:+[\s:]*(?P<name>\S.*)$",
    re.IGNORECASE,
)
"""A line that names the source."""

DATE_LABEL: Final = _line(
    r"(?:date|published|posted|publication\s+date|published\s+on|posted\s+on|first\s+published|released|datum|ver[öo]ffentlicht|erschienen|stand|publi[ée]\s+le|date\s+de\s+publication|fecha|publicado|publicado\s+el|data|pubblicato|pubblicato\s+il|publicado\s+em|gepubliceerd(?:\s+op)?|geplaatst(?:\s+op)?|offentliggjort|publiceret|publisert|publicerad|opublikowano|data\s+publikacji|yay[ıi]nlanma(?:\s+tarihi)?)",
)

BYLINE: Final = re.compile(
    r"^\W*(?:(?:reported|written|posted|published|story|text|words|analysis|opinion|article|curated)\s+by|by|von|ein\s+(?:artikel|beitrag|bericht|gastbeitrag|kommentar)\s+von|text\s*(?:von|:)|autor(?:in)?\s*:|autore\s*:|auteur\s*:|author\s*:|par|por|escrito\s+por|di|a\s+cura\s+di|door|af|av|tekst\s*:|redaktion\s*:|texte\s*:|propos\s+recueillis\s+par)\s*:?\s+(?P<name>\S.*)$",
    re.IGNORECASE,
)
"""A line that names who wrote it."""

READ_ALSO: Final = re.compile(
    r"^\W*(?:(?:read|see|watch|listen|also\s+read|read\s+(?:also|more|next)|see\s+also|related(?:\s+(?:article|story|reading|coverage))?|more|recommended|don['’]t\s+miss|also|explained|analysis|opinion|editor['’]?s\s+note)\s*:"
    r"|(?:lesen\s+sie\s+(?:auch|mehr|dazu|hier)|lies\s+auch|mehr\s+(?:dazu|zum\s+thema)|siehe\s+auch|auch\s+interessant|hintergrund|lesetipp)\b"
    r"|(?:[àa]\s+)?(?:lire|voir|[ée]couter)\s+(?:aussi|[ée]galement)\b|(?:à\s+lire|à\s+voir)\s*:|lee\s+tambi[ée]n|lea\s+tambi[ée]n|le\s+puede\s+interesar|te\s+puede\s+interesar|leggi\s+anche|leia\s+(?:tamb[ée]m|mais)|veja\s+(?:tamb[ée]m|mais)|lees\s+ook|l[æäa]s\s+ogs[åa]|les\s+ogs[åa]|l[äa]s\s+(?:mer|ocks[åa])|czytaj\s+(?:te[żz]|tak[żz]e)|zobacz\s+te[żz]|ayr[ıi]ca)",
    re.IGNORECASE,
)
"""A line within the text that sends readers to another page."""

SKIP: Final = _line(
    r"skip\s+(?:to\s+)?(?:main\s+)?(?:content|navigation|ad|link)|menu|search|home|close|open\s+(?:main\s+)?menu|toggle\s+navigation|zum\s+inhalt\s+springen|suche|men[üu]|startseite|schlie[ßs]en|aller\s+au\s+contenu|recherche(?:r)?|accueil|fermer|buscar|inicio|cerrar|saltar\s+al\s+contenido|vai\s+al\s+contenuto|cerca|ir\s+para\s+o\s+conte[úu]do|pesquisar|zoeken|back\s+to\s+top|nach\s+oben|loading\W*|previous|next|zur[üu]ck|weiter|vorherige[rs]?|n[äa]chste[rs]?|pr[ée]c[ée]dent|suivant|anterior|siguiente|\d+\s+(?:of|von|de|sur)\s+\d+|advertisement|anzeige|publicit[ée]|publicidad|werbung|ad|ads|video|audio|gallery|photos?|listen(?:\s+to\s+(?:this\s+)?article)?|\d+\s+min(?:ute)?s?\.?\s*(?:read)?|(?:video|audio)\s+(?:starten|abspielen|play|pause|stop).{0,30}|(?:play|start|lancer|reproducir|riproduci)\s+(?:the\s+)?(?:video|audio).{0,30}|highlights|tags?|topics?|schlagw[öo]rter|themen|kategorien?|categor(?:y|ies)|mots[- ]cl[ée]s|etiquetas|sponsored(?:\s+(?:content|links))?|live|exclusive|share",
)
"""Furniture of a page: a whole line that says nothing."""
