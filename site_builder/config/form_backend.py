"""Where the browser form reads and saves content: the setting `form`, and what follows from `repo_url` and `edit_uri`.

    backend, problem = form_backend(FormOptions(), "https://github.com/owner/site", "", "content")

The addresses in it are all that `/admin/` may ask: they are in its Content Security Policy and nowhere else.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, ConfigDict, Strict
from pydantic.dataclasses import dataclass as model
from pydantic_core import PydanticCustomError

from site_builder.config.option_values import web_address

_Name = Literal["", "github", "gitlab", "gitea"]
_REPO: Final = re.compile(r"[\w.-]+(?:/[\w.-]+)+", re.ASCII)
_BRANCH: Final = re.compile(r"[^\s~^:?*\[\\\"'<>]+")
_ORIGIN: Final = re.compile(r"https?://[\w.-]+(?::\d+)?", re.ASCII)
"""What may stand in a Content Security Policy: nothing that would begin another rule."""
_KNOWN_HOSTS: Final = {
    "github.com": "github",
    "gitlab.com": "gitlab",
    "codeberg.org": "gitea",
    "gitea.com": "gitea",
}
_TWO_PARTS: Final = frozenset({"github", "gitea"})
"""Backends where a repository has an owner and a name; groups of GitLab have groups."""


def _repository(value: object) -> object:
    if not isinstance(value, str) or (value and not _REPO.fullmatch(value)):
        raise PydanticCustomError("repository", "a repository such as owner/name")
    return value


def _branch(value: object) -> object:
    if not isinstance(value, str) or (value and not _BRANCH.fullmatch(value)):
        raise PydanticCustomError("branch", "the name of a branch, such as main")
    return value


@model(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid", defer_build=True))
class FormOptions:
    """The keys of the setting `form`; `form: true` leaves all at their defaults."""

    backend: _Name = ""
    """github, gitlab or gitea (Forgejo too). Default: from the host of `repo_url`."""
    repo: Annotated[str, BeforeValidator(_repository)] = ""
    """The repository, such as `owner/name`. Default: from `repo_url`."""
    branch: Annotated[str, BeforeValidator(_branch)] = ""
    """Default: the branch in `edit_uri`, or else the repository's own."""
    api: Annotated[str, BeforeValidator(web_address)] = ""
    """Address of the server's REST interface, where it is not the usual one of that host."""
    sign_in: Annotated[str, BeforeValidator(web_address)] = ""
    """Address of the server that signs editors in to GitHub. Without it they use an access token."""
    app_id: Annotated[str, Strict()] = ""
    """ID of the OAuth application at GitLab, Gitea or Forgejo. Without it editors use an access token."""
    review: Annotated[bool, Strict()] = True
    """Whether a change becomes a pull request; with `false` it goes to the branch at once. Gitea knows only the
    latter."""


def form_options(value: object) -> object:
    """`true` for all defaults, `false` for no form."""
    if value is True:
        return {}
    if value is False:
        return None
    if value is not None and not isinstance(value, dict):
        raise PydanticCustomError("form", "true, or keys such as {repo: owner/name, branch: main}")
    return value


@dataclass(frozen=True, slots=True)
class FormBackend:
    """A repository and the addresses by which a browser reaches it."""

    name: str
    """github, gitlab or gitea."""
    repo: str
    branch: str
    """"" for the repository's default branch."""
    folder: str
    """Path from the top of the repository to the folder of `mkdocs.yml`; "" where it is the same."""
    api: str
    """REST interface, without a slash at its end; "" for the usual one of the service."""
    graphql: str
    sign_in: str
    app_id: str
    review: bool
    hosts: tuple[str, ...]
    """Origins that the form sends requests to."""
    pictures: tuple[str, ...]
    """Origins of the pictures of people."""


Problem = tuple[str, str]
"""What is wrong, and what to do."""


def form_backend(
    options: FormOptions, repo_url: str, edit_uri: str, folder: str
) -> tuple[FormBackend | None, Problem | None]:
    """What the form talks to, or why that cannot be told.

    `edit_uri` as somebody wrote it, "" where nobody did: MkDocs' default names the branch `master` without knowing.
    `folder`: path from the top of the repository to the folder of `mkdocs.yml`.
    """
    address = urlsplit(repo_url)
    name = options.backend or _KNOWN_HOSTS.get(address.hostname or "", "")
    if not name and options.api:
        return None, ('"form" does not say which kind of server that is', "add `backend: github`, gitlab or gitea")
    if not name and not repo_url:
        hint = (
            "add a line `repo_url: https://github.com/owner/name`, or write `form: {backend: github, repo: owner/name}`"
        )
        return None, ('"form" does not say where the content is kept', hint)
    if not name:
        hint = "add `backend: github`, gitlab or gitea (for Forgejo too)"
        return None, (f'"form" cannot tell which kind of server "{_host(repo_url)}" is', hint)
    repo = options.repo or address.path.strip("/").removesuffix(".git")
    if not _REPO.fullmatch(repo) or (name in _TWO_PARTS and repo.count("/") != 1):
        found = f'"{repo}" is not a repository' if repo else "no repository is named"
        return None, (f'"form": {found}', "write `form: {repo: owner/name}`")
    if options.sign_in and name != "github":
        return None, (f'"form": `sign_in` is for github, not for {name}', "write `app_id` instead")
    if options.app_id and name == "github":
        return None, ('"form": `app_id` is for gitlab and gitea, not for github', "write `sign_in` instead")
    branch = options.branch or _branch_in(edit_uri)
    # A host in `repo_url` that the backend is named for beside a repository of another host would be a mistake; the
    # usual addresses of the service are meant then.
    host = _host(repo_url) if address.scheme in {"http", "https"} and not (options.repo and options.backend) else ""
    api, graphql, origins, pictures = _addresses(name, address.scheme, host, options.api.rstrip("/"))
    sign_in = options.sign_in.rstrip("/")
    if sign_in:
        origins = (*origins, _origin(sign_in))
    review = options.review and name != "gitea"
    unique = tuple(dict.fromkeys(origins))
    if strange := next((one for one in (*unique, *pictures) if not _ORIGIN.fullmatch(one)), None):
        return None, (f'"form": "{strange}" is not the address of a server', "write it like https://git.example.org")
    return FormBackend(
        name, repo, branch, folder, api, graphql, sign_in, options.app_id, review, unique, pictures
    ), None  # fmt: skip


def _addresses(
    name: str, scheme: str, host: str, api: str
) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:  # fmt: skip
    """The interfaces ("" where the form knows them), the origins asked, and those of pictures."""
    gravatar = "https://secure.gravatar.com"
    if name == "github":
        if api:
            return api, "", (_origin(api),), (_origin(api),)
        if host in {"", "github.com"}:
            return "", "", ("https://api.github.com",), ("https://avatars.githubusercontent.com",)
        own = f"{scheme}://{host}"
        return f"{own}/api/v3", f"{own}/api/graphql", (own,), (own,)
    if name == "gitlab":
        own = _origin(api) if api else f"{scheme or 'https'}://{host or 'gitlab.com'}"
        usual = own == "https://gitlab.com"
        return api or ("" if usual else f"{own}/api/v4"), "", (own,), (own, gravatar)
    own = _origin(api) if api else f"{scheme or 'https'}://{host or 'gitea.com'}"
    return api or f"{own}/api/v1", "", (own,), (own, gravatar)


def _origin(address: str) -> str:
    return f"{urlsplit(address).scheme}://{_host(address)}"


def _host(address: str) -> str:
    """Host and port, without a name or password before them: the configuration is published."""
    return urlsplit(address).netloc.rpartition("@")[2]


def _branch_in(edit_uri: str) -> str:
    """The branch of `edit/main/docs/`, and of the forms of GitLab and Gitea."""
    found = re.search(r"(?:^|/)(?:edit|blob|_edit)/(?:branch/)?([^/\s{}]+)/", edit_uri)
    return found[1] if found else ""


def folder_in_repository(root: Path) -> str:
    """Path from the top of the repository around a folder to that folder; "" where it is the top, or there is none."""
    found = next((tree for tree in (root, *root.parents) if (tree / ".git").exists()), root)
    return root.relative_to(found).as_posix().removeprefix(".")


def written_edit_uri(settings: Any, is_written: bool) -> str:
    """MkDocs' `edit_uri` or `edit_uri_template`, where somebody wrote one of them."""
    return str(settings.edit_uri_template or settings.edit_uri or "") if is_written else ""
