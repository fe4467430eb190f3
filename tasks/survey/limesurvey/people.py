"""The participants table: read, made, filled, kept up to date."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from citric import Client
from citric.session import handle_rpc_errors

from tasks.campaign.platform import MailState, NewParticipant
from tasks.survey.limesurvey import shapes
from tasks.survey.limesurvey.session import RemoteSession
from tasks.survey.source import Participant

PAGE = 500  # participants asked in one call; the platform builds the list in memory
ADDED_AT_ONCE = 100  # well within a proxy's time limit

Shape = TypeVar("Shape", Participant, MailState)
Entry = Mapping[str, Any]

_NO_TABLE = "Error: No survey participants table"
_NOBODY = "No survey participants found"


class People:
    """The part of `LimeSurvey` that reads and writes participants. Personal data.

    Rights: « Participants : voir, créer, modifier » on the survey; for the table itself
    « Questionnaires : créer » and « Paramètres du questionnaire : modifier ».
    """

    _remote: RemoteSession

    def participants(
        self, survey_id: int, attributes: tuple[str, ...]
    ) -> tuple[Participant, ...] | None:
        """The participants; None when there is no table, no right, or the survey is anonymous."""
        if self._anonymous(survey_id):
            return None
        return self._listed(
            survey_id,
            ["completed", *attributes],
            lambda entry: shapes.participant(entry, attributes),
            {_NOBODY: (), _NO_TABLE: None, "No permission": None},
        )

    def mail_states(self, survey_id: int) -> tuple[MailState, ...]:
        """How the mails of all participants stand, also in an anonymous survey."""
        states = self._listed(survey_id, [*shapes.MAIL_COLUMNS], shapes.mail_state, {_NOBODY: ()})
        return states or ()

    def open_participants(self, survey_id: int, labels: Mapping[str, str]) -> None:
        """Make the participants table with its attributes (`attribute_1` → label in French).

        Nothing to do when the table is there already. The labels are written first: where the
        table stands, they do too.
        """
        if self._has_participants(survey_id):
            return
        if labels:
            self._describe(survey_id, labels)
        numbers = [int(name.removeprefix("attribute_")) for name in labels]
        self._remote.change(
            "activate_tokens",
            lambda client: bool(client.activate_tokens(survey_id, numbers)),
            survey_id=survey_id,
        )

    def add_participants(
        self, survey_id: int, people: Sequence[NewParticipant]
    ) -> tuple[Participant, ...]:
        """Add people, a token made for each; those added, in the given order.

        Whoever the platform refuses (an address that is none, a language that the survey lacks)
        is missing from what comes back.
        """
        added: list[Participant] = []
        for start in range(0, len(people), ADDED_AT_ONCE):
            added += self._added(survey_id, people[start : start + ADDED_AT_ONCE])
        return tuple(added)

    def update_participant(self, survey_id: int, platform_id: int, person: NewParticipant) -> None:
        """Make a participant what `person` says; the token stays.

        A corrected address is deliverable again, unless the person wanted no more mails.

        Raises:
            PlatformError: the platform refuses a column, which is named; nothing was changed.
        """
        before = self._remote.call(
            "get_participant_properties",
            lambda client: client.get_participant_properties(
                survey_id, platform_id, ["email", "emailstatus"]
            ),
            survey_id=survey_id,
        )
        corrected = before["email"] != person.email and before["emailstatus"] != "OptOut"
        columns = {**_columns(person), **({"emailstatus": "OK"} if corrected else {})}
        refused = self._remote.change(
            "set_participant_properties",
            lambda client: _refused_columns(client, survey_id, platform_id, columns),
            survey_id=survey_id,
        )
        if refused:
            raise self._remote.asked("set_participant_properties", survey_id).error(
                "LimeSurvey refuse les données du participant n° {number} ({columns}) : {where}.",
                "Corrigez cette ligne de la liste des participants, puis relancez.",
                number=platform_id,
                columns=", ".join(refused),
            )

    # --- within ---------------------------------------------------------------------------------

    def _anonymous(self, survey_id: int) -> bool:
        # « I » (inherited) and a missing right tell nothing: the table itself then decides.
        return self._remote.call(
            "get_survey_properties",
            lambda client: (
                client.get_survey_properties(survey_id, properties=["anonymized"])["anonymized"]
                == "Y"
            ),
            survey_id=survey_id,
            answers={"No permission": False},
        )

    def _has_participants(self, survey_id: int) -> bool:
        return self._remote.call(
            "get_summary",
            lambda client: "token_count" in (client.get_summary(survey_id) or {}),
            survey_id=survey_id,
        )

    def _listed(
        self,
        survey_id: int,
        columns: list[str],
        shape: Callable[[Entry], Shape],
        answers: Mapping[str, tuple[Shape, ...] | None],
    ) -> tuple[Shape, ...] | None:
        found: list[Shape] = []
        while True:
            # a page starts at a number (tid), not at an offset
            first = found[-1].platform_id + 1 if found else 0
            page = self._page(survey_id, first, columns, shape, answers)
            if page is None:
                return None
            found.extend(page)
            if len(page) < PAGE:
                return tuple(found)

    def _page(
        self,
        survey_id: int,
        first: int,
        columns: list[str],
        shape: Callable[[Entry], Shape],
        answers: Mapping[str, tuple[Shape, ...] | None],
    ) -> tuple[Shape, ...] | None:
        def ask(client: Client) -> tuple[Shape, ...] | None:
            entries = client.list_participants(
                survey_id, start=first, limit=PAGE, attributes=columns
            )
            return tuple(shape(entry) for entry in entries)

        return self._remote.call("list_participants", ask, survey_id=survey_id, answers=answers)

    def _describe(self, survey_id: int, labels: Mapping[str, str]) -> None:
        described = json.dumps(
            {
                name: {
                    "description": label,
                    "mandatory": "N",
                    "encrypted": "N",
                    "show_register": "N",
                    "cpdbmap": "",
                }
                for name, label in labels.items()
            },
            ensure_ascii=False,
        )
        self._remote.change(
            "set_survey_properties",
            lambda client: client.session.set_survey_properties(
                survey_id, {"attributedescriptions": described}
            ),
            survey_id=survey_id,
        )

    def _added(self, survey_id: int, people: Sequence[NewParticipant]) -> list[Participant]:
        attributes = {name for person in people for name in person.attributes}
        return self._remote.change(
            "add_participants",
            lambda client: [
                shapes.added(entry, sorted(attributes))
                for entry in client.add_participants(
                    survey_id, participant_data=[_columns(person) for person in people]
                )
                if "errors" not in entry
            ],
            survey_id=survey_id,
        )


def _columns(person: NewParticipant) -> dict[str, str]:
    return {
        "firstname": person.firstname,
        "lastname": person.lastname,
        "email": person.email,
        "language": person.language,
        **person.attributes,
    }


def _refused_columns(
    client: Client, survey_id: int, platform_id: int, columns: Mapping[str, str]
) -> tuple[str, ...]:
    """Change a participant; the columns that the platform refuses, none of which was changed.

    The refusal is an object (column → sentences) where citric expects a text.
    """
    answer = client.session.call("set_participant_properties", survey_id, platform_id, columns)
    result = answer["result"]
    refused = result.get("status") if isinstance(result, dict) else None
    if isinstance(refused, dict):
        return tuple(refused)
    handle_rpc_errors(result, answer["error"])
    return ()
