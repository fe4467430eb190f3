"""Numbers and dates as they are typed or exported → one way of writing them."""

import re
from datetime import datetime

from tasks.cleaning.journal import Rule

_NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)")
_BLANKS = re.compile("[ \u00a0\u2009\u202f]")
_MIDNIGHT = " 00:00:00"


def read_number(text: str) -> tuple[str | None, Rule | None]:
    """A number with a decimal point and no spaces; the digits stay as given.

    Returns:
        The number and the rule that changed its writing, if any; None and a rule when the text
        is not a number (`12,5` is one, `nan` and `1e9` are not).
    """
    number = _BLANKS.sub("", text)
    if not _NUMBER.fullmatch(number):
        return None, Rule.UNREADABLE_NUMBER
    number = number.replace(",", ".")
    return number, None if number == text else Rule.NUMBER


def read_date(text: str) -> tuple[str | None, Rule | None]:
    """An ISO date; LimeSurvey's midnight is dropped, another time of day is kept.

    Returns:
        The date and the rule that changed its writing, if any; None and a rule when the text is
        not a date of the platform's form.
    """
    if not _is_date(text):
        return None, Rule.UNREADABLE_DATE
    short = text.removesuffix(_MIDNIGHT)
    return short, None if short == text else Rule.DATE


def _is_date(text: str) -> bool:
    form = "%Y-%m-%d %H:%M:%S" if " " in text else "%Y-%m-%d"
    try:
        # Written again and compared: `strptime` alone takes 2019-3-1 too.
        return datetime.strptime(text, form).strftime(form) == text  # noqa: DTZ007  # local days
    except ValueError:
        return False
