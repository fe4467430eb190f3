"""French typography of the sentences that the software writes; never applied to a quotation.

Rules: `fr-FR` puts a no-break space before : ; ! ? and inside « » (Imprimerie nationale, as
kept in the project's method page); `fr-CH` puts a narrow one, as the Swiss Chancellery does.
Both write « 75 % » and « n° 5 » with a no-break space, curly apostrophes, « 1er », « 2e ».
"""

import re
from collections.abc import Callable
from typing import Literal

from babel.numbers import format_decimal

Profile = Literal["fr-FR", "fr-CH", "en"]

NO_BREAK = "\u00a0"
NARROW = "\u202f"
_BLANKS = "[ \u00a0\u202f\u2009]"

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_ALWAYS: tuple[Rule, ...] = (
    (re.compile(r"(?<=[^\W\d_])'(?=[\w«])"), "’"),
    (re.compile(rf"(?<=\d){_BLANKS}*%"), f"{NO_BREAK}%"),
    (re.compile(rf"\b([Nn])°{_BLANKS}*(?=\d)"), rf"\1°{NO_BREAK}"),
    (re.compile(r"\b1(?:ère|ere)\b"), "1re"),
    (re.compile(r"\b(\d+)(?:ième|ieme|ème|eme)\b"), r"\1e"),
)


def _spaced(space: str) -> tuple[Rule, ...]:
    return (
        (re.compile(rf"«{_BLANKS}*(?=\S)"), f"«{space}"),
        (re.compile(rf"(?<=\S){_BLANKS}*»"), f"{space}»"),
        # Only a sign that ends a word: « 10:30 » and « https://… » stay as they are.
        (
            re.compile(rf"(?<=[^\s:;!?«(]){_BLANKS}*([:;!?]+)(?=[\s»)\]]|$)"),
            rf"{space}\1",
        ),
    )


_RULES: dict[str, tuple[Rule, ...]] = {
    "fr-FR": (*_ALWAYS, *_spaced(NO_BREAK)),
    "fr-CH": (*_ALWAYS, *_spaced(NARROW)),
    "en": (),
}
_LOCALES = {"fr-FR": "fr_FR", "fr-CH": "fr_CH", "en": "en_GB"}


def typeset(text: str, profile: Profile) -> str:
    r"""Return a generated sentence with the spaces and apostrophes of its profile.

    Applying it twice changes nothing more. `en` leaves the text as it is.

    Args:
        text: a sentence of the software or of a maturity model, never of a respondent.
        profile: the study's `typography`.

    Examples:
        >>> typeset("L'accord est-il large ?", "fr-FR") == "L’accord est-il large\u00a0?"
        True
    """
    for pattern, replacement in _RULES[profile]:
        text = pattern.sub(replacement, text)
    return text


def locale_of(profile: Profile) -> str:
    """The Babel locale of a profile, for dates, lists and numbers."""
    return _LOCALES[profile]


def decimal(value: float, profile: Profile, places: int = 2) -> str:
    """A number with a fixed number of decimals and the profile's decimal sign: « −0,41 »."""
    text = format_decimal(value, format=f"0.{'0' * places}", locale=_LOCALES[profile])
    return text.replace("-", "\u2212")
