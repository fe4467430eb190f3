"""A small model, small studies, and frames written as one would tell them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from config.maturity_model import Item, MaturityModel
from config.study import Study, Wave
from tasks.frames import ANSWERED, ANSWERS, QUARANTINED, RESPONDENTS
from tasks.interviews.merging import interview_positions
from tasks.interviews.model import Notes
from tasks.results import CollectiveResults
from tasks.scoring.collective import collective_results
from tasks.scoring.ledger import Ledger
from tasks.scoring.participation import participation
from tasks.scoring.publication import Plan, plan_publication

LEVELS = ("S1", "S2", "S3", "S4", "S5")
STATES = {
    "?": "dont_know",
    "-": "not_applicable",
    "!": "refused",
    "": "unanswered",
    "#": QUARANTINED,
}
"""What stands for an answer that is no level and no option."""

Person = tuple[str, str | None, Mapping[str, Any]]
"""Pseudonym, side, item code → answer."""


def text(words: str) -> dict[str, str]:
    """A text in two languages."""
    return {"fr": words, "en": f"{words} (en)"}


def item(code: str, kind: str, **more: Any) -> dict[str, Any]:
    """An item of a model."""
    return {"code": code, "kind": kind, "question": text(code), **more}


def dimension(code: str, *items: dict[str, Any]) -> dict[str, Any]:
    """A dimension with these items."""
    return {
        "code": code,
        "label": text(f"Sujet {code}"),
        "description": text(code),
        "behaviours": {level: text(level) for level in LEVELS},
        "items": items,
    }


def stage_dimension(number: int, **more: Any) -> dict[str, Any]:
    """Dimension `d1` with items STR1 (stage), COH1 (coherence) and COM1 (comment)."""
    return dimension(
        f"d{number}",
        item(f"STR{number}", "stage", answer_set="levels", **more),
        item(f"COH{number}", "coherence", answer_set="fit"),
        item(f"COM{number}", "comment"),
    )


def model(**changes: Any) -> MaturityModel:
    """A cycle of five levels with two axes of one dimension each, unless changed."""
    return MaturityModel.model_validate({**_model(), **changes})


def _model() -> dict[str, Any]:
    levels = [
        {"code": code, "label": text(code), "short": text(code), "description": text(code)}
        for code in LEVELS
    ]
    options = [{"code": f"A{i}", "level": level} for i, level in enumerate(LEVELS, start=1)]
    fit = [{"code": f"C{i}", "label": text(f"C{i}")} for i in range(1, 5)]
    unknown = {"code": "NSP", "label": text("Je ne sais pas"), "out_of_scale": "dont_know"}
    return {
        "code": "small",
        "version": "2",
        "title": text("Modèle"),
        "description": text("Modèle"),
        "licence": "CC0",
        "source": text("source"),
        "languages": ["fr", "en"],
        "topology": "cycle",
        "level_word": text("stade"),
        "levels": levels,
        "return_arrows": [{"origin": "S5", "target": "S3", "meaning": text("un nouveau tour")}],
        "answer_sets": {
            "levels": {"scale": "levels", "options": [*options, unknown]},
            "fit": {"scale": "ordered", "options": [*fit, unknown]},
        },
        "profile_questions": [item("ROLE", "choice", answer_set="fit")],
        "axes": [axis("a1", stage_dimension(1)), axis("a2", stage_dimension(2))],
    }


def axis(code: str, *dimensions: dict[str, Any]) -> dict[str, Any]:
    """An axis with these dimensions."""
    return {
        "code": code,
        "label": text(code),
        "description": text(code),
        "dimensions": dimensions,
    }


def study(min_group: int = 3, sides: str = "ABC", language: str = "fr", **more: Any) -> Study:
    """A study with sides of one letter."""
    return Study.model_validate(
        {
            "code": "demo",
            "title": text("Étude"),
            "authority": {"name": "Collectivité", "of_name": "de la collectivité"},
            "model": "small",
            "language": language,
            "confidentiality": {"min_group": min_group, "quote_group": max(min_group, 4)},
            "sides": [{"code": side, "label": text(f"Groupe {side}")} for side in sides],
            "waves": [
                {
                    "code": "w1",
                    "label": text("Vague 1"),
                    "opens": date(2026, 1, 5),
                    "closes": date(2026, 2, 5),
                    "survey_id": 1,
                    "keep_until": date(2027, 1, 1),
                }
            ],
            "output": "reports",
            **more,
        }
    )


def wave() -> Wave:
    """The wave of `study`."""
    return study().wave("w1")


def people(
    side: str | None, item_code: str, answers: Sequence[str], start: int = 1
) -> list[Person]:
    """One person per answer, all of one side: `people("A", "STR1", ["S1", "S1", "?"])`."""
    return [
        (f"{side or 'X'}{number:02}", side, {item_code: answer})
        for number, answer in enumerate(answers, start=start)
    ]


def respondents(persons: Sequence[Person]) -> pd.DataFrame:
    """A frame of the RESPONDENTS contract."""
    rows = [
        {
            "respondent": name,
            "response_id": number,
            "status": "complete",
            "submitted_at": "2026-01-12 10:00:00",
            "language": "fr",
            "side": side,
        }
        for number, (name, side, _) in enumerate(persons, start=1)
    ]
    columns = ["respondent", "response_id", "status", "submitted_at", "language", "side"]
    return RESPONDENTS.validate(pd.DataFrame(rows, columns=columns))


def answers(persons: Sequence[Person], of: MaturityModel | None = None) -> pd.DataFrame:
    """A frame of the ANSWERS contract: one row per answer told (several for a list)."""
    known = of or model()
    rows = [
        _row(known, name, known.item(code), value)
        for name, _, told in persons
        for code, values in told.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    columns = ["respondent", "item", "kind", "dimension", "state", "option", "level", "text"]
    frame = pd.DataFrame(rows, columns=columns).astype(object)
    categories = ("respondent", "item", "kind", "dimension", "state", "level")
    return ANSWERS.validate(frame.astype(dict.fromkeys(categories, "category")))


def _row(known: MaturityModel, name: str, asked: Item, value: str) -> dict[str, str | None]:
    home = known.dimension_of(asked)
    row: dict[str, str | None] = {
        "respondent": name,
        "item": asked.code,
        "kind": asked.kind.value,
        "dimension": home.code if home else None,
        "state": STATES.get(value, ANSWERED),
        "option": None,
        "level": None,
        "text": None,
    }
    if row["state"] == ANSWERED:
        column = {"stage": "level", "number": "text", "text": "text"}.get(asked.kind, "option")
        row[column] = value
    return row


def fingerprints(persons: Sequence[Person]) -> dict[str, str]:
    """Pseudonym → what stands for the hash of the clean answers."""
    return {name: repr(sorted(told.items())) for name, _, told in persons}


def plan(
    persons: Sequence[Person],
    of: Study | None = None,
    by: MaturityModel | None = None,
    ledger: Ledger = (),
    notes: Notes | None = None,
    closed: bool = False,
    over: bool = False,
) -> Plan:
    """The plan of an issue on these people."""
    known = by or model()
    return plan_publication(
        respondents(persons),
        fingerprints(persons),
        interview_positions(notes or Notes(), known),
        known,
        of or study(),
        ledger,
        closed=closed,
        interviews_over=over,
    )


def score(
    persons: Sequence[Person],
    of: Study | None = None,
    by: MaturityModel | None = None,
    ledger: Ledger = (),
    notes: Notes | None = None,
    closed: bool = False,
    over: bool = False,
    invited: int | None = None,
    **more: Any,
) -> tuple[CollectiveResults, Plan]:
    """The collective results of these people, and the plan they were made with."""
    known, one = by or model(), of or study()
    made = plan(persons, one, known, ledger, notes, closed, over)
    results = collective_results(
        answers(persons, known),
        known,
        one,
        one.wave("w1"),
        plan=made,
        participation=participation(respondents(persons), 0, one, one.wave("w1"), invited=invited),
        notes=notes or Notes(),
        computed_at=datetime(2026, 1, 19, tzinfo=UTC),
        data_until=date(2026, 1, 18),
        **more,
    )
    return results, made
