"""What the settings of MkDocs mean here: for the reference, and for text editors."""

from collections.abc import Mapping
from typing import Final

SETTINGS: Final[Mapping[str, str]] = {
    "site_name": "Name of the site: the home page's headline, the end of every title, the feeds' title. Required.",
    "site_url": "Address of the home page. Feeds, sitemap and canonical links need it; every other link is relative. "
    "`--site-url` overrides it.",
    "site_description": "One sentence on the whole site: the home page's description, and the feed's.",
    "site_author": "Author of the feeds; default: the site's name.",
    "copyright": "A line at the foot of every page.",
    "docs_dir": "The content folder, below the folder of this file. The demonstration site says `content`.",
    "site_dir": "Where the site is written; default `site`. `--out` overrides it.",
    "theme": "`site_builder`; any other only with the option `folder`. With `custom_dir`, templates of that folder "
    "replace those of the same name; a folder `templates/` beside this file does so without being named.",
    "markdown_extensions": "Extensions of Python-Markdown with their options, as with MkDocs.",
    "plugins": "`site_builder` with the options below. Other plugins run with `mkdocs build` only.",
    "repo_url": "Address of the repository, linked at the foot of every page.",
    "edit_uri": "Path below `repo_url` at which a source is edited, such as `edit/main/content/`.",
    "edit_uri_template": "The same with `{path}` for the path of the source.",
    "exclude_docs": "Files of the content folder that are not read, as patterns like those of `.gitignore`.",
    "draft_docs": "Documents that are drafts whatever their front matter says, as such patterns.",
    "strict": "Take warnings for errors, as `--strict` does.",
    "extra_css": "Style sheets beside the theme's, for all pages: files in `content/static/`, such as `own.css`.",
    "extra_javascript": "Scripts for all pages, likewise; one that ends in `.mjs` is a module. Pages load nothing from "
    "other sites.",
    "use_directory_urls": "With the option `folder`: the form of the addresses of MkDocs' own pages.",
    "config_file_path": "",
    "mdx_configs": "",
}
"""Settings of MkDocs that the program reads; "" for what nobody writes into the file."""
