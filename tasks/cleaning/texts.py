"""What was typed, tidied: each rule is a function on one text, each change an entry."""

import re
import unicodedata
from collections.abc import Callable

import pandas as pd

from tasks.cleaning.forbidden import FORBIDDEN, without_forbidden
from tasks.cleaning.journal import Entry, Rule

_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#039;": "'", "&#39;": "'", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))

_Step = tuple[Rule, str, str]


def tidy_column(
    values: pd.Series, ids: pd.Series, item: str, escaped: bool = False
) -> tuple[pd.Series, list[Entry]]:
    """Tidy one column of texts.

    Args:
        values: texts as received, any index.
        ids: response ids, same index.
        item: what the journal calls this column.
        escaped: the platform may have stored HTML entities in it.

    Returns:
        The tidied texts, and an entry per response and rule that changed something.
    """
    distinct = dict.fromkeys(values.tolist())  # pandas takes a NUL at the start for an empty text
    changed = {text: steps for text in distinct if (steps := changes(text, escaped))}
    if not changed:
        return values, []
    entries = [
        Entry(response_id, item, *step)
        for response_id, text in zip(ids.tolist(), values.tolist(), strict=True)
        for step in changed.get(text, ())
    ]
    final = {text: steps[-1][2] for text, steps in changed.items()}
    tidied = [final.get(text, text) for text in values.tolist()]
    return pd.Series(tidied, index=values.index, dtype=object), entries


def changes(text: str, escaped: bool = False) -> list[_Step]:
    """The changes that tidying makes to a text, rule by rule: (rule, before, after).

    Tidying what was tidied changes nothing.
    """
    steps: list[_Step] = []
    for rule, apply in _RULES:
        if rule is Rule.HTML_ENTITIES and not escaped:
            continue
        after = apply(text)
        if after != text:
            steps.append((rule, text, after))
            text = after
    return steps


def is_escaped(column: str) -> bool:
    """Whether the platform may have stored HTML entities in this column.

    LimeSurvey 6 escapes the comment of a list-with-comment question twice when it shows it
    again, so going back over the page stores `&lt;` for `<`; it does so with no other question.
    """
    return column.endswith("[comment]")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _decoded(text: str) -> str:
    """Undo every turn of escaping: each visit of the page added one (`&amp;amp;lt;`)."""
    while (after := _ENTITY.sub(lambda match: _ENTITIES[match.group()], text)) != text:
        text = after
    return _composed(text)  # `<` just restored may compose with what follows


def _trimmed(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


_RULES: tuple[tuple[Rule, Callable[[str], str]], ...] = (
    (Rule.FORBIDDEN_CHARACTERS, lambda t: without_forbidden(t) if FORBIDDEN.search(t) else t),
    (Rule.UNICODE, _composed),
    (Rule.HTML_ENTITIES, _decoded),
    (Rule.WHITE_SPACE, _trimmed),
)
