"""`/admin/config.yml`: what Sveltia CMS is told about a site, and the Content Security Policy of `/admin/`."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import yaml

from site_builder.config.form_backend import FormBackend
from site_builder.content.schema import MODELS, folder_of
from site_builder.content.vocabulary import Kind, Status
from site_builder.form.form_fields import TITLES, flag_names, form_fields
from site_builder.urls import SourcePath

FORMAT: Final = "site-builder"
"""How the names begin under which `form.js` registers reading and writing the documents of a folder."""
OURS: Final = "site_builder"
"""The part of the configuration that is for `form.js`; Sveltia does not see it."""

_MESSAGES: Final = {
    "create": "Add {{collection}} {{slug}}",
    "update": "Change {{collection}} {{slug}}",
    "delete": "Delete {{collection}} {{slug}}",
    "uploadMedia": "Add {{path}}",
    "deleteMedia": "Delete {{path}}",
}


def form_config(
    backend: FormBackend, content: str, url: str, name: str, folders: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """The configuration as plain data.

    `content`: the content folder, relative to that of `mkdocs.yml`; `url`: the address of the site, or "".
    `folders`: folder of a kind -> slug -> path below it, for the documents in sub-folders.
    """
    top = f"{backend.folder}/{content}" if backend.folder else content
    return {
        "backend": _backend(backend),
        **({"publish_mode": "editorial_workflow"} if backend.review else {}),
        "app_title": name,
        **({"site_url": url, "display_url": url} if url else {}),
        "show_preview_links": False,
        "media_folder": f"{top}/assets",
        "public_folder": "/assets",
        # A document's slug is its file name, so it is written as this program writes slugs.
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": {"omit_empty_optional_fields": True},
        "collections": [_collection(kind, top) for kind in Kind],
        OURS: {
            "flags": {folder_of(kind): flag_names(kind) for kind in Kind},
            # A new document is a draft until somebody says otherwise.
            "new": {"status": str(Status.DRAFT)},
            "folders": folders,
        },
    }


def config_yaml(config: Mapping[str, Any]) -> bytes:
    """The configuration as a file."""
    text = yaml.safe_dump(dict(config), sort_keys=False, allow_unicode=True, width=110)
    return f"# Made by site-builder from its models and the settings of the site.\n{text}".encode()


def _backend(backend: FormBackend) -> dict[str, Any]:
    can_sign_in = bool(backend.sign_in or backend.app_id)
    given: dict[str, Any] = {
        "name": backend.name,
        "repo": backend.repo,
        "branch": backend.branch,
        "api_root": backend.api,
        "graphql_api_root": backend.graphql,
        "base_url": backend.sign_in or (_own_host(backend) if backend.app_id else ""),
        "app_id": backend.app_id,
        "auth_type": "pkce" if backend.app_id and backend.name == "gitlab" else "",
        "auth_methods": ["oauth", "token"] if can_sign_in else ["token"],
        "commit_messages": _MESSAGES,
    }
    return {key: value for key, value in given.items() if value}


def _own_host(backend: FormBackend) -> str:
    return backend.hosts[0]


def _collection(kind: Kind, top: str) -> dict[str, Any]:
    folder = folder_of(kind)
    title = next(name for name in TITLES if name in MODELS[kind].__dataclass_fields__)
    fields = form_fields(kind)
    return {
        "name": folder,
        "label": folder.capitalize(),
        "label_singular": str(kind),
        "folder": f"{top}/{folder}",
        "path": "{{slug}}",
        "nested": {"subfolders": False},
        "format": f"{FORMAT}-{folder}",
        "identifier_field": title,
        "slug": {"template": f"{{{{{title}}}}}", "editable": ["create"]},
        "sortable_fields": [title, *(f["name"] for f in fields if f["name"] in {"date", "added", "updated"})],
        "thumbnail": False,
        "create": True,
        # A published address may not be lost: a document is retracted by its `status`, or with a text editor.
        "delete": False,
        "fields": fields,
    }


def sub_folders(paths: Iterable[SourcePath], content: str) -> dict[str, dict[str, str]]:
    """Folder of a kind -> slug -> path below it without its ending, for those of the documents in sub-folders."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(paths):
        folder, _, inside = path.removeprefix(f"{content}/").partition("/")
        if "/" in inside:
            below = inside.rpartition(".")[0]
            found.setdefault(folder, {})[below.rpartition("/")[2]] = below
    return found


def policy(backend: FormBackend) -> str:
    """The Content Security Policy of `/admin/`.

    It alone allows styles in elements, which the form sets by script, `data:` and `blob:` for pictures that somebody
    adds, and requests to the backend's hosts. No font, script or style comes from elsewhere.
    """
    hosts = " ".join(backend.hosts)
    pictures = " ".join(backend.pictures)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        f"img-src 'self' data: blob: {pictures}; connect-src 'self' data: blob: {hosts}; "
        "base-uri 'none'; form-action 'none'"
    )
