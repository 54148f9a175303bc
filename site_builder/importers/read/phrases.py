"""The lexicon as patterns that readers use: every language at once, each pattern compiled when first asked for.

All languages are searched at once, because a page's language is often unknown or wrong, and a French page may well have
an English "Read more". Patterns ignore case unless they say otherwise.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from site_builder.importers.lexicon import folders
from site_builder.importers.read.calendars.date_forms import date_forms
from site_builder.importers.read.calendars.month_names import MONTHS
from site_builder.importers.read.compile_patterns import any_word, compiled, whole_line
from site_builder.importers.read.lexicon_patterns import WIDE_COLON, LexiconPatterns
from site_builder.importers.read.unused_languages import unused_languages

_SHARING_SERVICES: Final = (
    "facebook|twitter|linkedin|whatsapp|pinterest|reddit|telegram|bluesky|mastodon|instagram|youtube|tiktok|threads"
    "|flipboard|rss|xing|messenger|sms|snapchat"
)
_LEGAL_SIGNS: Final = r"©|\(c\)\s*\d{4}|gdpr|javascript|isbn|issn"
_PICTURE_AGENCIES: Final = (
    r"getty|reuters|afp|\bap\b|dpa|epa|efe|ansa|imago|picture\s?alliance|shutterstock|istock|alamy|unsplash|wikimedia"
    r"|\bapa\b|\bpa\b|via\s+ap|keystone|scanpix|ritzau|ntb|\btt\b|pap|lusa|belga|anp|adobe\s+stock|xinhua|midjourney"
    r"|creative\s+commons|cc[- ]by|twitter|instagram"
)
_WIRE_SERVICES: Final = "dpa|afp|apa|sda|ansa|efe|ntb|ritzau|tt|pap|reuters|ap|lusa|anp|belga|kna|epd|sid"
_UPPER: Final = "[A-ZÀ-ÖØ-Þ]"
_DASHES: Final = "|–—-"

MAX_CREDIT_CHARACTERS: Final = 120
"""Of a picture's credit; a longer text is a caption."""

_in_use: ContextVar["Phrases | None"] = ContextVar("_in_use", default=None)


def phrases() -> "Phrases":
    """The patterns of the lexicon in use."""
    return _in_use.get() or _phrases(folders(), frozenset())


@contextmanager
def phrases_for(text: str, language: str | None = None) -> Iterator[None]:
    """Inside, `phrases` leaves out languages that a page, or a text in a `language`, is certainly not in."""
    token = _in_use.set(_phrases(folders(), unused_languages(text, language)))
    try:
        yield
    finally:
        _in_use.reset(token)


@lru_cache(maxsize=64)
def _phrases(places: tuple[Path, ...], unused: frozenset[str]) -> "Phrases":
    return Phrases(places, unused)


class Phrases(LexiconPatterns):
    """The patterns of a lexicon. Compared by identity."""

    # Dates

    @cached_property
    def months(self) -> dict[str, int]:
        """Folded name or abbreviation -> 1 to 12, of the lexicon and all languages of the Unicode CLDR.

        A name of two months, in two languages of the lexicon, is left out.
        """
        numbers: dict[str, set[int]] = {}
        for language in self._lexicon.values():
            for number, names in enumerate(language.dates.months, 1):
                for name in names.split():
                    numbers.setdefault(name, set()).add(number)
        everywhere = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
        own = {name: min(months) for name, months in numbers.items() if len(months) == 1}
        return {name: number for name, number in (everywhere | own).items() if len(numbers.get(name, ())) < 2}

    @cached_property
    def date_forms(self) -> re.Pattern[str]:
        """Dates in every form; the groups are explained in `calendars.date_forms`."""
        return date_forms(self._words(lambda x: x.dates.ordinals), self._words(lambda x: x.dates.of_words))

    @cached_property
    def relative_date(self) -> re.Pattern[str]:
        """Anywhere: "3 hours ago"."""
        return compiled(self._bounded(lambda x: x.dates.relative))

    @cached_property
    def updated(self) -> re.Pattern[str]:
        """What announces a date of change, unless a date of publication follows."""
        published = self._bounded(lambda x: x.dates.published)
        return compiled(rf"(?:{self._bounded(lambda x: x.dates.updated)})(?!.*(?:{published}))")

    @cached_property
    def published(self) -> re.Pattern[str]:
        """What announces a date of publication."""
        return compiled(self._bounded(lambda x: x.dates.published))

    @cached_property
    def updated_after(self) -> re.Pattern[str]:
        """What calls the date before it a date of change."""
        return compiled(rf"[\s\W]{{0,3}}(?:{self._any(lambda x: x.dates.updated_after)})")

    @cached_property
    def month_first(self) -> frozenset[str]:
        """Language tags in which numeric dates may name the month first."""
        return frozenset(tag for x in self._lexicon.values() for tag in x.dates.month_first)

    @cached_property
    def date_label(self) -> re.Pattern[str]:
        """A whole line: the label of a date of publication."""
        return whole_line(self._any(lambda x: x.dates.labels))

    @cached_property
    def date_limit(self) -> re.Pattern[str]:
        """The end of the text before a date on which something else ends or begins."""
        return compiled(rf"(?:{self._any(lambda x: x.dates.limits)})\s+$")

    @cached_property
    def stamp(self) -> re.Pattern[str]:
        """Start of a byline, date or reading time on a line of its own.

        The case of "by" counts: in German, "von" begins sentences too.
        """
        by = self._cased(lambda x: x.by_words)
        return re.compile(rf"[(\[]?(?:(?:{by}) {_UPPER}|(?i:{self._any(lambda x: x.dates.stamps)}))")

    # Headings

    @cached_property
    def similar(self) -> re.Pattern[str]:
        """A whole line: heading of similar articles."""
        return whole_line(self._any(lambda x: x.headings.similar))

    @cached_property
    def similar_in_text(self) -> re.Pattern[str]:
        """A whole line of pasted text: heading of similar articles."""
        return whole_line(self._any(lambda x: (*x.headings.similar, *x.headings.similar_in_text)))

    @cached_property
    def not_similar(self) -> re.Pattern[str]:
        """Anywhere in a heading: it announces what is most read, newest or paid for."""
        return compiled(self._any(lambda x: x.headings.not_similar))

    @cached_property
    def popular(self) -> re.Pattern[str]:
        """A whole line: heading of a list that is about the site, not about the article."""
        return whole_line(self._any(lambda x: x.headings.popular))

    @cached_property
    def tools(self) -> re.Pattern[str]:
        """A whole line: heading of advertised tools."""
        return whole_line(self._any(lambda x: x.headings.tools))

    @cached_property
    def comments(self) -> re.Pattern[str]:
        """A whole line after which readers' comments follow."""
        nouns = self._any(lambda x: (x.headings.comments,))
        after = self._any(lambda x: (x.headings.after_comments,))
        calls = self._any(lambda x: x.headings.comment_calls)
        heading = rf"(?:\d+\s+)?(?:{nouns})(?:\s*[:(]?\s*\d+\s*\)?)?(?:\s+(?:{after}).{{0,60}})?"
        return whole_line(rf"{heading}|(?:{nouns})\s+(?:{calls})|{calls}")

    @cached_property
    def author_box(self) -> re.Pattern[str]:
        """A whole line: heading of a box about the author."""
        return whole_line(self._any(lambda x: x.headings.authors))

    # Lines

    @cached_property
    def pricing(self) -> re.Pattern[str]:
        """A whole line: what a tool costs, in the group `free`, `freemium` or `paid` if that is said."""
        free, freemium = self._any(lambda x: x.lines.free), self._any(lambda x: x.lines.freemium)
        paid, other = self._any(lambda x: x.lines.paid), self._any(lambda x: x.lines.pricing)
        return whole_line(f"(?P<free>{free})|(?P<freemium>{freemium})|(?P<paid>{paid})|{other}")

    @cached_property
    def action(self) -> re.Pattern[str]:
        """A whole line: a link that closes a card."""
        return whole_line(self._any(lambda x: x.lines.action))

    @cached_property
    def furniture(self) -> re.Pattern[str]:
        """A whole line that belongs to the page's frame."""
        return whole_line(self._any(lambda x: x.lines.furniture))

    @cached_property
    def read_also(self) -> re.Pattern[str]:
        """Start of a line within the text that leads to another page."""
        return compiled(rf"^\W*(?:{self._any(lambda x: x.lines.read_also)})")

    @cached_property
    def byline(self) -> re.Pattern[str]:
        """A line that names the author in group `name`."""
        starts = f"{self._by_forms}|(?:{self._any(lambda x: x.lines.author_labels)})\\s*[:{WIDE_COLON}]"
        behind = self._any(lambda x: x.lines.bylines_behind)
        return compiled(
            rf"^\W*(?:{starts})\s*(?:[:{WIDE_COLON}]\s*|\s|(?<=[\W_])|(?<=[{WIDE_COLON}]))\s*(?P<name>\S.*)$"
            rf"|^\W*(?P<first>[^\W\d_]{{2,4}}\s(?:{behind}))(?!\w)"
        )

    @cached_property
    def title_label(self) -> re.Pattern[str]:
        """A line with the title in group `rest`, behind its label."""
        return self._labelled(lambda x: x.lines.title_labels)

    @cached_property
    def abstract_label(self) -> re.Pattern[str]:
        """A line with the abstract in group `rest`, behind its label."""
        return self._labelled(lambda x: x.lines.abstract_labels)

    @cached_property
    def mail_label(self) -> re.Pattern[str]:
        """A row in the head of a mail that says nothing of its text."""
        return self._labelled(lambda x: x.lines.mail_labels)

    @cached_property
    def head_label(self) -> re.Pattern[str]:
        """Any label in the head of a paper or a mail."""
        return self._labelled(
            lambda x: (
                *x.lines.title_labels,
                *x.lines.abstract_labels,
                *x.lines.mail_labels,
                *x.lines.author_labels,
                *x.dates.labels,
            )
        )

    @cached_property
    def author_label(self) -> re.Pattern[str]:
        """A whole line: "By", "Author:", with the name on the next one."""
        return whole_line(f"{self._by_forms}|{self._any(lambda x: x.lines.author_labels)}")

    @cached_property
    def byline_start(self) -> re.Pattern[str]:
        """What precedes the names in an element that is marked as a byline."""
        starts = f"{self._by_forms}|(?:{self._any(lambda x: x.lines.author_labels)})\\s*:?"
        return compiled(rf"^[\s|•·–—-]*(?:{starts})\s*(?:[:\s=\uff1d/\uff0f]|(?<=[=:\uff1d\uff1a/\uff0f]))\s*")

    @cached_property
    def byline_end(self) -> re.Pattern[str]:
        """What ends the names of a byline: a bar, a date, a post."""
        jobs = self._any(lambda x: x.words.jobs)
        return compiled(rf"\s*[|·•(]|\s[–—-]\s|\s\d|,\s*\d|,?\s+(?:{jobs})\b")

    @cached_property
    def source(self) -> re.Pattern[str]:
        """A line that names the source in group `name`."""
        places = self._any(lambda x: x.lines.published_in)
        return compiled(rf"^\W*(?:{self._sources}|{places})\s*:+[\s:]*(?P<name>\S.*)$")

    @cached_property
    def source_label(self) -> re.Pattern[str]:
        """A whole line: "Source:", with the name on the next one."""
        return compiled(rf"\W*(?:{self._sources})\W*:\W*")

    @cached_property
    def link_note(self) -> re.Pattern[str]:
        """What sites say about a link, in brackets, for screen readers; not part of the text."""
        return compiled(rf"\s*\((?:{self._any(lambda x: x.lines.link_notes)})\)")

    @cached_property
    def card_meta(self) -> re.Pattern[str]:
        """A whole part of a card that says nothing about the article."""
        by = self._words(lambda x: x.by_words)
        return compiled(rf"(?:{by})\s+\S.{{1,40}}|{self._any(lambda x: x.lines.card_meta)}")

    # Words

    @cached_property
    def newsletter(self) -> re.Pattern[str]:
        """Words of calls to subscribe, register, give."""
        return compiled(self._bounded(lambda x: x.words.newsletter))

    @cached_property
    def share(self) -> re.Pattern[str]:
        """Words of buttons that share, print or save, and the services that pages are shared on."""
        return compiled(self._bounded(lambda x: (*x.words.share, _SHARING_SERVICES)))

    @cached_property
    def small_print(self) -> re.Pattern[str]:
        """Words of law, advertising and technology."""
        return compiled(self._bounded(lambda x: (*x.words.small_print, _LEGAL_SIGNS)))

    @cached_property
    def you(self) -> re.Pattern[str]:
        """Pronouns by which a site speaks to its readers."""
        return compiled(rf"\b(?:{self._any(lambda x: x.words.you)})\b")

    # Credits

    @cached_property
    def credit(self) -> re.Pattern[str]:
        """A line that says whose the picture is, in group `name`, or after © in group `bare`."""
        prepositions = sorted({p for x in self._lexicon.values() for p in x.credits.prepositions})
        bare_ends = "|".join(rf"(?<=\b{re.escape(p)})" for p in prepositions) or "(?!)"
        labels = self._any(lambda x: x.credits.labels)
        legal = self._any(lambda x: x.boilerplate.legal)
        return compiled(
            rf"^\W*(?:{labels})(?:\s*(?::[\s:]*|\s[{_DASHES}]\s+|©\s*|\(c\)\s*)|(?:{bare_ends})\s+)(?P<name>\S.*)$"
            rf"|^\s*©\s*(?P<bare>(?!\d{{4}}\b.{{0,80}}(?:{legal}))\S.{{1,80}})$"
        )

    @cached_property
    def credit_end(self) -> re.Pattern[str]:
        """An agency's name at the end of a caption."""
        archive = self._any(lambda x: x.credits.archive)
        starts = rf"\(|\[|\s[–—-]\s?|\s/\s|\.\s+|\s©\s?|\||\b(?:credit|{self._pictures}):"
        return compiled(rf"(?:{starts}).{{0,60}}(?:{_PICTURE_AGENCIES}|{archive})\b.{{0,40}}$")

    @cached_property
    def picture_credit_label(self) -> re.Pattern[str]:
        """Label of a picture's credit in its caption."""
        words = f"{self._any(lambda x: (x.credits.credits,))}|{self._sources}"
        return compiled(
            rf"(?:{self._pictures})?\s*(?:{words})\s*:[\s:]*|credits?\.{{3}}\s*|(?:{self._pictures})s?\s*:[\s:]*"
            r"|©\s*|\(c\)\s*|via\s+(?=getty)"
        )

    @cached_property
    def picture_credit_at_end(self) -> re.Pattern[str]:
        """A credit, in group `who`, at the end of a caption."""
        label = self.picture_credit_label.pattern
        return compiled(rf"(?:^|[\s(\[|–—.-])(?:{label})(?P<who>[^()\[\]|]{{2,{MAX_CREDIT_CHARACTERS}}})[)\]]?\s*\Z")

    @cached_property
    def source_line(self) -> re.Pattern[str]:
        """A block that is the publisher's name, in group `name`, behind its label."""
        return compiled(rf"[\W_]*(?:{self._sources})\s*:\s*(?P<name>[^:|]{{2,80}})\Z")

    # Boilerplate

    @cached_property
    def label(self) -> re.Pattern[str]:
        """Start of a block that leads to another article."""
        return compiled(rf"[\W_]*(?:{self._bounded(lambda x: x.boilerplate.labels)})")

    @cached_property
    def label_only(self) -> re.Pattern[str]:
        """A block that is such a label and nothing else."""
        return compiled(rf"[\W_]*(?:{self._labels})[\W_]*\Z")

    @cached_property
    def label_with_colon(self) -> re.Pattern[str]:
        """Start of a block: such a label and a colon or the like."""
        more = self._any(lambda x: x.boilerplate.labels_with_colon)
        return compiled(rf"[\W_]*(?:{self._labels}|{more})\s*[:|»>–—]")

    @cached_property
    def promotion(self) -> re.Pattern[str]:
        """Anywhere in a block: a call to subscribe, follow, share or pay."""
        return compiled(self._any(lambda x: x.boilerplate.promotion))

    @cached_property
    def legal(self) -> re.Pattern[str]:
        """Anywhere in a block: whose the text is."""
        return compiled(rf"(?:^|\s)(?:©|\(c\)\s)|{self._any(lambda x: x.boilerplate.legal)}|\bISSN\b \d{{4}}")

    @cached_property
    def gate(self) -> re.Pattern[str]:
        """Anywhere in a short block: the rest is for those who pay; `cut`: dots and "Read more" at the end of any."""
        cut = rf"(?P<cut>(?:…|\.\.\.)\s*\W{{0,3}}(?:{self._any(lambda x: x.feeds.read_on)})[\s\W]*\Z)"
        return compiled(f"{cut}|{self._any(lambda x: x.boilerplate.gates)}")

    @cached_property
    def contribution(self) -> re.Pattern[str]:
        """Start of a block that says who reported, edited, photographed or supplied the text."""
        wires = rf"\(?(?:{_WIRE_SERVICES})(?:[/,\s-]+(?:{_WIRE_SERVICES}|\w{{2,4}}))*\)?$"
        sources = rf"(?:{self._sources})\s*:\s*\S{{2,}}"
        return compiled(rf"[(\[]?(?:{self._any(lambda x: x.credits.contributions)}|{sources}|{wires})")

    # People

    @cached_property
    def and_words(self) -> str:
        """Pattern of the words between two names."""
        return self._words(lambda x: x.and_words)

    @cached_property
    def never_in_names(self) -> frozenset[str]:
        """Words of institutions, sections and buttons, in lower case: they are in no person's name."""
        return self.institutions | self._names(lambda x: x.page_words)

    @cached_property
    def person(self) -> re.Pattern[str]:
        """A whole name of two to four words and particles; case counts."""
        titles, particles = self._words(lambda x: x.person_titles), self._words(lambda x: x.name_particles)
        word = r"[^\W\d_a-z][\w.’'-]*"
        return re.compile(rf"(?:(?:{titles})\.?\s+)*{word}(?:\s+(?:(?:{particles})\s+)*{word}){{1,3}}")

    @cached_property
    def by_at_end(self) -> str:
        """Pattern of "By", capitalised, before the author's name behind a description."""
        return any_word({w.capitalize() for x in self._lexicon.values() for w in x.by_words.split()})

    @cached_property
    def institutions(self) -> frozenset[str]:
        """Words of names of institutions and sections, in lower case: they are in no person's name."""
        return self._names(lambda x: x.names.nouns)

    # Feeds and languages

    @cached_property
    def read_on(self) -> re.Pattern[str]:
        """Dots and an invitation to read on, at the end of a summary."""
        words = self._any(lambda x: x.feeds.read_on)
        return compiled(rf"\s*[\[(]?\s*(?:…|\.\.\.|(?:{words})\b.{{0,120}})\s*[\])]?\s*[→»>]*\s*\Z")

    @cached_property
    def feed_footer(self) -> re.Pattern[str]:
        """A text whose end, in group `footer`, says where the entry comes from; case counts."""
        return re.compile(rf"(?s:.*)(?P<footer>(?:{self._any(lambda x: x.feeds.footers)})\Z)")

    @cached_property
    def not_keywords(self) -> frozenset[str]:
        """Categories of feeds that say nothing, in lower case."""
        return self._names(lambda x: x.feeds.not_keywords)

    @cached_property
    def common_words(self) -> dict[str, frozenset[str]]:
        """Language code -> its commonest words."""
        return {code: frozenset(x.common_words.split()) for code, x in self._lexicon.items() if x.common_words}
