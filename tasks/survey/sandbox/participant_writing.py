"""The methods that write participants and mail them, as LimeSurvey 6.4.2 carries them out."""

import re
import secrets
import string
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tasks.survey.sandbox.handling import Handling
from tasks.survey.sandbox.mail import MailKind, SandboxMail
from tasks.survey.sandbox.replies import Status
from tasks.survey.sandbox.state import SandboxParticipant, SandboxSurvey

TOKEN_LENGTH = 15
_ADDRESS = re.compile(r"[^@\s,;<>]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z0-9-]*")
_PLAIN = ("firstname", "lastname", "email", "language", "emailstatus")
Json = dict[str, Any]


class ParticipantWriting(Handling):
    """Add, change, invite, remind."""

    def add_participants(
        self, key: str, sid: int, people: Sequence[Mapping[str, str]], _create_token: bool = True
    ) -> list[Json]:
        """Add people; each comes back with its number, or with what is wrong with it."""
        survey = self._survey(key, sid, "write")
        if survey.participants is None:
            raise Status("No survey participants table")
        return [self._add(int(sid), person) for person in people]

    def _add(self, sid: int, data: Mapping[str, str]) -> Json:
        survey = self._surveys[sid]
        if errors := _errors(survey, data):
            return {**data, "errors": errors}
        there = survey.participants or ()
        person = _with_columns(
            survey,
            SandboxParticipant(
                tid=max((each.tid for each in there), default=0) + 1,
                token=_token(survey),
                language="",
                attributes=dict.fromkeys(survey.participant_attributes),
            ),
            data,
        )
        self._put(replace(survey, participants=(*there, person)))
        return {**person.columns, "tid": str(person.tid)}

    def set_participant_properties(
        self, key: str, sid: int, who: int | Mapping[str, str], data: Mapping[str, str]
    ) -> Json:
        """Change a participant, by number or by conditions; nothing of it when a column is bad."""
        survey = self._survey(key, sid, "write")
        person = self._person(survey, who)
        known = {name: value for name, value in data.items() if name in _writable(survey)}
        if not known:
            raise Status("No valid Data")
        if errors := _errors(survey, known):
            return {"status": errors}
        changed = _with_columns(survey, person, known)
        self._keep(survey, changed)
        return changed.columns

    @staticmethod
    def _person(survey: SandboxSurvey, who: int | Mapping[str, str]) -> SandboxParticipant:
        if survey.participants is None:
            raise Status("Error: No survey participants table")
        wanted = dict(who) if isinstance(who, Mapping) else {"tid": int(who)}
        for person in survey.participants:
            if all(person.columns.get(name) == value for name, value in wanted.items()):
                return person
        by_number = "Error: Invalid tokenid"
        by_value = "Error: No results were found based on your attributes."
        raise Status(by_value if isinstance(who, Mapping) else by_number)

    def _keep(self, survey: SandboxSurvey, changed: SandboxParticipant) -> None:
        people = self._surveys[survey.survey_id].participants or ()
        kept = tuple(changed if each.tid == changed.tid else each for each in people)
        self._put(replace(self._surveys[survey.survey_id], participants=kept))

    # --- mail -----------------------------------------------------------------------------------

    def invite_participants(
        self,
        key: str,
        sid: int,
        numbers: Sequence[int] | None = None,
        not_yet: bool = True,
        _go_on: bool = False,
    ) -> Json:
        """Invite those of these numbers (everybody when there is none) who are still to invite."""
        survey = self._survey(key, sid, "write")
        everybody = [
            person for person in _reachable(survey) if (person.sent == "N") is bool(not_yet)
        ]
        chosen = self._chosen(everybody, numbers)
        valid = [person for person in chosen if _valid(person.email)]
        return self._mail(survey, "invite", valid, len(everybody))

    def remind_participants(
        self,
        key: str,
        sid: int,
        days: int | None = None,
        most: int | None = None,
        numbers: Sequence[int] | bool | None = False,
        _go_on: bool = False,
    ) -> Json:
        """Remind those of these numbers who were invited and have not answered."""
        survey = self._survey(key, sid, "write")
        everybody = [
            person
            for person in _reachable(survey)
            if person.sent != "N"
            and (most is None or person.remindercount < int(most))
            and (days is None or _last_mail(person) < self._inside.now() - timedelta(int(days)))
        ]
        chosen = self._chosen(everybody, numbers if isinstance(numbers, Sequence) else None)
        return self._mail(survey, "remind", chosen, len(everybody))

    def _chosen(
        self, everybody: list[SandboxParticipant], numbers: Sequence[int] | None
    ) -> list[SandboxParticipant]:
        asked = {int(number) for number in numbers or ()}
        named = [person for person in everybody if person.tid in asked or not asked]
        return named[: self._inside.mail.at_once]

    def _mail(
        self,
        survey: SandboxSurvey,
        kind: MailKind,
        people: Sequence[SandboxParticipant],
        candidates: int,
    ) -> Json:
        if not people:
            raise Status("Error: No candidate tokens")
        results: Json = {str(person.tid): self._mail_one(survey, kind, person) for person in people}
        return {**results, "status": f"{candidates - len(people)} left to send"}

    def _mail_one(self, survey: SandboxSurvey, kind: MailKind, person: SandboxParticipant) -> Json:
        now = self._inside.now()
        mail = SandboxMail(survey.survey_id, person.tid, kind, person.email, now)
        error = self._inside.mail.send(mail)
        if error is None:
            minute = now.strftime("%Y-%m-%d %H:%M")
            count = person.remindercount + 1
            self._keep(
                survey,
                replace(person, sent=minute)
                if kind == "invite"
                else replace(person, remindersent=minute, remindercount=count),
            )
        return {
            "name": f"{person.firstname} {person.lastname}",
            "email": person.email,
            "status": "OK" if error is None else "fail",
            "warning": None,
            "error": error,
        }


def _reachable(survey: SandboxSurvey) -> list[SandboxParticipant]:
    if survey.participants is None:
        raise Status("Error: No survey participants table")
    return [
        person
        for person in survey.participants
        if person.completed == "N" and person.token and person.email and person.emailstatus == "OK"
    ]


def _last_mail(person: SandboxParticipant) -> datetime:
    last = person.sent if person.remindersent == "N" else person.remindersent
    return datetime.fromisoformat(last)


def _valid(addresses: str) -> bool:
    return all(_ADDRESS.fullmatch(each.strip()) for each in re.split("[,;]", addresses))


def _errors(survey: SandboxSurvey, data: Mapping[str, str]) -> dict[str, list[str]]:
    wrong = {}
    if data.get("language") and data["language"] not in survey.languages:
        wrong["language"] = ["Language code is invalid in this survey"]
    if data.get("email") and not _valid(data["email"]):
        wrong["email"] = ["Invalid email address."]
    return wrong


def _writable(survey: SandboxSurvey) -> set[str]:
    return {*_PLAIN, *survey.participant_attributes}


def _with_columns(
    survey: SandboxSurvey, person: SandboxParticipant, data: Mapping[str, str]
) -> SandboxParticipant:
    """A participant with columns changed; names lose their markup, as LimeSurvey has it."""
    known = {name: value for name, value in data.items() if name in _writable(survey)}
    plain: Json = {name: value for name, value in known.items() if name in _PLAIN}
    for name in plain.keys() & {"firstname", "lastname"}:
        plain[name] = re.sub("<[^>]*>", "", plain[name])
    attributes = {name: value for name, value in known.items() if name not in _PLAIN}
    return replace(person, **plain, attributes={**person.attributes, **attributes})


def _token(survey: SandboxSurvey) -> str:
    length = int(str(survey.properties.get("tokenlength", TOKEN_LENGTH)))
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(length))
