"""A participant answers on the public pages: what LimeSurvey then stores (6.4.2)."""

from dataclasses import replace
from datetime import datetime

from tasks.survey.sandbox.state import SandboxParticipant, SandboxSurvey
from tasks.survey.source import RawResponse

NO_DATE = "1980-01-01 00:00:00"  # of a complete response to a survey without date stamps


class AnswerRefused(Exception):
    """The public pages would not let this person answer; says why."""


def allowed(survey: SandboxSurvey, token: str, now: datetime) -> SandboxParticipant:
    """The participant of a token, when the survey is open to them.

    Raises:
        AnswerRefused: not active, not open yet, closed, unknown token, or answered already where
            a complete response may not be edited.
    """
    if not survey.active:
        raise AnswerRefused("not active")
    expires, start = survey.properties.get("expires"), survey.properties.get("startdate")
    if expires and str(expires) <= now.strftime("%Y-%m-%d %H:%M:%S"):
        raise AnswerRefused("closed")
    if start and str(start) > now.strftime("%Y-%m-%d %H:%M:%S"):
        raise AnswerRefused("not open yet")
    person = next((each for each in survey.participants or () if each.token == token), None)
    if person is None:
        raise AnswerRefused("unknown token")
    if person.completed != "N" and survey.properties.get("alloweditaftercompletion") != "Y":
        raise AnswerRefused("answered already")
    return person


def answered(
    survey: SandboxSurvey,
    person: SandboxParticipant,
    answers: RawResponse,
    number: int,
    *,
    now: datetime,
    complete: bool,
) -> SandboxSurvey:
    """The survey with a participant's answers under a number, new or edited."""
    second = now.strftime("%Y-%m-%d %H:%M:%S")
    before = survey.responses.get(number) or {
        "startlanguage": person.language or survey.base_language,
        **({} if survey.anonymized else {"token": person.token}),
        **({"startdate": second} if survey.datestamp else {}),
    }
    response = {
        **before,
        **answers,
        **({"datestamp": second} if survey.datestamp else {}),
        **({"submitdate": second if survey.datestamp else NO_DATE} if complete else {}),
        "lastpage": len(survey.groups) if complete else 1,
    }
    stored = survey.with_response(number, response)
    if not complete or person.completed != "N":
        return stored
    done = replace(
        person,
        completed="Y" if survey.anonymized else now.strftime("%Y-%m-%d %H:%M"),
        uses_left=person.uses_left - 1,
    )
    people = tuple(done if each.tid == done.tid else each for each in survey.participants or ())
    return replace(stored, participants=people)
