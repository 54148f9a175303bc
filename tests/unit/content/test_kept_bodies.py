"""Bodies that the cache has lost are read again, whoever asks for them."""

from contextlib import closing

from site_builder.cache import Cache
from site_builder.content.kept_bodies import KeptBodies
from site_builder.importers.existing_content import load_existing
from tests.helpers.site import MakeSite, article, load, load_settings


def test_a_lost_body_is_read_again_and_kept(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article("A", "Says *this*.\n"), "content/articles/b.md": article("B")})
    with closing(load(root)) as site, closing(Cache(None)) as empty:
        bodies = KeptBodies(root, site.config.markdown, empty)
        found = bodies.of(site.corpus.articles)
        assert found["content/articles/a.md"] == "<p>Says <em>this</em>.</p>"  # type: ignore[index]
        digests = [bytes.fromhex(a.body.digest) for a in site.corpus.articles]
        assert empty.get("body", digests).keys() == set(digests)


def test_a_file_that_is_gone_has_no_text(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article("A", "Words.\n")})
    with closing(load(root)) as site:
        assert site.texts(site.corpus.articles) == {"content/articles/a.md": "Words."}
        (root / "content/articles/a.md").unlink()
        empty = KeptBodies(root, site.config.markdown, Cache(None))
        assert empty.of(site.corpus.articles) == {"content/articles/a.md": ""}


def test_import_knows_the_texts_that_the_cache_has_lost(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article("A", "Words.\n")})
    config, _ = load_settings(root)
    assert load_existing(config).texts == {"content/articles/a.md": "Words."}
    with closing(Cache(config.cache_dir)) as cache:
        cache._db.execute("DELETE FROM body")
        cache._db.commit()
    assert load_existing(config).texts == {"content/articles/a.md": "Words."}
