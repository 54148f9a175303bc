"""What follows from a language tag: its OpenGraph locale, and whether the theme's typeface has its letters."""

from typing import Final

COUNTRIES: Final = dict(
    pair.split("_")
    for pair in """ar_AR bg_BG ca_ES cs_CZ da_DK de_DE el_GR en_US es_ES et_EE eu_ES fa_IR fi_FI fr_FR ga_IE gl_ES he_IL
    hi_IN hr_HR hu_HU id_ID is_IS it_IT ja_JP ko_KR lt_LT lv_LV ms_MY nb_NO nl_NL nn_NO pl_PL pt_PT ro_RO ru_RU
    sk_SK sl_SI sq_AL sr_RS sv_SE sw_KE th_TH tr_TR uk_UA ur_PK vi_VN zh_CN""".split()
)
"""Language -> its country in OpenGraph, for tags that name none."""


def locale(tag: str) -> str:
    """`en` -> `en_US`, `de-AT` -> `de_AT`, `sr-Latn-RS` -> `sr_RS`: ogp.me wants language_TERRITORY.

    A language of unknown country stays as it is.
    """
    language, *rest = tag.split("-")
    language = language.lower()
    country = next((part.upper() for part in rest if len(part) == 2), COUNTRIES.get(language, ""))
    return f"{language}_{country}" if country else language


_WESTERN: Final = frozenset("af ca da de en es eu fi fo fr ga gl id is it ms nb nl nn no pt rm so sq sv sw".split())


def is_western(tag: str) -> bool:
    """Whether a language is written with the letters of the theme's typeface (Latin-1, with œ and the like).

    Other languages use the reader's fonts throughout, because a word in two typefaces looks like an error.
    """
    language, *rest = tag.lower().split("-")
    return language in _WESTERN and not any(len(part) == 4 and part.isalpha() and part != "latn" for part in rest)
