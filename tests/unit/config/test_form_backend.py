"""Where the form saves, from what the settings say anyway; and plain words where they do not say it."""

from pathlib import Path
from typing import Any

import pytest

from site_builder.config.form_backend import FormOptions, folder_in_repository, form_backend
from site_builder.form.form_config import form_config, policy
from tests.helpers.form_package import backend_of
from tests.helpers.site import MKDOCS_YML, MakeSite, check


@pytest.mark.parametrize(
    ("repo_url", "options", "name", "repo", "api", "host"),
    [
        ("https://github.com/owner/name", {}, "github", "owner/name", "", "https://api.github.com"),
        ("https://github.com/owner/name.git/", {}, "github", "owner/name", "", "https://api.github.com"),
        ("https://gitlab.com/a/b/c", {}, "gitlab", "a/b/c", "", "https://gitlab.com"),
        ("https://codeberg.org/o/n", {}, "gitea", "o/n", "https://codeberg.org/api/v1", "https://codeberg.org"),
        ("https://git.example.org/o/n", {"backend": "gitlab"}, "gitlab", "o/n", "https://git.example.org/api/v4",
         "https://git.example.org"),
        ("https://code.example.org/o/n", {"backend": "github"}, "github", "o/n", "https://code.example.org/api/v3",
         "https://code.example.org"),
        ("https://git.example.org:8443/o/n", {"backend": "gitea"}, "gitea", "o/n",
         "https://git.example.org:8443/api/v1", "https://git.example.org:8443"),
        ("", {"backend": "github", "repo": "o/n"}, "github", "o/n", "", "https://api.github.com"),
        ("https://example.org/mirror", {"backend": "github", "repo": "o/n"}, "github", "o/n", "",
         "https://api.github.com"),
        ("", {"backend": "gitea", "repo": "o/n", "api": "https://forge.example.org/api/v1"}, "gitea", "o/n",
         "https://forge.example.org/api/v1", "https://forge.example.org"),
    ],
)  # fmt: skip
def test_backends(repo_url: str, options: dict[str, Any], name: str, repo: str, api: str, host: str) -> None:
    backend = backend_of(repo_url, **options)
    assert (backend.name, backend.repo, backend.api, backend.hosts[0]) == (name, repo, api, host)
    assert backend.review is (name != "gitea")


@pytest.mark.parametrize(
    ("repo_url", "options", "says"),
    [
        ("", {}, "where the content is kept"),
        ("https://git.example.org/o/n", {}, 'which kind of server "git.example.org" is'),
        ("https://github.com/owner", {}, '"owner" is not a repository'),
        ("https://github.com/a/b/c", {}, '"a/b/c" is not a repository'),
        ("https://github.com/", {}, "no repository is named"),
        ("https://gitlab.com/a/b", {"sign_in": "https://x.example"}, "is for github, not for gitlab"),
        ("https://github.com/a/b", {"app_id": "1"}, "is for gitlab and gitea"),
        ("", {"api": "https://x.example/api"}, "which kind of server"),
        ("https://x;script-src/o/n", {"backend": "gitea"}, "is not the address of a server"),
        ("https://github.com/o/n", {"sign_in": "https://a;default-src"}, "is not the address of a server"),
        ("https://github.com/o/n", {"api": "https://'self'/"}, "is not the address of a server"),
    ],
)
def test_what_cannot_be_told_is_said(repo_url: str, options: dict[str, Any], says: str) -> None:
    backend, problem = form_backend(FormOptions(**options), repo_url, "", "")
    assert backend is None
    assert problem is not None
    assert says in problem[0]
    assert problem[1]


def test_a_password_in_repo_url_is_not_published() -> None:
    for host, options in (("github.com", {}), ("gitlab.com", {}), ("git.example.org", {"backend": "gitea"})):
        backend = backend_of(f"https://me:secret@{host}/o/n", **options)
        config = form_config(backend, "content", "", "KB", {})
        assert "secret" not in f"{config}{policy(backend)}"


@pytest.mark.parametrize(
    ("edit_uri", "branch"),
    [
        ("edit/main/docs/", "main"),
        ("blob/trunk/content/", "trunk"),
        ("-/edit/next/docs/", "next"),
        ("_edit/branch/dev/docs/", "dev"),
        ("https://github.com/o/n/edit/main/content/{path}", "main"),
        ("", ""),
        ("src/{path}", ""),
    ],
)
def test_the_branch_is_that_of_edit_uri(edit_uri: str, branch: str) -> None:
    assert backend_of(edit_uri=edit_uri).branch == branch
    assert backend_of(edit_uri=edit_uri, branch="other").branch == "other"


def test_signing_in() -> None:
    def told(**options: Any) -> dict[str, Any]:
        backend: dict[str, Any] = form_config(backend_of(**options), "content", "", "KB", {})["backend"]
        return backend

    own = told(sign_in="https://sign-in.example.org/")
    assert (own["base_url"], own["auth_methods"]) == ("https://sign-in.example.org", ["oauth", "token"])
    pkce = told(repo_url="https://gitlab.com/a/b", app_id="abc")
    assert (pkce["auth_type"], pkce["base_url"], pkce["app_id"]) == ("pkce", "https://gitlab.com", "abc")


def test_the_policy_names_the_hosts_of_the_backend_and_no_others() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy(backend_of(sign_in="https://sign-in.example.org")).split("; "))
    assert rules["connect-src"] == "'self' data: blob: https://api.github.com https://sign-in.example.org"
    assert rules["script-src"] == rules["font-src"] == "'self'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"


def test_the_site_may_be_a_folder_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sites/kb").mkdir(parents=True)
    assert folder_in_repository(tmp_path / "sites/kb") == "sites/kb"
    assert folder_in_repository(tmp_path) == ""


FORM = "  - site_builder:\n      form: "


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("true", '"form" does not say where the content is kept'),
        ("{repo: one}", '"form.repo" is "one", which is not a repository such as owner/name'),
        ("{repos: a/b}", '"repos" is not a key of "form"'),
        ("{backend: svn}", '"form.backend" is "svn", which is not'),
        ("{api: ftp://x}", "which is not an http:// or https:// address"),
        ("{branch: 'a b'}", "which is not the name of a branch"),
        ("github", "which is not true, or keys such as"),
    ],
)
def test_mistakes_in_the_settings(make_site: MakeSite, form: str, says: str) -> None:
    root = make_site({"mkdocs.yml": MKDOCS_YML.replace("  - site_builder\n", f"{FORM}{form}\n")})
    (found,) = check(root)
    assert says in found
    assert found.startswith("mkdocs.yml:7:")
