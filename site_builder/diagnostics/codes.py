"""Everything that can be found, with its usual severity: one table for the program and its reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """An error stops the build, a warning stops a strict build, and info stops nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Code:
    """The meaning of a code, for the reference page and for SARIF."""

    severity: Severity
    meaning: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: Final[Mapping[str, Code]] = {
    # settings
    "settings": Code(_E, "A setting in `mkdocs.yml` is missing, unknown or has a wrong value."),
    "settings-ignored": Code(_W, "A setting is valid but has no effect here."),
    "site-url-missing": Code(_W, "`site_url` is not set, so feeds, the sitemap and canonical links cannot be made."),
    "untrusted-code": Code(
        _E, "An untrusted run refuses what would run code of the repository or read the environment: see *Security*."
    ),
    "untrusted-path": Code(
        _E, "An untrusted run refuses settings that lead out of the site's folder or fetch something."
    ),
    "untrusted-ignored": Code(_I, "An untrusted run does not use templates of the site."),
    # files
    "documents-missing": Code(
        _E, "The content folder has Markdown, but none in a folder for documents: MkDocs' own site, perhaps."
    ),
    "file-ignored": Code(_W, "A file in the content folder belongs to no kind of document, so it is not read."),
    "file-left-out": Code(_I, "A hidden file, or a README, in the content folder is not read."),
    "feed-lost": Code(_W, "A feed of a topic or an entity was published and is no longer made."),
    "file-can-run": Code(_W, "A published file is HTML, XML, a script, or an SVG that does more than show a picture."),
    "svg-cleaned": Code(
        _W, "An SVG that a page shows is published without what can run in it, or is not readable as SVG."
    ),
    "file-empty": Code(_E, "The file is empty."),
    "file-unreadable": Code(_E, "The file could not be read."),
    "not-utf8": Code(_E, "The file is not UTF-8 text."),
    "bom": Code(_W, "The file starts with a byte order mark."),
    "crlf": Code(_W, "The file has Windows line endings."),
    "control-character": Code(_E, "The text contains a control character that web pages and feeds must not contain."),
    "line-too-long": Code(_E, "A line is far longer than any text needs."),
    "symlink-outside": Code(_E, "A symbolic link points outside the content folder."),
    "slug-invalid": Code(_E, "A file name cannot be part of an address."),
    "slug-reserved": Code(_E, "A file name would take an address that the site itself uses."),
    "conflict-unsolved": Code(_E, "The marks of a merge conflict are still in the file."),
    "conflict-shown": Code(_I, "A code block shows the marks of a merge conflict."),
    # front matter
    "front-matter-missing": Code(_E, "The file does not start with front matter."),
    "front-matter-unclosed": Code(_E, "The front matter has no closing `---`."),
    "front-matter-yaml": Code(_E, "The front matter is not valid YAML."),
    "front-matter-shape": Code(_E, "The front matter is YAML, but not a list of `key: value` lines."),
    "yaml-bomb": Code(_E, "The front matter is too large or too deeply nested once its YAML aliases are expanded."),
    "key-unknown": Code(_E, "The front matter has a key that this kind of document does not have."),
    "key-duplicate": Code(_E, "The same key is given twice; YAML would silently keep the last."),
    "field-missing": Code(_E, "A required field is missing."),
    "type-wrong": Code(_E, "The value of a field has the wrong type."),
    "value-invalid": Code(_E, "The value of a field is not one of those allowed."),
    "date-invalid": Code(_E, "A date is not a calendar date in the form YYYY-MM-DD."),
    "date-order": Code(_W, "Two dates of a document contradict each other."),
    "date-future": Code(_W, "A date is in the future: perhaps a year is mistyped."),
    "review-due": Code(
        _I, "The day in `review` has come: a document is to be read again. `report` lists those that are listed."
    ),
    "review-undated": Code(_W, "`review` is a length of time, and the document names no day from which to count."),
    "url-scheme": Code(_E, "A URL has a scheme that the site does not publish."),
    # the collection
    "slug-duplicate": Code(_E, "Two documents of one kind have the same slug."),
    "address-clash": Code(_E, "Two sources would be published at the same address."),
    "address-case": Code(_E, "Two addresses differ only in upper and lower case: many disks cannot hold both."),
    "alias-invalid": Code(_E, "An alias is not an address on this site."),
    "alias-clash": Code(_E, "An alias is the address of another page, or an alias of another document."),
    "feed-id-repeated": Code(_W, "Two articles have the same `feed_id`: feed readers would take them for one entry."),
    "broader-cycle": Code(_E, "A topic is its own ancestor through `broader`."),
    "broader-deep": Code(_W, "A topic is so many levels below another that its articles do not count for that one."),
    "redirect-cycle": Code(_E, "`duplicate_of` or `replaced_by` is circular."),
    # links
    "link-missing": Code(_E, "A link names a file or an address that does not exist."),
    "anchor-missing": Code(_E, "A link names a heading that its target does not have."),
    "image-missing": Code(_E, "An image file does not exist."),
    "image-broken": Code(_W, "A file that a page shows as a picture cannot be read as one."),
    "image-remote": Code(_W, "An image is on another site; pages here load nothing from other sites."),
    "image-alt": Code(_W, "An image has no text alternative."),
    "link-self": Code(_W, "A document links to itself."),
    "target-wanted": Code(_W, "A document names another one that does not exist yet."),
    "target-ambiguous": Code(_W, "A document names another one by a name that several documents have."),
    "target-unpublished": Code(_I, "A document names a draft or an embargoed document, which readers will not see."),
    "target-repeated": Code(_W, "The same target is listed twice."),
    "list-long": Code(_W, "The front matter lists so many names that the page shows the first of them only."),
    "similar-unrelated": Code(_W, "An article is listed under `similar` and under `unrelated`."),
    "link-dead": Code(
        _I, "A link leads to an address elsewhere that was dead on several days, by the last `links --external`."
    ),
    "links-file": Code(_W, "`external-links.json` cannot be read, so no link is marked as dead."),
    "address-unknown": Code(
        _W, "A link has an address from the root that no page has, or one that another program would fill in."
    ),
    "asset-unused": Code(_I, "A file in the content folder is used by no document, so it is not published."),
    "markdown-failed": Code(_E, "The body could not be converted: an extension failed, or it is nested too deeply."),
    "text-too-large": Code(_E, "A body has far more lines and signs of Markdown than a page can hold."),
    "paragraph-too-long": Code(
        _W, "A paragraph is so long that it is read in parts: no mark goes from one into the next."
    ),
    "page-heavy": Code(_W, "A text makes a page that is too heavy for a slow line or a small phone."),
    "html-removed": Code(_W, "HTML that is not allowed in a body was removed."),
    "markup-unknown": Code(_W, "Text looks like markup that a body does not support; it is shown as written."),
    "math-unreadable": Code(
        _W, "A formula cannot be read, or TeX stands outside of a formula; it is shown as written."
    ),
    "comment-unclosed": Code(_W, "A private comment, `%%…%%`, has no end, so the rest of the file is left out."),
    "excerpt-left": Code(_W, "A published article still contains the source's excerpt that `import` put there."),
    # pages
    "template-error": Code(_E, "A template could not be rendered."),
    "words-invalid": Code(_E, "An interface text in `templates/words/` cannot be used."),
    "words-unknown": Code(_W, "A key in `templates/words/` is not the key of any interface text."),
    "words-missing": Code(_I, "The interface has no translation for the site's language, so it is in English."),
    "images-missing": Code(_E, "`social_images` is on, but Pillow, which draws them, is not installed."),
    "social-image-signs": Code(
        _I, "The font of social images lacks characters of a title or name; something else is shown."
    ),
    "form-missing": Code(_E, "`form` is on, but the site lacks files that the browser form needs."),
    "form-changed": Code(_E, "A file of the browser form is not the one that belongs there."),
    "site-large": Code(_W, "The site is close to the 1 GB limit of GitHub Pages."),
    "output-blocked": Code(_E, "A file or folder that the build did not write is in the place of a page."),
    "output-foreign": Code(_W, "The site folder contains files that the build did not write."),
    "cache-damaged": Code(_W, "Parts of the cache could not be used. They are made anew; even a strict build goes on."),
    "cache-tracked": Code(_W, "Git tracks files in the cache, so it is not used."),
    "cache-unwritable": Code(_I, "The cache cannot be written, so every build makes all pages again."),
    "cluster-unusable": Code(
        _E, "`build --scheduler`: the cluster does not answer, has no workers, or its workers cannot do the work."
    ),
    "list-lost": Code(
        _W, "`urls --since`: a list that was published is gone, such as that of a month without articles."
    ),
    "url-lost": Code(_E, "`urls --since`: an address that was published is neither a page nor a redirect any more."),
    # `links --external`
    "link-failing": Code(_I, "`links --external`: an address failed, but not yet on so many days that it is dead."),
    "link-moved": Code(_I, "`links --external`: an address redirects to another one for good."),
    "link-refused": Code(_I, "`links --external`: a server refuses to answer programs, so nobody knows."),
    "link-unchecked": Code(_I, "`links --external`: an address could not be asked, or may not be."),
    "fragment-missing": Code(_I, "`links --fragments`: a page elsewhere has no such part as a link names."),
    # documents named on the command line, and edits of them
    "document-unknown": Code(_E, "A command names a document that does not exist."),
    "document-ambiguous": Code(_E, "A command names a document by a slug that several documents share."),
    "document-unread": Code(_E, "A command needs a document that could not be read because of its errors."),
    "edit-impossible": Code(_E, "A file cannot be edited reliably because its YAML or Markdown is unusual."),
    "rename-invalid": Code(_E, "`mv`: the document cannot have the new name."),
    "rename-taken": Code(_E, "`mv`: the new name or its address belongs to another document."),
    "rename-retargets": Code(_E, "`mv`: a link would lead somewhere else afterwards."),
    # sources of `import`
    "source-unreadable": Code(_E, "`import`: a source cannot be read or fetched."),
    "extra-missing": Code(_E, "`import`: the packages that read HTML pages and feeds are not installed."),
    "import-blocked": Code(_E, "`import`: nothing was written, because an article seems to be the page already."),
    "write-failed": Code(_E, "`import`: a draft could not be written."),
    "import-changed": Code(_I, "`import`: a page has changed since it was imported; its draft is left as it is."),
    "text-cut": Code(_W, "`import`: a text is too long for a page; only its beginning was read."),
    "text-hidden": Code(_W, "`import`: a page hides paragraphs between those that it shows; they were left out."),
    "text-left-out": Code(_I, "`import`: sentences that stand in a box beside the text of a page were left out."),
    "text-missing": Code(_W, "`import`: no text was found on a page."),
    "text-garbled": Code(_W, "`import`: a text has characters that were lost or read wrongly before it came here."),
    "title-missing": Code(_W, "`import`: no title was found on a page."),
    "title-ambiguous": Code(_I, "`import`: a page calls itself by two titles that say different things."),
    "text-short": Code(_W, "`import`: a page shows only the beginning of its text, because the rest must be paid for."),
    "date-missing": Code(_W, "`import`: no date of publication was found on a page."),
    "date-ambiguous": Code(
        _W, "`import`: a date can be read in two ways, such as 3/4/2026, or a page and its address name two days."
    ),
    "date-relative": Code(_W, "`import`: a page gives a date only as “3 hours ago”."),
    "date-updated": Code(_W, "`import`: a page says when it was updated, but not when it was published."),
    "feed-malformed": Code(_W, "`import`: a feed is not well-formed; parts of it may be missing."),
    "feed-skipped": Code(_W, "`import`: a feed has entries that cannot be read as such; the others were."),
    "feed-date": Code(_W, "`import`: an entry of a feed has no date of publication, or one that cannot be read."),
    "feed-link": Code(_W, "`import`: an entry of a feed has a relative link, and what it is relative to is unknown."),
    "feed-no-text": Code(_W, "`import`: an entry of a feed has no more than a summary."),
    "feed-cut": Code(_W, "`import`: an entry, or a whole feed, is too long; the end of its text was left out."),
    "duplicate-address": Code(_W, "`import`: an article has the address of an imported page as its source."),
    "duplicate-title": Code(_W, "`import`: an article has the title of an imported page."),
    "duplicate-text": Code(_W, "`import`: an article's text is nearly that of an imported page."),
    "duplicate-event": Code(_W, "`import`: an article seems to be about the same event as an imported page."),
    # suggestions of `import` and `suggest`; these never change an exit code
    "topic-suggested": Code(_I, "`import`, `suggest`: a topic may fit an article."),
    "entity-suggested": Code(_I, "`import`, `suggest`: a text names an entity that the article does not list."),
    "similar-suggested": Code(_I, "`import`, `suggest`: an article may be similar."),
    "entity-candidates": Code(_I, "`import`, `suggest`: a text contains names that have no entity page."),
    # what `fix` left alone; these never change an exit code
    "fix-rejected": Code(_I, "`fix` left a file alone: a link would lead elsewhere, or a new finding would appear."),
    "fix-skipped": Code(_I, "`fix` left a file or a part of it alone because it cannot be edited reliably."),
    "fix-undecided": Code(_I, "`fix` leaves a choice to you: `similar` lists an article twice in different words."),
    "fix-unlinkable": Code(_I, "`fix --only mention`: the name of an entity is in no place that can become a link."),
    # sections of `report`; these never change an exit code
    "wanted": Code(_I, "`report`: published documents name a page that does not exist yet."),
    "orphan": Code(_I, "`report`: no other document links to an article."),
    "dead-end": Code(_I, "`report`: an article links to no other page and lists no similar article."),
    "stub": Code(_I, "`report`: an article is a stub that is still to be written."),
    "stale": Code(_I, "`report`: an article has not changed, and its source was not checked, for over a year."),
    "unfiled": Code(_I, "`report`: an article has no topic, or no entity, that has a page."),
    "thin-topic": Code(_I, "`report`: a topic has fewer than three articles."),
    "redirect": Code(_I, "`report`: a redirect leads to another redirect."),
    "near-duplicate": Code(_I, "`report`: two articles have the same title or nearly the same text."),
    "mention": Code(_I, "`report`: an article names an entity that it neither links nor lists."),
    "one-way": Code(_I, "`report`: an article lists a similar one that does not list it in return."),
}
