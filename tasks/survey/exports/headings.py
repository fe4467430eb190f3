"""The headings of an exported file, in every form that the interface writes, as export keys."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tasks.survey.exports.refusals import refusal

SYSTEM = (
    *("id", "submitdate", "lastpage", "startlanguage", "seed"),
    *("token", "startdate", "datestamp"),
)
SHOWN = 60  # characters of a heading quoted in a message

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]*(\[[A-Za-z0-9_]+\])*")  # STR2[comment]
_EXPRESSION = re.compile(r"([A-Za-z][A-Za-z0-9]*)_([A-Za-z0-9_]+)")  # STR2_comment
# Columns of the participants table, of timings and of the connection: not read, and not kept.
_BESIDE = re.compile(
    r"firstname|lastname|email|emailstatus|participant_id|attribute_\d+|ipaddr|refurl|language|"
    r"usesleft|completed|sent|remindersent|remindercount|validfrom|validuntil|blacklisted|tid|mpid|"
    r"interviewtime|groupTime\d+|\w+Time"
)


@dataclass(frozen=True)
class Headings:
    """What the columns of a table are.

    Attributes:
        keys: a column's place → its export key; columns that are not read are left out.
        strange: headings that are no code of anything.
    """

    keys: Mapping[int, str]
    strange: tuple[str, ...] = ()

    def place(self, key: str) -> int | None:
        """Where a key stands."""
        return next((place for place, one in self.keys.items() if one == key), None)


def read_headings(
    headings: tuple[str, ...], known: Collection[str], name: str, language: str
) -> Headings:
    """The keys of a table's columns: `STR2[comment]` for `STR2[comment]` and for `STR2_comment`.

    Args:
        headings: the first line of the file.
        known: the export keys of the questionnaire; others are recognised by their form.
        name: of the file, for the error.
        language: of the error.

    Raises:
        PlatformError: question texts in the place of codes, or a code that stands twice.
    """
    spellings = {_in_expressions(key): key for key in known} | {key: key for key in known}
    found = {place: _key(heading, spellings) for place, heading in enumerate(headings)}
    strange = tuple(headings[place] for place, key in found.items() if key is None)
    keys = {place: key for place, key in found.items() if key}
    if "id" not in keys.values() or (strange and not set(known) & set(keys.values())):
        raise refusal(
            "Les intitulés du fichier « {name} » ne sont pas des codes de question : {headings}.",
            language,
            name=name,
            headings=_quoted(strange or headings),
        )
    twice = [key for key, times in Counter(keys.values()).items() if times > 1]
    if twice:
        raise refusal(
            "Dans le fichier « {name} », plusieurs colonnes ont le même intitulé : {headings}.",
            language,
            name=name,
            headings=_quoted(twice),
        )
    return Headings(keys, strange)


def _key(heading: str, spellings: Mapping[str, str]) -> str | None:
    """The key of a heading; `""` for a column that is not read, None for no code at all."""
    if heading in SYSTEM:
        return heading
    if heading in spellings:
        return spellings[heading]
    if _BESIDE.fullmatch(heading):
        return ""
    if _KEY.fullmatch(heading):
        return heading
    parts = _EXPRESSION.fullmatch(heading)
    return f"{parts[1]}[{parts[2]}]" if parts else None


def _in_expressions(key: str) -> str:
    """A key as LimeSurvey's expressions write it; the scales of a dual array count from 0."""
    dual = re.fullmatch(r"(\w+)\[(\w+)\]\[([12])\]", key)
    if dual:
        return f"{dual[1]}_{dual[2]}_{int(dual[3]) - 1}"
    return re.sub(r"\[(\w+)\]", r"_\1", key)


def _quoted(headings: Collection[str]) -> str:
    return ", ".join(_cut(headings))


def _cut(headings: Collection[str]) -> Iterator[str]:
    for number, heading in enumerate(headings):
        if number == 3:
            yield "…"
            return
        yield f"« {heading[:SHOWN]} »"
