"""A small model with an item of every kind, a study on it, and responses to clean."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from config.maturity_model import MaturityModel
from config.study import Study
from tasks.cleaning import CleanAnswers, clean, respondent_key
from tasks.store.records import Person
from tasks.survey.source import RawResponse


def _t(text: str) -> dict[str, str]:
    return {"fr": text}


def _item(code: str, kind: str, **more: object) -> dict[str, object]:
    return {"code": code, "kind": kind, "question": _t(code), **more}


MODEL = MaturityModel.model_validate(
    {
        "code": "petit",
        "version": "1.0",
        "title": _t("Petit"),
        "description": _t("Petit"),
        "licence": "CC0",
        "source": _t("essai"),
        "languages": ["fr"],
        "topology": "linear",
        "level_word": _t("stade"),
        "levels": [
            {"code": f"S{n}", "label": _t(f"S{n}"), "short": _t(f"S{n}"), "description": _t("d")}
            for n in (1, 2, 3)
        ],
        "answer_sets": {
            "stages": {
                "scale": "levels",
                "options": [{"code": f"A{n}", "level": f"S{n}"} for n in (1, 2, 3)]
                + [
                    {"code": "NSP", "label": _t("?"), "out_of_scale": "dont_know"},
                    {"code": "NC", "label": _t("-"), "out_of_scale": "not_applicable"},
                    {"code": "REF", "label": _t("x"), "out_of_scale": "refused"},
                ],
            },
            "roles": {
                "scale": "nominal",
                "options": [{"code": f"R{n}", "label": _t(f"R{n}")} for n in (1, 2, 3)],
            },
        },
        "profile_questions": [_item("ROLE", "choice", answer_set="roles", other=True)],
        "axes": [
            {
                "code": "axe",
                "label": _t("Axe"),
                "description": _t("Axe"),
                "dimensions": [
                    {
                        "code": "partage",
                        "label": _t("Partage"),
                        "description": _t("Partage"),
                        "behaviours": {f"S{n}": _t(f"b{n}") for n in (1, 2, 3)},
                        "items": [
                            _item("STR1", "stage", answer_set="stages"),
                            _item("STR2", "stage", answer_set="stages", asked_of=["digital"]),
                            _item("STR1C", "comment", column="STR1[comment]"),
                        ],
                    }
                ],
            }
        ],
        "other_items": [
            _item(
                "DONN",
                "multiple_choice",
                other=True,
                choices=[
                    {"code": "SQ001", "label": _t("a")},
                    {"code": "SQ002", "label": _t("b")},
                    {"code": "NSP", "label": _t("?"), "out_of_scale": "dont_know"},
                ],
            ),
            _item("ETP", "number"),
            _item("DEBUT", "date"),
            _item("FORM", "yes_no"),
            _item("COM", "text"),
        ],
    }
)

STUDY = Study.model_validate(
    {
        "code": "essai",
        "title": _t("Essai"),
        "authority": {"name": "ville d’Essai", "of_name": "de la ville d’Essai"},
        "model": "petit",
        "sides": [
            {"code": "policy", "label": _t("Politiques")},
            {"code": "digital", "label": _t("Numérique")},
        ],
        "profile": [
            {"code": "role", "label": _t("Fonction"), "item": "ROLE"},
            {"code": "service", "label": _t("Service"), "participant": "attribute_1"},
        ],
        "side_rule": {"attribute": "role", "values": {"R1": "policy", "R2": "digital"}},
        "waves": [
            {
                "code": "w1",
                "label": _t("Vague 1"),
                "opens": date(2026, 11, 1),
                "closes": date(2026, 11, 30),
                "survey_id": 641001,
                "keep_until": date(2027, 11, 30),
            }
        ],
        "output": "rapports/essai",
    }
)

FULL = {
    "submitdate": "2026-11-21 22:12:13",
    "datestamp": "2026-11-21 22:12:12",
    "startlanguage": "fr",
    "ROLE": "R1",
    "STR1": "A2",
    "STR1[comment]": "Rarement consultés",
    "DONN[SQ001]": "Y",
    "ETP": "5",
    "DEBUT": "2011-02-02",
    "FORM": "N",
    "COM": "",
}
"""A complete response of the policy side that no rule changes."""


def response(id_: int, **more: str | int | float | None) -> RawResponse:
    """`FULL` with an id, a token `tok<id>`, and other values."""
    return {"id": id_, "token": f"tok{id_}", **FULL, **more}


def run(
    *responses: RawResponse, study: Study = STUDY, people: Mapping[str, Person] | None = None
) -> CleanAnswers:
    """Clean; people are `P<id>` unless told otherwise."""
    if people is None:
        keys = sorted({respondent_key(r) for r in responses})
        people = {k: Person(f"P{int(k.lstrip('#tok') or 0):02d}") for k in keys}
    return clean(responses, MODEL, study, study.waves[0], people)


def answers_to(cleaned: CleanAnswers, item: str) -> list[tuple[object, ...]]:
    """(state, option, level, text) of each row of an item, None where there is nothing."""
    rows = cleaned.answers[cleaned.answers["item"] == item]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in rows[["state", "option", "level", "text"]].itertuples(index=False)
    ]


def journal(cleaned: CleanAnswers) -> list[tuple[str, str, str, str, str]]:
    """(response, item, rule, before, after) of each row of the journal."""
    columns = ["response", "item", "rule", "before", "after"]
    return list(cleaned.journal[columns].itertuples(index=False, name=None))
