"""Invitations and reminders: sent in batches, one outcome for each participant."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from citric import Client
from citric.session import handle_rpc_errors

from config.catalogue import say
from tasks.campaign.platform import MailOutcome
from tasks.survey.limesurvey.session import RemoteSession
from tasks.survey.limesurvey.shapes import plain_text

MAILS_AT_ONCE = 20  # at 2 s a mail within the usual 60 s of a proxy
REASON_LENGTH = 200

_LEFT = " left to send"  # the status of a call that was carried out, whatever became of its mails
_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
Entry = Mapping[str, Any]
_Parameters = Callable[[list[int]], tuple[object, ...]]  # numbers → parameters of the call


class Mailing:
    """The part of `LimeSurvey` that mails. Right: « Participants : modifier » on the survey."""

    _remote: RemoteSession

    def invite(
        self, survey_id: int, platform_ids: Sequence[int]
    ) -> Iterator[tuple[MailOutcome, ...]]:
        """Send the invitation to these participants, batch by batch; one outcome for each.

        The platform passes over whoever it invited before, or who has answered.
        """
        reason = say(
            "LimeSurvey ne l’a pas retenu : déjà invité, a déjà répondu, ou sans adresse valable.",
            self._remote.language,
        )
        return self._mailed(
            "invite_participants",
            survey_id,
            platform_ids,
            lambda numbers: (survey_id, numbers, True, True),
            reason,
        )

    def remind(
        self, survey_id: int, platform_ids: Sequence[int]
    ) -> Iterator[tuple[MailOutcome, ...]]:
        """Send a reminder to these participants, batch by batch; one outcome for each.

        The platform passes over whoever was never invited, or who has answered.
        """
        reason = say(
            "LimeSurvey ne l’a pas retenu : jamais invité, a déjà répondu, ou sans adresse "
            "valable.",
            self._remote.language,
        )
        return self._mailed(
            "remind_participants",
            survey_id,
            platform_ids,
            lambda numbers: (survey_id, None, None, numbers, True),
            reason,
        )

    def _mailed(
        self,
        method: str,
        survey_id: int,
        platform_ids: Sequence[int],
        parameters: _Parameters,
        passed_over: str,
    ) -> Iterator[tuple[MailOutcome, ...]]:
        """Mail batch by batch; the last parameter has one failure not stop the others.

        An empty list would mean everybody: nothing is called then. Of a batch the platform mails
        as many as its own setting allows; those left are asked for again until it finds none.
        """
        distinct = list(dict.fromkeys(map(int, platform_ids)))
        for start in range(0, len(distinct), MAILS_AT_ONCE):
            waiting = distinct[start : start + MAILS_AT_ONCE]
            while waiting:
                found = self._sent(method, survey_id, parameters(waiting))
                told = {one.platform_id: one for one in found}
                left = [number for number in waiting if number not in told]
                if left == waiting:  # nobody more, whatever the platform says of others
                    yield tuple(MailOutcome(number, False, passed_over) for number in waiting)
                    break
                yield tuple(told[number] for number in waiting if number in told)
                waiting = left

    def _sent(
        self, method: str, survey_id: int, parameters: tuple[object, ...]
    ) -> tuple[MailOutcome, ...]:
        return self._remote.change(
            method,
            lambda client: _outcomes(client, method, parameters),
            survey_id=survey_id,
            answers={"Error: No candidate tokens": ()},
        )


def _outcomes(
    client: Client, method: str, parameters: tuple[object, ...]
) -> tuple[MailOutcome, ...]:
    """Call, and read what became of each mail, which citric leaves out."""
    answer = client.session.call(method, *parameters)
    result = answer["result"]
    if answer["error"] is not None or not str(result["status"]).endswith(_LEFT):
        handle_rpc_errors(result, answer["error"])
    return tuple(
        MailOutcome(int(number), entry["status"] == "OK", _reason(entry))
        for number, entry in result.items()
        if number != "status"
    )


def _reason(entry: Entry) -> str:
    """Why a mail was not sent, in the platform's words, without address or name."""
    text = _ADDRESS.sub("…", str(entry.get("error") or ""))
    name = str(entry.get("name") or "")
    for personal in filter(None, (name, *name.split())):
        text = re.sub(rf"(?i)(?<!\w){re.escape(personal)}(?!\w)", "…", text)
    return plain_text(text)[:REASON_LENGTH]
