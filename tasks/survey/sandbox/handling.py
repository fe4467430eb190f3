"""What every RemoteControl method of the sandbox needs: the call itself, rights, the survey."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tasks.survey.sandbox.accounts import Account, Accounts, Right
from tasks.survey.sandbox.mail import MailServer
from tasks.survey.sandbox.replies import ServerError, Status
from tasks.survey.sandbox.state import SandboxQuestion, SandboxSurvey

ABSENT_FROM_3 = frozenset({"get_fieldmap", "delete_response"})


@dataclass(frozen=True)
class Inside:
    """What the methods work on."""

    accounts: Accounts
    surveys: dict[int, SandboxSurvey]
    mail: MailServer
    version: str
    now: Callable[[], datetime]  # the platform's own time, without offset


class Handling:
    """Runs the methods of a subclass by name."""

    def __init__(self, inside: Inside) -> None:
        self._inside = inside
        self._accounts, self._surveys = inside.accounts, inside.surveys
        self._version, self._old = inside.version, inside.version.startswith("3.")

    def call(self, method: str, params: Sequence[Any]) -> object:
        """Run a method; surplus parameters are ignored, as PHP does.

        Raises:
            Status, PhpError, PlainBody: as LimeSurvey answers.
            ServerError: unknown method or missing parameter.
        """
        handler = None if method.startswith("_") else getattr(self, method, None)
        if handler is None or method == "call" or (self._old and method in ABSENT_FROM_3):
            raise ServerError(
                "call_user_func_array(): Argument #1 ($callback) must be a valid callback, class "
                f'remotecontrol_handle does not have a method "{method}"'
            )
        accepted = inspect.signature(handler).parameters.values()
        required = [each for each in accepted if each.default is each.empty]
        if len(params) < len(required):
            raise ServerError(
                f"Too few arguments to function remotecontrol_handle::{method}(), "
                f"{len(params)} passed and at least {len(required)} expected"
            )
        return handler(*params[: len(accepted)])

    def _account(self, key: object, refusal: str = "") -> Account:
        account = self._accounts.keys.get(str(key))
        if account is None:
            slip = "Invalid S ession Key" if self._old else "Invalid session key"
            raise Status(refusal or slip)
        return account

    def _allow(self, key: object, right: Right) -> None:
        if right not in self._account(key).rights:
            raise Status("No permission")

    def _survey(self, key: object, sid: object, right: Right) -> SandboxSurvey:
        account = self._account(key)
        survey = self._surveys.get(int(str(sid)))
        if survey is None:
            raise Status("Error: Invalid survey ID")
        if right not in account.rights:
            raise Status("No permission")
        return survey

    def _question(self, qid: int) -> tuple[SandboxSurvey, SandboxQuestion]:
        for survey in self._surveys.values():
            for question in survey.questions:
                if question.qid == qid:
                    return survey, question
        raise Status("Error: Invalid questionid")

    def _put(self, survey: SandboxSurvey) -> None:
        self._surveys[survey.survey_id] = survey


def only(properties: dict[str, Any], settings: Sequence[str] | None) -> dict[str, Any]:
    """The properties asked for; all when none is named.

    Raises:
        Status: none of the names is a property.
    """
    if not settings:
        return properties
    found = {name: properties[name] for name in settings if name in properties}
    if not found:
        raise Status("No valid Data")
    return found
