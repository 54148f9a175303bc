"""A colour for links that can be read on the theme's paper, by day and in the dark, made from any other.

Contrast is that of WCAG 2.2. Lightness is changed in Oklab (Björn Ottosson, A perceptual color space for image
processing, 2020), where hue and chroma stay what they look like.
"""

from typing import Final

MIN_CONTRAST: Final = 4.5
"""Of text: WCAG 2.2, success criterion 1.4.3."""
PAPERS: Final = (("#ffffff", "#f2f5f3"), ("#141715", "#1e2321"))
"""Paper and wash of the theme, light and dark: `templates/assets/style.css`."""
_STEPS: Final = 100

Channels = tuple[float, float, float]


def readable(accent: str) -> tuple[str, str]:
    """The colour for light pages and that for dark ones, as `#rrggbb`, from `#rgb` or `#rrggbb`."""
    (light, dark) = PAPERS
    return _nearest(accent, light, darker=True), _nearest(accent, dark, darker=False)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _nearest(accent: str, papers: tuple[str, ...], *, darker: bool) -> str:
    """The colour, or the first one on its way to black or white that can be read on all of the papers."""
    lightness, *rest = _oklab(_linear(accent))
    end = 0.0 if darker else 1.0
    for step in range(_STEPS + 1):
        share = step / _STEPS
        fade = 1 - share  # chroma goes as lightness does, so that no channel leaves what a screen can show
        made = _hex(_from_oklab((lightness + (end - lightness) * share, rest[0] * fade, rest[1] * fade)))
        if all(contrast(made, paper) >= MIN_CONTRAST for paper in papers):
            return made
    return "#000000" if darker else "#ffffff"


def _linear(colour: str) -> Channels:
    """Linear red, green and blue, each from 0 to 1 (IEC 61966-2-1)."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return _expand(red), _expand(green), _expand(blue)


def _expand(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _hex(channels: Channels) -> str:
    return "#" + "".join(f"{round(255 * _compress(min(1.0, max(0.0, value)))):02x}" for value in channels)


def _compress(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(channels: Channels) -> Channels:
    red, green, blue = channels
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_oklab(lab: Channels) -> Channels:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
