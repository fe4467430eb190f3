"""The platform of `maturity demo`: an invented campaign, as it stands at the end of a week."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from ruamel.yaml import YAML

from config.maturity_model import MaturityModel
from tasks.survey.sandbox.from_model import survey_from_model
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.state import SandboxParticipant
from tasks.survey.source import RawResponse

USER = "demo"
PASSWORD = SecretStr(secrets.token_urlsafe(16))  # of this process alone
SURVEY_ID = 640026  # the one that config/studies/demo.yaml names
TITLE = "Maturité numérique – questionnaire de démonstration"

Entry = Mapping[str, Any]


def demo_platform(model: MaturityModel, demo_folder: Path, week: int) -> SandboxPlatform:
    """The demonstration's platform at the end of a week (1, 2 or 3).

    Args:
        model: the model that the demonstration's study names.
        demo_folder: where `respondents.yaml` is.
        week: refreshes see 9, 13, then 15 complete responses.
    """
    content = _content(demo_folder)
    survey = survey_from_model(model, SURVEY_ID, TITLE)
    people = tuple(_participant(person, week) for person in content["respondents"])
    campaign = replace(survey, participants=people)
    for number, response in _responses(content, model, week, len(survey.groups)):
        campaign = campaign.with_response(number, response)
    return SandboxPlatform([campaign], user=USER, password=PASSWORD)


def week_date(demo_folder: Path, week: int) -> date:
    """The day of a week's refresh.

    Raises:
        KeyError: the demonstration has no such week.
    """
    dates: dict[int, date] = {each["number"]: each["date"] for each in _weeks(demo_folder)}
    return dates[week]


def _weeks(demo_folder: Path) -> list[Entry]:
    weeks: list[Entry] = _content(demo_folder)["weeks"]
    return weeks


def _content(demo_folder: Path) -> Entry:
    content: Entry = YAML(typ="safe").load(demo_folder / "respondents.yaml")
    return content


def _participant(person: Entry, week: int) -> SandboxParticipant:
    done = person["week"] <= week
    return SandboxParticipant(
        tid=person["number"],
        token=person["token"],
        firstname=person["firstname"],
        lastname=person["lastname"],
        email=person["email"],
        language=person["language"],
        completed=person["submitted"][:16] if done else "N",
        uses_left=0 if done else 1,
        sent="2026-09-14 08:00",
        attributes={"attribute_1": person["poste"], "attribute_2": person["service"]},
    )


def _responses(
    content: Entry, model: MaturityModel, week: int, pages: int
) -> Iterator[tuple[int, RawResponse]]:
    """Numbers and responses there by the end of a week; numbers follow the time of starting."""
    entries = sorted([*content["tests"], *content["respondents"]], key=lambda each: each["started"])
    for number, entry in enumerate(entries, start=1):
        partial = entry.get("partial", {})
        if entry["week"] <= week:
            changes = [
                change
                for change in content["changes"]
                if change["number"] == entry.get("number") and change["week"] <= week
            ]
            yield number, _complete(entry, changes, model, pages)
        elif partial and partial["week"] <= week:
            yield number, _partial(entry, partial, model)


def _complete(entry: Entry, changes: list[Entry], model: MaturityModel, pages: int) -> RawResponse:
    last = changes[-1] if changes else entry
    answers = dict(entry["answers"])
    for change in changes:
        answers |= change["answers"]
    times = {"submitdate": last["submitted"], "datestamp": last["submitted"], "lastpage": pages}
    return {**_system(entry), **times, **_columns(answers, model)}


def _partial(entry: Entry, partial: Entry, model: MaturityModel) -> RawResponse:
    order = [item.code for item in model.items]
    reached = set(order[: order.index(partial["up_to"]) + 1])
    answers = {code: value for code, value in entry["answers"].items() if code in reached}
    times = {"datestamp": partial["saved"], "lastpage": partial["last_page"]}
    return {**_system(entry), **times, **_columns(answers, model)}


def _system(entry: Entry) -> dict[str, str]:
    digits = "".join(filter(str.isdigit, entry["started"]))
    return {
        "token": entry["token"],
        "startlanguage": entry["language"],
        "startdate": entry["started"],
        "seed": str(int(digits) % 2_000_000_000),  # LimeSurvey draws it; here it stays the same
    }


def _columns(answers: Mapping[str, Any], model: MaturityModel) -> dict[str, str]:
    """Answers by item code as export keys; the boxes of a list become one key each."""
    found: dict[str, str] = {}
    for code, value in answers.items():
        name, bracket, rest = code.partition("[")
        column = model.item(name).platform_column + bracket + rest
        if isinstance(value, list):
            found |= {f"{column}[{box}]": "Y" for box in value}
        else:
            found[column] = str(value)
    return found
