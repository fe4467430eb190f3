"""The many forms of RemoteControl's answers, made one (measured on 3.8.1 and 6.4.2)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html.parser import HTMLParser
from itertools import product
from typing import Any

from tasks.campaign.platform import MailState
from tasks.survey.source import Participant, PlatformQuestion, RawResponse

TWO_WAY = frozenset(":;")  # arrays whose export key is `Q[row_column]`
WITHOUT_OPTIONS = frozenset("5ABCDEGIKMNPQSTUXY*|:;")  # types whose answers need no option list
OPTION_SETTINGS = ("answeroptions", "answeroptions_multiscale")  # either comes, by question type

# LimeSurvey's installer: what stands there until an administrator gives the real address.
UNSET_DOMAIN = "@example.net"


def flat_responses(exported: Iterable[Mapping[str, Any]]) -> tuple[RawResponse, ...]:
    """Responses as flat mappings, content untouched.

    3.8 wraps each response in its id (`{"1": {"id": 1, …}}`) and gives one phantom response with
    an empty id where there is none.
    """
    flat = (_unwrapped(element) for element in exported)
    return tuple(response for response in flat if response.get("id") not in ("", None))


def _unwrapped(element: Mapping[str, Any]) -> Mapping[str, Any]:
    if len(element) == 1:
        (inner,) = element.values()
        if isinstance(inner, Mapping):
            return inner
    return element


def questions_in_order(
    listed: Sequence[Mapping[str, Any]], groups: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """Each question with its sub-questions, in the survey's order.

    Args:
        listed: `list_questions`: questions and sub-questions in one flat, unordered list.
        groups: `list_groups`.
    """
    group_order = {int(group["gid"]): int(group["group_order"]) for group in groups}
    ordered = sorted(
        listed,
        key=lambda each: (
            group_order.get(int(each["gid"]), 0),
            int(each["question_order"]),
            int(each["qid"]),
        ),
    )
    return [
        (parent, [row for row in ordered if int(row["parent_qid"]) == int(parent["qid"])])
        for parent in ordered
        if int(parent["parent_qid"]) == 0
    ]


def platform_question(
    question: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], options: object
) -> PlatformQuestion:
    """One question of the contract from its listed form, its sub-questions and its options."""
    kind = str(question["type"])
    return PlatformQuestion(
        code=str(question["title"]),
        kind=kind,
        text=plain_text(question["question"]),
        options=option_texts(options),
        rows=_two_way(rows) if kind in TWO_WAY else _row_texts(rows),
        other=question["other"] == "Y",
    )


def option_texts(options: object) -> dict[str, str]:
    """Option code → text, whichever way `answeroptions` came.

    A sentence when there is none; an object by code; a list when the codes are 0, 1, 2… (the
    index is the code); a list of two such things for a dual scale (both are given together).
    """
    if isinstance(options, Mapping):
        return {str(code): plain_text(each["answer"]) for code, each in options.items()}
    if not isinstance(options, Sequence) or isinstance(options, str):
        return {}
    if all("answer" in each for each in options):
        return {str(index): plain_text(each["answer"]) for index, each in enumerate(options)}
    scales = [option_texts(scale) for scale in options]
    return {code: text for scale in scales for code, text in scale.items()}


def _row_texts(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {str(row["title"]): plain_text(row["question"]) for row in rows}


def _two_way(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    lines = _row_texts(row for row in rows if int(row["scale_id"]) == 0)
    columns = _row_texts(row for row in rows if int(row["scale_id"]) == 1)
    return {
        f"{line}_{column}": f"{lines[line]} – {columns[column]}"
        for line, column in product(lines, columns)
    }


def participant(entry: Mapping[str, Any], attributes: Sequence[str]) -> Participant:
    """A participant from one element of `list_participants`."""
    person = entry["participant_info"]
    return Participant(
        platform_id=int(entry["tid"]),
        token=entry.get("token") or "",
        firstname=person.get("firstname") or "",
        lastname=person.get("lastname") or "",
        email=person.get("email") or "",
        attributes={name: entry.get(name) or "" for name in attributes},
        completed=_is_completed(entry),
    )


def added(entry: Mapping[str, Any], attributes: Sequence[str]) -> Participant:
    """A participant from one element of what `add_participants` gives: the columns, flat."""
    return participant({**entry, "participant_info": entry}, attributes)


MAIL_COLUMNS = ("emailstatus", "completed", "sent", "remindersent", "remindercount")


def mail_state(entry: Mapping[str, Any]) -> MailState:
    """How the mails of a participant stand, from `list_participants` with `MAIL_COLUMNS`."""
    return MailState(
        platform_id=int(entry["tid"]),
        deliverable=entry["emailstatus"] == "OK" and bool(entry["participant_info"]["email"]),
        completed=_is_completed(entry),
        invited_at=moment(entry["sent"]),
        reminded_at=moment(entry["remindersent"]),
        reminders=int(entry["remindercount"] or 0),
    )


def _is_completed(entry: Mapping[str, Any]) -> bool:
    return entry.get("completed") not in (None, "", "N")


def own_address(text: object) -> str | None:
    """The address that a survey gives itself; None when it takes that of its installation."""
    address = str(text or "").strip()
    return address if "@" in address and not address.endswith(UNSET_DOMAIN) else None


def moment(text: object) -> datetime | None:
    """A time of the platform (its own, without offset); None for null, `""` and `N`."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


class _PlainText(HTMLParser):
    """Collects the text of an editor's HTML; blocks and line breaks become spaces."""

    _INLINE = frozenset({"a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup", "u"})
    _SILENT = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Separate blocks; go silent inside scripts."""
        del attrs
        self._silent += tag in self._SILENT
        if tag not in self._INLINE:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Separate blocks; speak again after a script."""
        self._silent -= tag in self._SILENT and self._silent > 0
        if tag not in self._INLINE:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees."""
        if not self._silent:
            self.pieces.append(data)


def plain_text(html: str | None) -> str:
    """The text a reader sees in a question, option or row; French no-break spaces are kept."""
    parser = _PlainText()
    parser.feed(html or "")
    parser.close()
    return re.sub(r"[ \t\r\n\f]+", " ", "".join(parser.pieces)).strip(" ")
