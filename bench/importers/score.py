"""The gold set in `pages/` against a reader, page by page: functions from bytes to the JSON object -> figures.

Values are compared after folding (NFKC, case, quotes, dashes, spaces); the body by 4-word shingles, counted as often as
they occur, so that a text given twice loses precision. Simple readers are measured too, for comparison.
"""

import argparse
import hashlib
import importlib
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PAGES: Final = Path(__file__).with_name("pages")
GROUPS: Final = ("cards", "text", "html")
SHINGLE_WORDS: Final = 4
GOOD_BODY: Final = 0.95
"""A body of at least this F1 needs no repair by the editor."""
LONG_LINE: Final = 80
"""Characters above which the simplest of baselines takes a line for prose."""
BOILERPLATE_WORDS: Final = 3
"""Known boilerplate of fewer words counts only as a line of its own: two words may well occur in prose."""
FIELDS: Final = (
    "title",
    "date",
    "summary",
    "source.name",
    "source.url",
    "image.credit",
    "image.src",
    "image.alt",
    "author",
    "language",
)
VERDICTS: Final = ("right", "wrong", "missing", "invented")
WARNED: Final = {"relative": "relative", "ambiguous": "ambiguous|day or month|either"}
"""Kind of warning in the gold -> what one of the page's warnings must match."""

Reader = Callable[[bytes], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the gold set."""

    name: str
    data: bytes
    gold: Mapping[str, Any]
    """What should be read; under `gold`, what else may be read (`accept`), and the page's boilerplate."""

    @property
    def group(self) -> str:
        """`cards`, `text` or `html`."""
        return self.name.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Marks:
    """What one reader gets for one page."""

    page: str
    precision: float
    recall: float
    f1: float
    boilerplate_words: int
    body_words: int
    verdicts: Mapping[str, str]
    """Field -> one of VERDICTS."""
    cards: Mapping[str, int]
    """Verdict -> entries of `similar`."""
    is_tools_right: bool
    is_warned: bool

    @property
    def similar_f1(self) -> float:
        """F1 of the similar entries whose title, date and summary are all right; 1 where there are none to find."""
        right, wrong = self.cards["right"], self.cards["wrong"]
        given, expected = right + wrong + self.cards["invented"], right + wrong + self.cards["missing"]
        return 2 * right / (given + expected) if given + expected else 1.0

    @property
    def faults(self) -> int:
        """Fields that are not right, the body and the lists among them."""
        fields = sum(verdict != "right" for verdict in self.verdicts.values())
        return fields + (self.f1 < GOOD_BODY) + (self.similar_f1 < 1) + (not self.is_tools_right) + (not self.is_warned)


def load_pages(groups: Iterable[str] = GROUPS) -> tuple[Page, ...]:
    """The pages of these groups, by name."""
    wanted = set(groups)
    found = (
        Page(path.stem, path.read_bytes(), json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
        for path in sorted(PAGES.iterdir())
        if path.suffix in {".txt", ".html"}
    )
    return tuple(page for page in found if page.group in wanted)


def digest() -> str:
    """A digest of every file of the set, so that a figure can say what it was measured on."""
    total = hashlib.sha256()
    for path in sorted(PAGES.iterdir()):
        total.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:16]


def our_reader(group: str) -> Reader:
    """The program's reader for a group of pages."""
    kind = "html" if group == "html" else "text"
    read = getattr(importlib.import_module(f"site_builder.importers.read.{kind}.read_{kind}"), f"read_{kind}")
    article = importlib.import_module("site_builder.importers.imported_article")
    to_json: Callable[[Any], Mapping[str, Any]] = article.article_as_json
    return lambda data: to_json(read(data))


def trafilatura_reader(data: bytes) -> Mapping[str, Any]:
    """What trafilatura makes of a page of HTML."""
    found = importlib.import_module("trafilatura").bare_extraction(data, include_comments=False, with_metadata=True)
    if found is None:
        return {}
    return {
        "title": found.title,
        "date": found.date,
        "summary": found.description,
        "body": found.text or "",
        "source": {"name": found.sitename, "url": found.url},
        "image": {"src": found.image},
        "author": found.author,
        "language": found.language,
    }


def justext_reader(data: bytes) -> Mapping[str, Any]:
    """What justext makes of a page of HTML, with the English list of frequent words: a body and nothing else."""
    justext = importlib.import_module("justext")
    paragraphs = justext.justext(data, justext.get_stoplist("English"))
    return {"body": "\n\n".join(p.text for p in paragraphs if not p.is_boilerplate)}


def long_lines_reader(data: bytes) -> Mapping[str, Any]:
    """Every distinct long line of a text, and nothing else."""
    lines = (line.strip() for line in data.decode("utf-8-sig", errors="replace").splitlines())
    return {"body": "\n\n".join(dict.fromkeys(line for line in lines if len(line) > LONG_LINE))}


BASELINES: Final[Mapping[str, Mapping[str, Reader]]] = {
    "html": {"trafilatura": trafilatura_reader, "justext": justext_reader},
    "text": {"long lines": long_lines_reader},
    "cards": {"long lines": long_lines_reader},
}


def fold(value: str) -> str:
    """One spelling for what a reader of the page would call the same text."""
    value = unicodedata.normalize("NFKC", value).casefold().replace("\u00ad", "")
    value = re.sub(r"[\u2018-\u201b\u2032`\u00b4]", "'", value)
    value = re.sub(r"[\u201c-\u201f\u2033\u00ab\u00bb]", '"', value)
    value = re.sub(r"[\u2010-\u2015\u2212]", "-", value)
    return re.sub(r"[\s\u200b-\u200d\ufeff]+", " ", value).strip()


def words_of(markdown: str) -> list[str]:
    """The words of a text without its Markdown and punctuation; of scripts without spaces, the characters."""
    plain = re.sub(r"\]\([^)\s]*\)", "]", markdown)
    plain = re.sub(r"(?m)^\s*(?:\d+[.)]|[-*+#>]+)\s+", "", plain)
    return re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u4e00-\u9fff]+", fold(plain))


def shingles(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Every run of SHINGLE_WORDS words with how often it occurs; a shorter text is one run."""
    last = max(len(words) - SHINGLE_WORDS, 0)
    return Counter(tuple(words[i : i + SHINGLE_WORDS]) for i in range(last + 1)) if words else Counter()


def body_score(given: str, expected: str) -> tuple[float, float, float]:
    """Precision, recall and F1, each 0..1."""
    ours, gold = shingles(words_of(given)), shingles(words_of(expected))
    common = (ours & gold).total()
    precision = common / ours.total() if ours else float(not gold)
    recall = common / gold.total() if gold else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def boilerplate_words(body: str, known: Iterable[str]) -> int:
    """Words of the body that belong to known boilerplate."""
    lines = Counter(" ".join(words_of(line)) for line in body.splitlines())
    text = f" {' '.join(words_of(body))} "
    total = 0
    for entry in known:
        words = words_of(entry)
        phrase = " ".join(words)
        times = text.count(f" {phrase} ") if len(words) >= BOILERPLATE_WORDS else lines[phrase]
        total += times * len(words)
    return total


def verdict(given: object, expected: object, accept: Sequence[object] = ()) -> str:
    """One of VERDICTS; an empty value counts as none."""
    ours, gold = (fold(str(value)) if value else None for value in (given, expected))
    if ours == gold or ours in [fold(str(value)) if value else None for value in accept]:
        return "right"
    if ours is None:
        return "missing"
    return "wrong" if gold is not None else "invented"


def field_value(result: Mapping[str, Any], field: str) -> object:
    """The value of a field with dots; of a language tag, the language alone."""
    value: Any = result
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return str(value).partition("-")[0] if value and field == "language" else value


def cards_score(given: Sequence[Mapping[str, Any]], expected: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Verdict -> entries: right in title, date and summary; wrong in one of the latter; missing; invented."""

    def rest(card: Mapping[str, Any]) -> tuple[str, str]:
        return str(card.get("date") or ""), fold(card.get("summary") or "")

    gold = {fold(card["title"]): rest(card) for card in expected}
    counts = dict.fromkeys(VERDICTS, 0)
    seen: set[str] = set()
    for card in given:
        title = fold(card.get("title") or "")
        if title not in gold or title in seen:
            counts["invented"] += 1
        else:
            counts["right" if gold[title] == rest(card) else "wrong"] += 1
        seen.add(title)
    counts["missing"] = sum(title not in seen for title in gold)
    return counts


def tools_folded(tools: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Tools in a form that can be compared."""
    return [
        (*(fold(tool.get(key) or "") for key in ("name", "pricing", "summary")), *map(fold, tool.get("tags") or ()))
        for tool in tools
    ]


def mark(page: Page, result: Mapping[str, Any]) -> Marks:
    """Score what was read of one page."""
    extra = page.gold["gold"]
    body = str(result.get("body") or "")
    precision, recall, f1 = body_score(body, page.gold["body"])
    warnings = " ".join(result.get("warnings") or ())
    return Marks(
        page=page.name,
        precision=precision,
        recall=recall,
        f1=f1,
        boilerplate_words=boilerplate_words(body, extra["boilerplate"]),
        body_words=len(words_of(body)),
        verdicts={
            field: verdict(field_value(result, field), field_value(page.gold, field), extra["accept"].get(field, ()))
            for field in FIELDS
        },
        cards=cards_score(result.get("similar") or (), page.gold["similar"]),
        is_tools_right=tools_folded(result.get("tools") or ()) == tools_folded(page.gold["tools"]),
        is_warned=extra["warns"] is None or bool(re.search(WARNED[extra["warns"]], warnings, re.IGNORECASE)),
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """What one reader gets for a group; shares and means 0..1."""

    pages: int
    precision: float
    recall: float
    f1: float
    good_bodies: float
    right: Mapping[str, float]
    """Field -> share of pages."""
    similar: float
    """Mean F1 of the pages that have similar entries, or were given some."""
    tools: float
    perfect: float
    boilerplate: float
    """Share of all body words."""


def summarise(marks: Sequence[Marks]) -> Figures:
    """The figures of a group, which must not be empty."""
    count = len(marks)

    def mean(values: Iterable[float]) -> float:
        listed = list(values)
        return sum(listed) / len(listed) if listed else 1.0

    return Figures(
        pages=count,
        precision=mean(m.precision for m in marks),
        recall=mean(m.recall for m in marks),
        f1=mean(m.f1 for m in marks),
        good_bodies=mean(m.f1 >= GOOD_BODY for m in marks),
        right={field: mean(m.verdicts[field] == "right" for m in marks) for field in FIELDS},
        similar=mean(m.similar_f1 for m in marks if sum(m.cards.values())),
        tools=mean(m.is_tools_right for m in marks),
        perfect=mean(m.faults == 0 for m in marks),
        boilerplate=sum(m.boilerplate_words for m in marks) / max(sum(m.body_words for m in marks), 1),
    )


def run(reader: Reader, pages: Iterable[Page]) -> list[Marks]:
    """Read and mark every page."""
    return [mark(page, reader(page.data)) for page in pages]


COLUMNS: Final = (
    "group/reader pages body-P body-R body-F1 ≥0.95 title date summary source credit author"
    " similar tools perfect boiler"
).split()


def _row(name: str, figures: Figures) -> str:
    fields = ("title", "date", "summary", "source.name", "image.credit", "author")
    shares = (
        figures.precision,
        figures.recall,
        figures.f1,
        figures.good_bodies,
        *(figures.right[field] for field in fields),
        figures.similar,
        figures.tools,
        figures.perfect,
        figures.boilerplate,
    )
    return f"{name:<20}{figures.pages:>6}" + "".join(f"{share:>8.3f}" for share in shares)


def _verdict_table(marks: Sequence[Marks]) -> str:
    """Wrong, missing and invented values of each field."""
    lines = [f"  {'':<14}" + "".join(f"{name:>10}" for name in VERDICTS)]
    for field in FIELDS:
        counts = Counter(m.verdicts[field] for m in marks)
        lines.append(f"  {field:<14}" + "".join(f"{counts[name]:>10}" for name in VERDICTS))
    lines.append(f"  {'similar':<14}" + "".join(f"{sum(m.cards[name] for m in marks):>10}" for name in VERDICTS))
    return "\n".join(lines)


def _explain(page: Page, marks: Marks, result: Mapping[str, Any]) -> str:
    """What is not right on a page, field by field."""
    lines = [f"{page.name}: body P {marks.precision:.3f} R {marks.recall:.3f}, {marks.faults} faults"]
    lines += [
        f"  {field} {found}: {field_value(result, field)!r} for {field_value(page.gold, field)!r}"
        for field, found in marks.verdicts.items()
        if found != "right"
    ]
    if marks.similar_f1 < 1:
        lines.append(f"  similar {dict(marks.cards)}")
        lines += [f"    given {card}" for card in _cards_apart(result.get("similar") or (), page.gold["similar"])]
        lines += [f"    right {card}" for card in _cards_apart(page.gold["similar"], result.get("similar") or ())]
    if not marks.is_tools_right:
        lines.append(f"  tools: {result.get('tools')}")
    if not marks.is_warned:
        lines.append(f"  no warning of a date that is {page.gold['gold']['warns']}: {result.get('warnings')}")
    if marks.f1 < GOOD_BODY:
        lines += _body_difference(str(result.get("body") or ""), page.gold["body"])
    return "\n".join(lines)


def _cards_apart(these: Sequence[Mapping[str, Any]], those: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Title, date and summary of these cards, as far as they are not among those."""

    def folded(card: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(fold(str(card.get(key) or "")) for key in ("title", "date", "summary"))

    known = {folded(card) for card in those}
    return [card for card in map(folded, these) if card not in known]


def _body_difference(given: str, expected: str) -> list[str]:
    """The blocks that one side has and the other has not."""
    sides = [
        {" ".join(words_of(line)): line for line in text.splitlines() if line.strip()} for text in (given, expected)
    ]
    lines = [f"  body + {line[:110]}" for key, line in sides[0].items() if key not in sides[1]]
    return lines + [f"  body - {line[:110]}" for key, line in sides[1].items() if key not in sides[0]]


def main() -> None:
    """Print the figures of every group, beside those of the baselines."""
    parser = argparse.ArgumentParser(prog="python -m bench.importers", description=__doc__.partition("\n")[0])
    parser.add_argument("--set", default=",".join(GROUPS), help="groups, by commas: %(default)s")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="explain the N worst pages")
    options = parser.parse_args()
    chosen = options.set.split(",")
    if unknown := set(chosen) - set(GROUPS):
        sys.exit(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    print(f"gold set {digest()}")
    print(f"{COLUMNS[0]:<20}{COLUMNS[1]:>6}" + "".join(f"{name:>8}" for name in COLUMNS[2:]))
    details: list[tuple[int, float, str]] = []
    tables: list[str] = []
    for group in chosen:
        pages = load_pages([group])
        for name, reader in BASELINES[group].items():
            try:
                print(_row(f"{group} {name}", summarise(run(reader, pages))))
            except ImportError as absent:
                print(f"{group} {name}: {absent}")
        results = [our_reader(group)(page.data) for page in pages]
        marks = [mark(page, result) for page, result in zip(pages, results, strict=True)]
        print(_row(f"{group} site_builder", summarise(marks)), flush=True)
        tables.append(f"\n{group}\n{_verdict_table(marks)}")
        details += [
            (-m.faults, m.f1, _explain(page, m, result))
            for page, m, result in zip(pages, marks, results, strict=True)
            if m.faults
        ]
    print("\n".join(tables))
    for _, _, text in sorted(details)[: options.worst]:
        print(f"\n{text}")
