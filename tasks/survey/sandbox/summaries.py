"""Participants as `list_participants` shows them, and the counts of `get_summary`."""

from collections.abc import Sequence
from typing import Any

from tasks.survey.sandbox.state import SandboxParticipant, SandboxSurvey

RESPONSE_COUNTS = ("completed_responses", "incomplete_responses", "full_responses")


def participant(person: SandboxParticipant, attributes: Sequence[str] | bool) -> dict[str, Any]:
    """A participant with the attributes asked for; unknown ones are dropped without a word."""
    columns = person.columns
    basic = ("tid", "token", "firstname", "lastname", "email")
    asked = attributes if not isinstance(attributes, bool) else ()
    return {
        "tid": person.tid,
        "token": person.token,
        "participant_info": {name: columns[name] for name in ("firstname", "lastname", "email")},
        **{name: columns[name] for name in asked if name in columns and name not in basic},
    }


def token_counts(survey: SandboxSurvey, *, old: bool) -> dict[str, int]:
    """The counts of participants; none without their table."""
    if survey.participants is None:
        return {}
    people = survey.participants
    return {
        "token_count": len(people),
        "token_invalid": sum(not person.token for person in people),
        "token_sent": sum(person.sent != "N" for person in people),
        "token_opted_out": 0,
        "token_completed": sum(person.completed != "N" for person in people),
        **({} if old else {"token_screenout": 0}),
    }


def response_counts(survey: SandboxSurvey) -> dict[str, int]:
    """The counts of responses; none before the survey is activated."""
    if not survey.active:
        return {}
    complete = sum(bool(response.get("submitdate")) for response in survey.responses.values())
    total = len(survey.responses)
    return dict(zip(RESPONSE_COUNTS, (complete, total - complete, total), strict=True))
