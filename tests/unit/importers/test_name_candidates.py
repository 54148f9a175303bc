"""Names without an entity page: possessives and "and" end a name, unless they are part of it."""

from pathlib import Path

import pytest

from site_builder.importers.lexicon import more_languages
from site_builder.importers.name_candidates import name_candidates
from tests.helpers.site import write_files


def names(prose: str, taken: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return sorted(name for name, _ in name_candidates(prose, taken))


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("We saw Hollen Clinic's plan, and Hollen Clinic’s money.", [("Hollen Clinic", 2)]),
        ("We saw the NTSK's report and the NTSK.", [("NTSK", 2)]),
        ("We tried Voss's River Atlas.", [("River Atlas", 1)]),
        ("On tour with the Grey Herons' Ida Lund.", [("Grey Herons", 1), ("Ida Lund", 1)]),
        ("We tried Voss's maps.", []),
        ("We crossed San Arvo's bridge.", [("San Arvo", 1)]),
        ("Bu, Voss Üniversitesi'nin ve Arda Enstitüsü’nde.", [("Arda Enstitüsü", 1), ("Voss Üniversitesi", 1)]),
    ],
)
def test_a_possessive_ends_a_name(prose: str, expected: list[tuple[str, int]]):
    assert sorted(name_candidates(prose, ())) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Ebberston Women's Hospital",
        "King's College Malton",
        "St Agnes's Infirmary",
        "Writers’ Guild of Malton",
        "Xi'an Road Office",
        "Lloyd's of Malton",
    ],
)
def test_a_possessive_within_a_name_stays(name: str):
    assert names(f"We wrote to {name} today.") == [name]


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("by Anna Holt and Tom Lind", ["Anna Holt", "Tom Lind"]),
        ("by Voss and Hollen", []),
        ("on River Atlas for Hollen and Hollen", ["River Atlas for Hollen"]),
        ("by Voss and Hollen Clinic", ["Hollen Clinic"]),
        ("pour l'Office National et l’Atelier Voss", ["Atelier Voss", "Office National"]),
        ("by the NTSK and the EMV", ["EMV", "NTSK"]),
        ("by Voss Council and Malton Town Office and Tom Lind", ["Malton Town Office", "Tom Lind", "Voss Council"]),
        ("mit Anna Holt und Tom Lind", ["Anna Holt", "Tom Lind"]),
        ("avec Anna Holt et Tom Lind", ["Anna Holt", "Tom Lind"]),
        ("con Anna Holt y Iago Lind", ["Anna Holt", "Iago Lind"]),
        ("con Anna Holt e Ida Lind", ["Anna Holt", "Ida Lind"]),
        ("met Anna Holt en Tom Lind", ["Anna Holt", "Tom Lind"]),
        ("med Anna Holt och Tom Lind", ["Anna Holt", "Tom Lind"]),
        ("med Anna Holt og Tom Lind", ["Anna Holt", "Tom Lind"]),
        ("oraz Łucja Holt i Świętosław Lind", ["Łucja Holt", "Świętosław Lind"]),
        ("bu Anna Holt ve İnci Şen", ["Anna Holt", "İnci Şen"]),
        ("some Research and Development", []),
    ],
)  # fmt: skip
def test_an_and_ends_a_name(prose: str, expected: list[str]):
    assert names(prose) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Food and Drug Administration",
        "Johnson & Johnson",
        "Department of Health and Human Services",
        "Malton Institute of Science and Technology",
        "Agnes and Women's Hospital",
        "Holt and Sons Group",
        "Holt and Holt",
        "Bundesamt für Umwelt und Verbraucherschutz",
        "Ministère de la Santé et des Solidarités",
        "Ministerio de Ciencia e Innovación",
        "Ministero dell'Ambiente e dell’Energia",
        "Ministerie van Onderwijs en Cultuur",
        "Instituto de Ciência e Tecnologia",
        "Ministerstwo Nauki i Edukacji",
    ],
)
def test_an_and_within_a_name_stays(name: str):
    assert names(f"so {name} said") == [name]


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("the Office of Rivers and Bridges (ORB)", ["ORB", "Office of Rivers and Bridges"]),
        ("the Office of Rivers and Voss Clinic (VC)", ["Office of Rivers", "Voss Clinic"]),
        ("the Office of Rivers and Voss Clinic (see)", ["Office of Rivers", "Voss Clinic"]),
    ],
)
def test_an_abbreviation_tells_how_far_a_name_goes(prose: str, expected: list[str]):
    assert names(prose) == expected


def test_a_name_beside_a_known_one_is_found():
    prose = "so Voss Clinic and Hollen Clinic's staff said"
    assert names(prose, ((3, 14),)) == ["Hollen Clinic"]


def test_the_full_stop_of_an_abbreviation_ends_no_sentence():
    assert names("the U.S. Rivers Agency, Dr. Anna Holt. Tom Lind") == ["Anna Holt", "Rivers Agency"]


def test_the_words_of_another_language(tmp_path: Path):
    words = 'and_words = "ud"\n[names]\nnouns = "aqvo tero"\nowners = "fra"\nendings = "zo"\npartners = "filoj"\n'
    write_files(tmp_path, {"xx.toml": words})
    with more_languages(tmp_path):
        prose = "la Buro Aqvo ud Tero, la Ana Holt ud Tom Lind, la Voss ud Filoj, la Malton'zo Buro, la Fra'zo Domo"
        assert names(prose) == ["Ana Holt", "Buro Aqvo ud Tero", "Fra'zo Domo", "Tom Lind", "Voss ud Filoj"]
