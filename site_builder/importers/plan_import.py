"""Plan an import: read a source, compare it with the content, draft files; then write all of them or none."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from site_builder.content.vocabulary import Kind, Status
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.disk.faults import naming, write_through
from site_builder.disk.temporary import beside, remove_left_files, remove_quietly
from site_builder.importers.draft import DraftOptions, NewFile, make_draft, make_stub, make_tool, slug_of
from site_builder.importers.duplicates import Duplicate, Sameness, find_duplicates, title_key
from site_builder.importers.editor_suggestions import Suggestions, suggest_all, suggestion_findings
from site_builder.importers.existing_content import NO_CONTENT, ExistingContent, url_of
from site_builder.importers.imported_article import ImportedArticle, KnownArticle, article_as_json
from site_builder.importers.source import ImportSource, SourceForm
from site_builder.importers.source_pages import ImportedPage, pages_of
from site_builder.links.canonical_urls import canonical_url, page_key, site_key
from site_builder.urls import SourcePath, fold

if TYPE_CHECKING:
    from site_builder.content.schema import Article

_FACTS: Final = ("title:", "date:", "summary:", "  name:", "  url:", "  author:", "  sketch:")
"""How the lines of front matter begin that hold what a page states."""


class ImportOutcome(StrEnum):
    """The result of an import."""

    NEW = "new"
    """A draft and perhaps stubs are to be written."""
    SAME = "same"
    """The very page was imported before."""
    CHANGED = "changed"
    """The page was imported before and has changed since; its draft is left alone."""
    BLOCKED_AS_DUPLICATE = "blocked-as-duplicate"
    """Nearly the same text exists: nothing is written until the editor decides."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What is to be done about a page."""

    page: ImportedPage
    outcome: ImportOutcome
    files: tuple[tuple[Path, NewFile], ...] = ()
    """The draft first, then the stubs, then the tools."""
    existing: Path | None = None
    """The draft that an earlier import wrote."""
    diff: str = ""
    """From that draft to what would be written now."""
    duplicates: tuple[Duplicate, ...] = ()
    hints: Suggestions = field(default_factory=Suggestions)
    known: tuple[str, ...] = ()
    """Slugs of similar articles that exist already."""
    known_tools: tuple[str, ...] = ()
    """Slugs of advertised tools that exist already."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where drafts go, and what exists already."""

    folder: Path
    content: ExistingContent = NO_CONTENT
    tools: Path | None = None
    """The folder for tools; by default `tools` below the other one."""


def read_pages(source: ImportSource, form: SourceForm | None, content: ExistingContent) -> list[ImportedPage]:
    """The pages of a source; of a feed, those that are new. Raises FeedError, SourceError, MissingExtra."""
    return pages_of(source, form, [KnownArticle(url_of(d), d.title, d.meta.date) for d in content.articles])


def page_as_json(page: ImportedPage, content: ExistingContent) -> Mapping[str, Any]:
    """The object that `--json` prints; suggestions and likely duplicates are among the warnings."""
    duplicates = _duplicates(page, content)
    suggestions = _hints(page.article, content, _repeats(duplicates))
    findings = [*(d.finding(page.path) for d in duplicates), *suggestion_findings(suggestions, page.path)]
    keywords = {k.casefold() for k in page.article.keywords}
    topics = [d.slug for d in content.topics if d.title.casefold() in keywords or d.slug in keywords]
    return article_as_json(page.article, topics, findings)


def plan_page(
    page: ImportedPage, destination: Destination, options: DraftOptions, *, anyway: bool = False
) -> ImportPlan:
    """Decide what is to be written for a page; nothing is changed."""
    article, content = page.article, destination.content
    duplicates = _duplicates(page, content)
    slug = slug_of(article.title or "") or f"untitled-{page.sha256[:8]}"
    is_new = anyway or options.duplicate_of is not None
    existing = _existing(page, destination, slug, duplicates, surely=is_new)
    if existing is None and _is_taken(slug, destination):
        slug = _free(slug, destination)
    stubs, similar, known = _stubs(page, destination, slug, options)
    hints = _hints(article, content, {*similar, *_repeats(duplicates)})
    draft = make_draft(article, existing.stem if existing else slug, page.sha256, similar, hints, options)
    if existing is not None:
        before = existing.read_text(encoding="utf-8", errors="replace")
        if page.sha256 in before or _says_the_same(before, draft.text):
            return ImportPlan(page, ImportOutcome.SAME, existing=existing, hints=hints, known=known)
        diff = _diff(before, draft.text, existing.name)
        return ImportPlan(
            page, ImportOutcome.CHANGED, existing=existing, diff=diff, duplicates=duplicates, hints=hints, known=known
        )
    held = [d for d in duplicates if d.kind in {Sameness.TEXT, Sameness.ADDRESS}]
    if held and not is_new:
        return ImportPlan(page, ImportOutcome.BLOCKED_AS_DUPLICATE, duplicates=duplicates, hints=hints, known=known)
    tools, known_tools = _tools(page.article, destination)
    files = tuple((_folder(f.kind, destination) / f"{f.slug}.md", f) for f in (draft, *stubs, *tools))
    return ImportPlan(
        page, ImportOutcome.NEW, files, duplicates=duplicates, hints=hints, known=known, known_tools=known_tools
    )


def plan_pages(
    pages: Sequence[ImportedPage], destination: Destination, options: DraftOptions, *, anyway: bool = False
) -> list[ImportPlan]:
    """Plan the pages of one source; slugs planned for one are taken for the next."""
    plans: list[ImportPlan] = []
    for page in pages:
        plans.append(plan_page(page, destination, options, anyway=anyway))
        destination = with_new(destination, plans[-1:])
    return plans


def plan_findings(plan: ImportPlan) -> tuple[Diagnostic, ...]:
    """What the editor must know about a page and its plan, suggestions apart.

    Nothing about a page that was imported before. May add import-blocked, import-changed, the codes of duplicates and
    those of the readers.
    """
    if plan.outcome is ImportOutcome.SAME:
        return ()
    place = Location(plan.page.path)
    findings = [*(d.finding(plan.page.path) for d in plan.duplicates), *plan.page.article.findings]
    if plan.outcome is ImportOutcome.CHANGED and plan.existing is not None:
        before = _read(plan.existing)
        text = f"the page has changed since {plan.existing.name} was imported, which is left as it is"
        hint = "to import it again, move that file away first"
        if before is not None and before.status is Status.STUB:
            text = f"{plan.existing.name} is the stub of this page, and is left as it is"
            hint = "write the article there, or move that file away and import the page again"
        findings.insert(0, diagnostic("import-changed", place, text, hint))
    if plan.outcome is ImportOutcome.BLOCKED_AS_DUPLICATE:
        slug = plan.duplicates[0].document.slug
        text = f'nothing was written, because the article "{slug}" seems to be this page already'
        hint = f"--duplicate-of {slug} writes it as a duplicate, --anyway as an article of its own"
        findings.append(diagnostic("import-blocked", place, text, hint))
    return tuple(findings)


def write_plans(plans: Sequence[ImportPlan]) -> None:
    """Write the files of a source, all or none. Raises OSError; FileExistsError where one has appeared meanwhile."""
    written: list[Path] = []
    made: list[Path] = []
    try:
        for path, file in (new for plan in plans for new in plan.files):
            missing = [folder for folder in path.parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            made += reversed(missing)
            whole = beside(path, 0, "new")
            remove_left_files(path.parent)
            try:
                write_through(whole, file.text.encode())
                with naming(path):
                    _put_in_place(whole, path)
                written.append(path)
            finally:
                remove_quietly(whole)
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _put_in_place(whole: Path, path: Path) -> None:
    """Give a file its name, in one step where the disk knows second names. Raises OSError, FileExistsError too."""
    try:
        path.hardlink_to(whole)
    except FileExistsError:
        raise
    except OSError:
        with path.open("xb"):  # nobody else has this name now
            pass
        whole.replace(path)


def with_new(destination: Destination, plans: Sequence[ImportPlan]) -> Destination:
    """The destination once these plans are written: for the next page of the same run."""
    files = [file for plan in plans for _, file in plan.files]
    content = destination.content
    taken = content.taken | {file.slug for file in files if file.kind is Kind.ARTICLE}
    tools = {fold(file.slug): file.slug for file in files if file.kind is Kind.TOOL}
    written = {file.source: file.slug for file in files if file.source}
    content = replace(content, taken=taken, tools={**content.tools, **tools}, written={**content.written, **written})
    return replace(destination, content=content)


def with_source(destination: Destination, plans: Sequence[ImportPlan]) -> Destination:
    """The same once a whole source is written, for the next one: its drafts count as articles."""
    from site_builder.importers.just_written import with_drafts  # noqa: PLC0415 (as above)

    destination = with_new(destination, plans)
    return replace(
        destination, content=with_drafts(destination.content, [plan.files[0] for plan in plans if plan.files])
    )


def _duplicates(page: ImportedPage, content: ExistingContent) -> tuple[Duplicate, ...]:
    """Articles that a page may repeat, without those that only have the same address as many pages."""
    found = find_duplicates(page.article, content)
    key = title_key(page.article.title or "")
    return tuple(
        d
        for d in found
        if not (page.shares_address and d.kind is Sameness.ADDRESS and title_key(d.document.title) != key)
    )


def _repeats(duplicates: Sequence[Duplicate]) -> set[str]:
    """Slugs of articles that seem to be the page itself, which is not similar to itself."""
    return {d.document.slug for d in duplicates if d.kind is not Sameness.EVENT}


def _hints(article: ImportedArticle, content: ExistingContent, without: AbstractSet[str]) -> Suggestions:
    text = {
        "id": "",
        "title": article.title or "",
        "summary": article.summary or "",
        "body": article.body,
        "date": article.date,
    }
    hints = suggest_all(text, content)
    return replace(hints, similar=tuple(s for s in hints.similar if s.id not in without))


def _existing(
    page: ImportedPage, destination: Destination, slug: str, duplicates: Sequence[Duplicate], *, surely: bool
) -> Path | None:
    """The file that an earlier import of this page wrote. With `surely`, the same title alone is not enough."""
    article = page.article
    for document in destination.content.articles:
        provenance = document.meta.provenance
        if (
            provenance
            and provenance.sha256 == page.sha256
            and title_key(document.title) == title_key(article.title or "")
        ):
            return _path(destination, document.path)
    for duplicate in duplicates:
        meta = duplicate.document.meta
        if meta.provenance is None or meta.provenance.sha256 is None:
            continue
        if duplicate.kind is Sameness.ADDRESS or (_is_draft(meta) and not surely and _is_same_page(article, duplicate)):
            return _path(destination, duplicate.document.path)
    return next((path for path in _numbered(slug, destination) if _is_of(page, path, surely=surely)), None)


def _is_same_page(article: ImportedArticle, duplicate: Duplicate) -> bool:
    """Is it this page by its title: at the same address, or with the same text at another one of the same site?"""
    if title_key(duplicate.document.title) != title_key(article.title or ""):
        return False
    mine, theirs = article.source.url, url_of(duplicate.document)
    if not mine or not theirs or page_key(mine) == page_key(theirs):
        return duplicate.kind in {Sameness.TITLE, Sameness.TEXT}
    return duplicate.kind is Sameness.TEXT and site_key(mine) == site_key(theirs)


def _numbered(slug: str, destination: Destination) -> Iterator[Path]:
    """The existing files under a slug and, where it was taken, under the next free ones."""
    for name in chain([slug], (f"{slug}-{number}" for number in count(2))):
        path = destination.folder / f"{name}.md"
        if path.exists():
            yield path
        elif name not in destination.content.taken:
            return


def _is_of(page: ImportedPage, path: Path, *, surely: bool) -> bool:
    """Was a file made from this page, as far as its front matter says?"""
    meta = _read(path)
    if meta is None or meta.provenance is None or meta.provenance.sha256 is None:
        return False
    own, url = page.article.source.url, canonical_url(meta.source.url) if meta.source and meta.source.url else None
    if own and url:
        return page_key(own) == page_key(url)
    return meta.provenance.sha256 == page.sha256 or not surely


def _says_the_same(before: str, after: str) -> bool:
    """Has a page changed only in what is not read? Its facts and the sketch of its text are those of the draft."""
    facts = [row for row in after.split("\n---\n", 1)[0].split("\n") if row.startswith(_FACTS)]
    return any(row.startswith("  sketch:") for row in facts) and set(facts) <= set(before.split("\n"))


def _is_draft(meta: "Article") -> bool:
    return meta.status.value != "stub"


def _path(destination: Destination, path: str) -> Path:
    """The file of a document."""
    return destination.content.root / path


def _read(path: Path) -> "Article | None":
    """The front matter of a file that is not part of the loaded content."""
    # Imported late: loading the models takes longer than reading a page.
    from site_builder.content.front_matter import parse  # noqa: PLC0415
    from site_builder.content.schema import Article  # noqa: PLC0415
    from site_builder.content.source_parts import split  # noqa: PLC0415

    with suppress(OSError, UnicodeDecodeError):
        parts, _ = split(path.read_text(encoding="utf-8"), SourcePath(path.name))
        front, _ = parse(parts.yaml, Kind.ARTICLE, SourcePath(path.name)) if parts else (None, [])
        if front is not None and isinstance(front.meta, Article):
            return front.meta
    return None


def _is_taken(slug: str, destination: Destination) -> bool:
    return slug in destination.content.taken or destination.folder.joinpath(f"{slug}.md").exists()


def _free(slug: str, destination: Destination) -> str:
    return next(name for number in count(2) if not _is_taken(name := f"{slug}-{number}", destination))


def _stubs(
    page: ImportedPage, destination: Destination, own: str, options: DraftOptions
) -> tuple[list[NewFile], tuple[str, ...], tuple[str, ...]]:
    """Stubs for cards without an article; the slugs of all cards; the slugs of those that exist."""
    titles: dict[str, str] = {title_key(d.title): d.slug for d in destination.content.articles}
    content = destination.content
    urls: dict[str, str] = {page_key(url): d.slug for d in content.articles if (url := url_of(d))}
    urls |= {page_key(url): slug for url, slug in content.written.items()}
    stubs: list[NewFile] = []
    slugs: list[str] = []
    known: list[str] = []
    for card in page.article.similar:
        there = titles.get(title_key(card.title)) or urls.get(page_key(canonical_url(card.url) or "?"))
        there = there or _formerly_called(card.title, destination)
        slug = there or slug_of(card.title)
        if not slug or slug == own or slug in slugs:
            continue
        slugs.append(slug)
        if there or _is_taken(slug, destination):
            known.append(slug)
        else:
            stubs.append(make_stub(card, slug, page.sha256, options))
    return stubs, tuple(slugs), tuple(known)


def _formerly_called(title: str, destination: Destination) -> str:
    """The slug of the article that used to have the slug of a title; "" if there is none, or more than one."""
    corpus = destination.content.corpus
    found = {d.slug for d in corpus.names.called(Kind.ARTICLE, slug_of(title))} if corpus else set()
    return found.pop() if len(found) == 1 else ""


def _tools(page: ImportedArticle, destination: Destination) -> tuple[list[NewFile], tuple[str, ...]]:
    """Drafts of the advertised tools that the site does not have, and the slugs of those that it has."""
    drafts: dict[str, NewFile] = {}
    known: list[str] = []
    have, folder = destination.content.tools, _folder(Kind.TOOL, destination)
    for tool in page.tools:
        slug = slug_of(tool.name)
        there = have.get(fold(tool.name)) or have.get(fold(slug)) or (slug if (folder / f"{slug}.md").exists() else "")
        if there:
            known.append(there)
        elif slug:
            drafts.setdefault(slug, make_tool(tool, slug, page))
    return list(drafts.values()), tuple(dict.fromkeys(known))


def _folder(kind: Kind, destination: Destination) -> Path:
    if kind is Kind.TOOL:
        return destination.tools or destination.folder / "tools"
    return destination.folder


def _diff(before: str, after: str, name: str) -> str:
    rows = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"{name} (there)",
        f"{name} (imported now)",
        n=1,
    )
    return "".join(rows)
