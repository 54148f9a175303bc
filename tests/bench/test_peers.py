"""The comparison with other programs, tiny and without a network: what is written, measured, shown and kept."""

import re
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec
import pytest

from bench import __main__ as command
from bench import growth
from bench.peers import environment as environments
from bench.peers import measure, record
from bench.peers.chart import draw
from bench.peers.environment import FOLDER, LOCK, ROOT, Environment
from bench.peers.generator import Generator
from bench.peers.hugo import HUGO, LAYOUT
from bench.peers.ours import BARE
from bench.peers.programs import BASE, OURS, PEERS, chosen
from bench.peers.results import Comparison, Record, Result, base_of, ratio, read, write
from bench.peers.same_links import compare_links
from bench.peers.tables import as_markdown
from bench.process import Run, run
from bench.synthetic import make_site
from site_builder.config import load_config

SVG = "{http://www.w3.org/2000/svg}"
ARTICLES = 12


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus")
    make_site(root, ARTICLES)
    return root / "content"


def result(key: str, cold: float, **changes: object) -> Result:
    runs = {"cold": (Run(cold, cold * 2, 100.0),), "unchanged": (Run(cold, cold, 50.0),), "edit": (Run(1.0, 1.0, 1.0),)}
    made = Result(
        key=key,
        name=key.title(),
        version="1.2",
        shows="articles <only> & no more",
        runs=runs,  # type: ignore[arg-type] # the keys are literals in the wrong variable
        files=40,
        megabytes=1.5,
        files_for_article=3,
        article_gzip_bytes=7_400,
        same_bytes=None,
    )
    return msgspec.structs.replace(made, **changes)


@pytest.fixture
def comparison() -> Comparison:
    ci = {"ci": (Run(3.0, 1.0, 1.0), Run(1.0, 1.0, 1.0), Run(2.0, 1.0, 1.0))}
    own = result("bare", 6.0, same_bytes=True, name="ours & bare")
    return Comparison(10, 3, (result("hugo", 4.0), msgspec.structs.replace(own, runs={**own.runs, **ci})), "same links")


##### What the programs get


def test_every_peer_is_locked():
    assert len({peer.key for peer in [*PEERS, *OURS]}) == len(PEERS) + len(OURS)
    locked = re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    group = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["peers"]
    assert {peer.requirement for peer in PEERS} <= set(locked)
    assert {peer.requirement for peer in PEERS} == {re.split(r"[\[>]", line)[0] for line in group}
    assert "://" not in LOCK.read_text(encoding="utf-8")
    assert LOCK.read_text(encoding="utf-8").count("--hash=") >= len(locked)


@pytest.mark.parametrize("generator", [*PEERS, *OURS], ids=lambda g: g.key)
def test_every_program_gets_all_articles(generator: Generator, corpus: Path, tmp_path: Path):
    generator.write_site(corpus, tmp_path)
    edited = tmp_path / generator.edited
    assert len(list(edited.parent.glob("article-*.md"))) == ARTICLES
    if generator in OURS:
        return
    for path in edited.parent.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert "[[" not in text
        links = re.findall(r"\]\((?:\{filename\})?([^)]+)\)", text)
        assert path.stem == "_index" or len(links) == 2
        assert [link for link in links if not (edited.parent / link).is_file()] == []


@pytest.mark.parametrize(("generator", "is_on"), [(OURS[0], False), (OURS[1], True)], ids=["bare", "all"])
def test_our_two_setups(generator: Generator, is_on: bool, corpus: Path, tmp_path: Path):
    generator.write_site(corpus, tmp_path)
    config, found = load_config(tmp_path / "mkdocs.yml")
    assert config is not None
    assert found == []
    options = config.options
    switches = (options.search, options.social_images, options.link_mentions, bool(options.related_items))
    assert switches == (is_on,) * 4


def test_hugo_has_a_layout_of_our_own(corpus: Path, tmp_path: Path):
    HUGO.write_site(corpus, tmp_path)
    for name in ("baseof.html", "home.html", "page.html", "section.html", "taxonomy.html", "term.html", "rss.xml"):
        assert (LAYOUT / "layouts" / name).is_file(), name
        assert (tmp_path / "layouts" / name).is_file(), name
    settings = tomllib.loads((tmp_path / "hugo.toml").read_text(encoding="utf-8"))
    assert "theme" not in settings
    assert "module" not in settings
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("article-*.md")]
    moments = {line for text in texts for line in text.splitlines() if line.startswith("date: ")}
    assert len(moments) == ARTICLES


def test_hugo_shows_the_same_links(tmp_path: Path):
    """More than a page of articles, and some on the same day."""
    environment = Environment(FOLDER)
    if not Path(HUGO.command(environment)[0]).is_file():
        pytest.skip("Hugo is not installed: `make bench` installs it")
    make_site(tmp_path / "corpus", 60)
    sites = []
    for generator in (BARE, HUGO):
        (tmp_path / generator.key).mkdir()
        generator.write_site(tmp_path / "corpus/content", tmp_path / generator.key)
        run(generator.command(environment), tmp_path / generator.key)
        sites.append(tmp_path / generator.key / generator.site)
    difference = compare_links(*sites)
    assert (difference.missing, difference.further) == ((), ())
    assert (difference.articles, difference.topics) == (60, 8)
    assert difference.links > 1_000
    for path in sites[1].rglob("*.xml"):
        ET.parse(path)


def test_other_links_are_noticed(tmp_path: Path):
    for name, links in (("a", ("../x/", "../../topics/t/#h", "y/")), ("b", ("/kb/articles/x/", "../z/"))):
        for path, inside in (("articles/article-1", links), ("topics/topic-1", ("../../articles/x/",))):
            (tmp_path / name / path).mkdir(parents=True)
            body = "".join(f'<a class="c" href="{link}">t</a>' for link in inside)
            page = f'<a href="../menu/">m</a><main>{body}</main>'
            (tmp_path / name / path / "index.html").write_text(page, encoding="utf-8")
    found = compare_links(tmp_path / "a", tmp_path / "b")
    assert found.missing == ("articles/article-1/ -> topics/t/",)
    assert found.further == ("articles/article-1/ -> articles/z/",)
    assert "1 links are only in our pages, 1 only in Hugo's" in str(found)


##### What is measured


def script(key: str, text: str, *, caches: tuple[str, ...] = ()) -> Generator:
    """A generator that is a line of Python."""
    return Generator(
        key=key,
        name=key,
        shows="",
        write_site=lambda _corpus, root: (root / "in").mkdir(parents=True),
        command=lambda _environment: (sys.executable, "-c", text),
        edited="in/a.md",
        articles="*.html",
        caches=caches,
    )


BUILD = (
    "import pathlib as p; p.Path('site').mkdir(exist_ok=True); s = p.Path('site/article-0.html'); c = p.Path('cache');"
    "log = p.Path('log'); a = p.Path('in/a.md'); n = a.read_text().count('line') if a.exists() else 0;"
    "log.open('a').write(f'{int(s.exists())}{int(c.exists())}{n} '); s.write_text('page'); c.mkdir(exist_ok=True)"
)
"""Notes whether there is a site and a cache, and how many lines were added."""


def test_each_scenario_starts_from_its_state(tmp_path: Path):
    lines: list[str] = []
    keeps, forgets = script("keeps", BUILD, caches=("cache",)), script("forgets", BUILD)
    found = measure.compare([keeps, forgets], Environment(tmp_path), tmp_path, 12, 2, lines.append)
    assert (tmp_path / "keeps/log").read_text(encoding="utf-8").split() == "000 110 111 011 001 111 112 012".split()
    assert len((tmp_path / "forgets/log").read_text(encoding="utf-8").split()) == 6
    assert [list(r.runs) for r in found.results] == [["cold", "unchanged", "edit", "ci"], ["cold", "unchanged", "edit"]]
    assert all(len(runs) == 2 for r in found.results for runs in r.runs.values())
    assert [(r.files, r.files_for_article, r.same_bytes) for r in found.results] == [(1, 1, None)] * 2
    assert all(r.article_gzip_bytes > 10 for r in found.results)
    turns = [line.split(", ")[1].partition(":")[0] for line in lines if "cold, " in line]
    assert turns == ["keeps", "forgets", "forgets", "keeps"]


def test_a_program_that_fails_is_left_out(tmp_path: Path):
    lines: list[str] = []
    broken = script("broken", "raise SystemExit('it is broken')")
    found = measure.compare([broken, script("fine", BUILD)], Environment(tmp_path), tmp_path, 12, 1, lines.append)
    assert [r.key for r in found.results] == ["fine"]
    assert lines[0].startswith("broken is left out: ")
    assert "it is broken" in lines[0]


def test_other_bytes_from_a_cache_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    sound = script("sound", BUILD, caches=("cache",))
    torn = script("torn", BUILD.replace("write_text('page')", "write_text(str(c.exists()))"), caches=("cache",))
    monkeypatch.setattr(measure, "OURS", (sound, torn))
    found = measure.compare([sound, torn], Environment(tmp_path), tmp_path, 12, 2, lambda _: None)
    assert [r.same_bytes for r in found.results] == [True, False]
    assert command._faults((found,))[-1] == "torn: an incremental build does not give the bytes of a clean one"
    assert f"{BARE.name}: a build failed" in command._faults((found,))


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_all_processes_of_a_command_count(tmp_path: Path):
    work = "import time; b = bytearray(60_000_000); e = time.process_time() + .3\nwhile time.process_time() < e: pass"
    both = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {work!r}]); {{}}; p.wait()"
    found = run((sys.executable, "-c", both.format("b = bytearray(60_000_000)")), tmp_path)
    assert found.cpu_seconds > 0.3
    assert found.peak_megabytes > 115


##### What is shown and kept


def test_ratios(comparison: Comparison):
    base = base_of(comparison.results, BASE)
    assert base is not None
    hugo, own = comparison.results
    assert base is hugo
    assert (ratio(own, hugo, "cold"), ratio(own, hugo, "ci"), ratio(hugo, hugo, "ci")) == (1.5, 0.5, None)
    assert base_of([own], BASE) is own


def test_the_table(comparison: Comparison):
    text = as_markdown(Record("2026-01-01", "a machine", "Measure again.", (comparison,)), BASE)
    assert text.startswith("Measure again.\n\nMeasured on 2026-01-01 on a machine.\n")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    assert ["Hugo", "4.00", "1.00", "4.00", "1.00", "1.00", "1.00", "–", "–"] in rows
    assert ["ours & bare", "6.00", "1.50", "6.00", "1.50", "1.00", "1.00", "2.00", "0.50"] in rows
    assert ["ours & bare", "100", "1.00", "40", "2", "3", "7.4"] in rows
    assert "- same links\n" in text
    assert "ours & bare: 4.00 files per article over the whole site; an article's page is within 7.5 kB" in text
    heavy = msgspec.structs.replace(comparison.results[1], article_gzip_bytes=7_600, same_bytes=False)
    text = as_markdown(Record("", "", "", (Comparison(10, 1, (heavy,)),)), BASE)
    assert "page is OVER 7.5 kB" in text
    assert "gave OTHER BYTES THAN the others" in text


def test_the_chart_is_valid_and_has_a_description(comparison: Comparison):
    drawing = draw(comparison, comparison.results[0], frozenset({"bare"}))
    svg = ET.fromstring(drawing)
    assert svg.attrib["role"] == "img"
    named = {element.attrib.get("id"): element for element in svg}
    title, desc = (named[name] for name in svg.attrib["aria-labelledby"].split())
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert "ours & bare 1.50 (6.00 s)" in (desc.text or "")
    assert "prefers-color-scheme: dark" in drawing
    bars = [bar for bar in svg.iter(f"{SVG}rect") if bar.attrib["class"] != "paper"]
    assert [bar.attrib["class"] for bar in bars] == ["base", "ours"] * 3 + ["ours"]
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    assert all(float(bar.attrib["x"]) + float(bar.attrib["width"]) < width - 140 for bar in bars)
    assert all(float(text.attrib["y"]) < height for text in svg.iter(f"{SVG}text"))


def test_results_are_kept_as_json(comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made = record.record_of((comparison,), "a note")
    assert "core" in made.machine
    write(made, tmp_path / "r/peers.json")
    assert read(tmp_path / "r/peers.json") == made
    page = tmp_path / "page.md"
    page.write_text("# P\n<!-- tables: x -->\nformer\n<!-- end of tables -->\nrest\n", encoding="utf-8")
    monkeypatch.setattr(record, "SCRATCH", tmp_path / "scratch")
    monkeypatch.setattr(record, "RESULTS", tmp_path / "kept.json")
    monkeypatch.setattr(record, "CHART", tmp_path / "kept.svg")
    monkeypatch.setattr(record, "PAGE", page)
    assert [path.name for path in record.keep(made, is_recorded=False)] == ["peers.json", "peers.svg"]
    assert "former" in page.read_text(encoding="utf-8")
    record.keep(made, is_recorded=True)
    text = page.read_text(encoding="utf-8")
    assert "former" not in text
    assert "a note" in text
    assert text.endswith("<!-- end of tables -->\nrest\n")
    ET.parse(tmp_path / "kept.svg")


def test_the_page_shows_what_is_kept():
    """Change neither by hand: `make bench ARGS="… --record"` writes them all."""
    kept = read(record.RESULTS)
    page = record.PAGE.read_text(encoding="utf-8")
    assert record.with_tables(page, kept) == page
    assert record.chart_of(kept) == record.CHART.read_text(encoding="utf-8")
    assert record.RESULTS.stat().st_size < 100_000
    assert not re.search(r"/(tmp|home|work|root)\b", record.RESULTS.read_text(encoding="utf-8"))


##### The environment and the command


def test_without_a_network_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing can be had: that is said, and the packages that only peers need are not tried."""
    tried: list[str] = []

    def fail(_environment: Environment, text: str) -> str:
        tried.append(text)
        return "no route to the index"

    monkeypatch.setattr(environments, "_install", fail)
    lock = tmp_path / "peers.lock"
    lock.write_text("# made\nhugo==1 \\\n    --hash=sha256:0\nother==2 \\\n    --hash=sha256:1\n", encoding="utf-8")
    lines: list[str] = []
    made = environments.prepare(["hugo"], lines.append, tmp_path / "env", lock)
    assert lines[-1] == "Not all of it can be installed: no route to the index"
    assert tried[1:] == ["hugo==1 \\\n    --hash=sha256:0"]
    assert made.versions(["hugo"]) == {}

    monkeypatch.setattr(
        environments, "_install", lambda _environment, text: None if "other" not in text else fail(made, text)
    )
    tried.clear()
    environments.prepare(["hugo"], lines.append, tmp_path / "env", lock)
    assert tried[-1].startswith("other==2")
    assert not (tmp_path / "env/.installed").exists()


def test_an_installed_environment_is_kept(tmp_path: Path):
    lock = tmp_path / "peers.lock"
    lock.write_text("hugo==1\n", encoding="utf-8")
    (tmp_path / "env").mkdir()
    (tmp_path / "env/.installed").write_text("hugo==1\n", encoding="utf-8")
    packages = "Lib/site-packages" if sys.platform == "win32" else "lib/python3.11/site-packages"
    (tmp_path / "env" / packages / "mkdocs_material-9.8.2.dist-info").mkdir(parents=True)
    (tmp_path / "env" / packages / "mkdocs_material_extensions-1.3.dist-info").mkdir()
    lines: list[str] = []
    made = environments.prepare([], lines.append, tmp_path / "env", lock)
    assert lines == []
    assert made.versions(["mkdocs-material", "mkdocs"]) == {"mkdocs-material": "9.8.2"}


def test_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    sizes: list[int] = []

    def note(found: list[int]) -> bool:
        sizes.extend(found)
        return True

    monkeypatch.setattr(growth, "measure", note)
    command.main(["--no-peers", "10", "20"])
    assert sizes == [10, 20]
    monkeypatch.setattr(command, "prepare", lambda _names, _say: Environment(tmp_path))
    monkeypatch.setattr(record, "SCRATCH", tmp_path / "scratch")
    monkeypatch.setattr(command, "OURS", (script("fine", BUILD),))
    command.main(["--only-peers", "12", "--runs", "1", "--peers", "hugo,material"])
    shown = capsys.readouterr()
    assert "Hugo is left out: it could not be installed." in shown.err
    assert "Material is left out" in shown.err
    assert "Pelican" not in shown.err
    assert sizes == [10, 20]
    assert read(tmp_path / "scratch/peers.json").comparisons[0].results[0].key == "fine"
    with pytest.raises(SystemExit):
        command.main(["--peers", "jekyll"])
    assert "no program is called 'jekyll'" in capsys.readouterr().err
    assert [peer.key for peer in chosen(None)] == ["hugo", "mkdocs", "material", "pelican", "zensical"]
