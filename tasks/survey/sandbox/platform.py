"""A sandbox platform: what it holds, what staff and tests may change in it."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from pydantic import SecretStr

from tasks.survey.sandbox.accounts import ALL_RIGHTS, Account, Accounts, Right
from tasks.survey.sandbox.answering import allowed, answered
from tasks.survey.sandbox.faults import Fault, FaultKind
from tasks.survey.sandbox.half import half_done
from tasks.survey.sandbox.handling import Inside
from tasks.survey.sandbox.mail import MailServer, SandboxMail
from tasks.survey.sandbox.methods import RemoteControl
from tasks.survey.sandbox.replies import PhpDeath, PhpError, Status
from tasks.survey.sandbox.state import SandboxParticipant, SandboxSurvey
from tasks.survey.source import RawResponse

Interface = Literal["json", "xml", "off"]


class SandboxPlatform:
    """A LimeSurvey in miniature, in memory; `running` puts it on a loopback address.

    Args:
        surveys: what it holds at the start.
        version: `6.4.2`, or `3.8.1` for the older shapes.
        user: name of its administrator.
        password: the administrator's password; drawn at random when None.

    Attributes:
        faults: faults waiting for their calls.
        calls: how often each method was called.
        interface: how RemoteControl is set: `json`, `xml` or `off`.
        mail: the mail server behind it.
        clock: gives the platform's own time, without offset.
        pace: seconds that a call (method, parameters) takes, to have a real platform's costs.
    """

    def __init__(
        self,
        surveys: Iterable[SandboxSurvey] = (),
        *,
        version: str = "6.4.2",
        user: str = "bac",
        password: SecretStr | None = None,
    ) -> None:
        self.version = version
        self.user = user
        self.password = password or SecretStr(secrets.token_urlsafe(16))
        self.faults: list[Fault] = []
        self.calls: Counter[str] = Counter()
        self.interface: Interface = "json"
        self._accounts = Accounts()
        self._surveys = {survey.survey_id: survey for survey in surveys}
        self._last_numbers: dict[int, int] = {}  # of surveys that lost responses
        self.mail = MailServer()
        self.clock: Callable[[], datetime] = datetime.now
        self.pace: Callable[[str, Sequence[Any]], float] | None = None
        inside = Inside(self._accounts, self._surveys, self.mail, version, lambda: self.clock())
        self._methods = RemoteControl(inside)
        self.add_user(self.user, self.password)

    # --- accounts -------------------------------------------------------------------------------

    def add_user(
        self, name: str, password: SecretStr, rights: Iterable[Right] = ALL_RIGHTS
    ) -> None:
        """Open an account."""
        self._accounts.users[name] = Account(name, password, frozenset(rights))

    def expire_keys(self) -> None:
        """Forget every session key, as LimeSurvey does two hours after a login."""
        self._accounts.keys.clear()

    def lock(self) -> None:
        """Refuse every login, as after three wrong passwords."""
        self._accounts.lock()

    def unlock(self) -> None:
        """Let logins through again."""
        self._accounts.unlock()

    # --- surveys --------------------------------------------------------------------------------

    def survey(self, survey_id: int) -> SandboxSurvey:
        """A survey as it is now.

        Raises:
            KeyError: there is none of this number.
        """
        return self._surveys[survey_id]

    def put_survey(self, survey: SandboxSurvey) -> None:
        """Add a survey, or put a changed one in its place."""
        self._surveys[survey.survey_id] = survey

    def remove_survey(self, survey_id: int) -> None:
        """Delete a survey with all it holds."""
        del self._surveys[survey_id]

    # --- responses ------------------------------------------------------------------------------

    def add_response(self, survey_id: int, response: RawResponse) -> int:
        """Add a response under the next number (or the `id` it bears); gives the number."""
        survey = self.survey(survey_id)
        number = int(response.get("id") or self._last_number(survey) + 1)
        self.put_survey(survey.with_response(number, response))
        return number

    def edit_response(self, survey_id: int, number: int, changes: RawResponse) -> None:
        """Change answers of a response; dates stay unless they are among the changes."""
        survey = self.survey(survey_id)
        changed = {**survey.responses[number], **changes}
        self.put_survey(survey.with_response(number, changed))

    def delete_response(self, survey_id: int, number: int) -> None:
        """Delete a response; its number never comes back."""
        survey = self.survey(survey_id)
        self._last_numbers[survey_id] = self._last_number(survey)
        self.put_survey(survey.without_response(number))

    def answer(
        self, survey_id: int, token: str, answers: RawResponse, *, complete: bool = True
    ) -> int:
        """Answer as a participant on the public pages; gives the number of the response.

        A participant who comes back goes on with the same response.

        Args:
            survey_id: the survey.
            token: the participant's.
            answers: export key → value (`STR1`, `OUT[SQ001]`…).
            complete: whether the last page was sent, or only the first saved.

        Raises:
            AnswerRefused: the pages would not let them.
        """
        survey, now = self.survey(survey_id), self.clock()
        person = allowed(survey, token, now)
        mine = (n for n, response in survey.responses.items() if response.get("token") == token)
        number = next(mine, self._last_number(survey) + 1)
        self.put_survey(answered(survey, person, answers, number, now=now, complete=complete))
        return number

    def _last_number(self, survey: SandboxSurvey) -> int:
        before = self._last_numbers.get(survey.survey_id, 0)
        return max(before, *survey.responses, 0)

    # --- participants ---------------------------------------------------------------------------

    def put_participant(self, survey_id: int, person: SandboxParticipant) -> None:
        """Add a participant (and the table if there is none), or change the one of that number."""
        survey = self.survey(survey_id)
        people = {each.tid: each for each in survey.participants or ()} | {person.tid: person}
        ordered = tuple(people[tid] for tid in sorted(people))
        self.put_survey(replace(survey, participants=ordered))

    def delete_participant(self, survey_id: int, tid: int) -> None:
        """Delete a participant; the responses stay."""
        survey = self.survey(survey_id)
        kept = tuple(person for person in survey.participants or () if person.tid != tid)
        self.put_survey(replace(survey, participants=kept))

    @property
    def outbox(self) -> list[SandboxMail]:
        """The mails that left, in order."""
        return self.mail.outbox

    # --- calls ----------------------------------------------------------------------------------

    def strike(self, method: str) -> Fault | None:
        """Count a call; the fault that strikes it, if any."""
        self.calls[method] += 1
        return next((fault for fault in self.faults if fault.hits(method)), None)

    def delay(self, method: str, params: Sequence[Any], fault: Fault | None) -> float:
        """Seconds to wait before the answer."""
        slow = fault.seconds if fault and fault.kind is FaultKind.SLOW else 0.0
        return slow + (self.pace(method, params) if self.pace else 0.0)

    def envelope(
        self, method: str, params: Sequence[Any], fault: FaultKind | None = None
    ) -> Mapping[str, object]:
        """The `result` and `error` of a call, with the faults that LimeSurvey itself shows.

        Raises:
            ServerError, PhpDeath, PlainBody: when the answer is no envelope at all.
        """
        try:
            self._suffer(fault)
            if fault is FaultKind.HALF:
                half_done(self._methods, self._surveys, method, params)
                raise PhpDeath
            return {"result": self._methods.call(method, params), "error": None}
        except Status as status:
            return {"result": {"status": str(status)}, "error": None}
        except PhpError as error:
            return {"result": None, "error": str(error)}

    def _suffer(self, fault: FaultKind | None) -> None:
        if fault is FaultKind.EXPIRED_KEY:
            self.expire_keys()
        elif fault is FaultKind.LOCKED_OUT:
            self.lock()
        elif fault is FaultKind.NO_RIGHT:
            raise Status("No permission")
        elif fault is FaultKind.SQL_ERROR:
            raise PhpError("CDbCommand failed: SQLSTATE[42S22]: Column not found: 1054")
