"""Random things for hypothesis: whole valid maturity models, of every shape the format allows.

Every model passes all checks of `config.checks`. Texts are told apart by their name and carry a
few hostile pieces, so that whoever mixes two of them up, or evaluates one, is found out.
"""

import json
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from config.maturity_model import MaturityModel

LANGUAGES = (("fr",), ("fr", "en"), ("en", "fr"), ("en",), ("fr", "de", "en"))
PIECES = (
    "et l’usage",
    "<w:p> & co",
    "{{ 7*7 }} {% x %}",
    "{_{ y }_}",
    "=cmd()",
    "dit « oui » : « non » ?",
    'guillemets " et \\ barre',
    "# dièse: deux-points",
    "東京 🏙️ ñ",
    "%s {} {0}",
    "null",
)
OUT_OF_SCALE = (("NSP", "dont_know"), ("NC", "not_applicable"), ("REF", "refused"))

Data = dict[str, Any]


class _Maker:
    """Names things once each, and writes their texts in the languages of the model."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.languages = draw(st.sampled_from(LANGUAGES))
        self.pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3, unique=True))
        self.numbers = count(1)

    def flag(self) -> bool:
        return bool(self.draw(st.booleans()))

    def number(self, least: int, most: int) -> int:
        return int(self.draw(st.integers(least, most)))

    def pick(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def some(self, *choices: Any) -> list[Any]:
        return [choice for choice in choices if self.flag()]

    def code(self, letters: str) -> str:
        return f"{letters}{next(self.numbers)}"

    def text(self, name: str) -> Data:
        """A text that no other text equals, in each language."""
        number = next(self.numbers)
        piece = self.pieces[number % len(self.pieces)]
        return {language: f"{name} {number} {language} {piece}" for language in self.languages}


@st.composite
def maturity_models(draw: st.DrawFn) -> MaturityModel:
    """A valid model: 2–6 levels, 1–3 axes, 1–4 dimensions, any topology, any item kind.

    The first language is `fr` or `en`, so that a study can be written in it. Items stand on
    their own column, in the rows of an array (`OUT[SQ001]`), beside a list (`STG4[comment]`), or
    are several columns (multiple choice, `other`).
    """
    maker = _Maker(draw)
    topology = maker.pick("cycle", "linear", "quadrant", "none")
    levels = [_described(maker, "NIV", "niveau") for _ in range(maker.number(2, 6))]
    codes = [level["code"] for level in levels]
    for level in levels:
        level["short"] = maker.text("court")
    answer_sets = _answer_sets(maker, codes)
    axes = _axes(maker, codes, least=2 if topology == "quadrant" else 1)
    data = {
        **{"code": "hasard", "version": maker.pick("1", "1.0", "2026-01"), "licence": "EUPL-1.2"},
        **{name: maker.text(name) for name in ("title", "description", "source", "level_word")},
        "languages": list(maker.languages),
        "topology": topology,
        "levels": levels,
        "answer_sets": answer_sets,
        "profile_questions": _profile(maker),
        "axes": axes,
        "other_items": _others(maker),
        "unused_questions": maker.some("INTRO", "SCORE"),
        "glossary": [
            {"term": maker.text("mot"), "definition": maker.text("sens")}
            for _ in range(maker.number(0, 2))
        ],
        **_topology(maker, topology, codes, [axis["code"] for axis in axes]),
    }
    if maker.flag():
        first = axes[0]["dimensions"][0]["items"][0]["code"]
        data["replaces"] = [
            {"version": "0.9", "items": {"VIEUX": first}, "levels": {"ANCIEN": codes[0]}}
        ]
    return MaturityModel.model_validate(data)


def model_text(model: MaturityModel) -> str:
    """A model as the text of its YAML file (JSON, which is YAML)."""
    data = model.model_dump(mode="json", exclude_none=True)
    return json.dumps(data, ensure_ascii=False, indent=1)


def write_model(model: MaturityModel, home: Path) -> Path:
    """Write a model where settings with this `home` find it; returns the file."""
    path = home / "config" / "models" / f"{model.code}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(model_text(model), encoding="utf-8")
    return path


def _described(maker: _Maker, letters: str, name: str) -> Data:
    return {
        "code": maker.code(letters),
        "label": maker.text(name),
        "description": maker.text(f"description de {name}"),
    }


def _topology(maker: _Maker, topology: str, levels: list[str], axes: list[str]) -> Data:
    if topology == "quadrant":
        return {"reading": "axis_threshold", "quadrant": _quadrant(maker, levels, axes)}
    reading = maker.pick("distribution", "median", "mode", "mean")
    if topology == "cycle" and maker.flag():
        arrow = {"origin": levels[-1], "target": levels[0], "meaning": maker.text("retour")}
        return {"reading": reading, "return_arrows": [arrow]}
    return {"reading": reading}


def _quadrant(maker: _Maker, levels: list[str], axes: list[str]) -> Data:
    corners = [(x, y) for x in ("low", "high") for y in ("low", "high")]
    return {
        "x": axes[0],
        "y": axes[-1],
        "in_favour_from": maker.pick(*levels),
        "cut": maker.pick(0.25, 0.5, 2 / 3),
        "cells": [_described(maker, "CASE", "case") | {"x": x, "y": y} for x, y in corners],
    }


def _answer_sets(maker: _Maker, levels: list[str]) -> Data:
    labelled = maker.flag()  # otherwise each dimension's behaviours are what people read
    staged = [
        {"code": f"A{rank}", "level": level} | ({"label": maker.text("choix")} if labelled else {})
        for rank, level in enumerate(levels, start=1)
    ]
    if maker.flag():  # two answers of one level
        staged.insert(0, {"code": "A0", "level": levels[0], "label": maker.text("choix")})
    return {
        "stages": {"scale": "levels", "options": staged + _out_of_scale(maker)},
        "fit": {"scale": "ordered", "options": _labelled(maker, "C") + _out_of_scale(maker)},
        # codes that are numbers: a file must not turn them into anything else
        "degree": {"scale": "ordered", "options": _labelled(maker, "") + _out_of_scale(maker)},
        "posts": {"scale": "nominal", "options": _labelled(maker, "R") + _out_of_scale(maker)},
    }


def _labelled(maker: _Maker, letter: str) -> list[Data]:
    ranks = range(1, maker.number(2, 5) + 1)
    return [{"code": f"{letter}{rank}", "label": maker.text("réponse")} for rank in ranks]


def _out_of_scale(maker: _Maker) -> list[Data]:
    return [
        {"code": code, "label": maker.text("hors échelle"), "out_of_scale": kind}
        for code, kind in maker.some(*OUT_OF_SCALE)
    ]


def _axes(maker: _Maker, levels: list[str], least: int) -> list[Data]:
    number = maker.number(least, 3)
    extra = maker.number(0, number)  # the axis that has one dimension more, if any
    arrays = maker.flag()
    return [
        _described(maker, "AXE", "axe")
        | {
            "dimensions": [
                _dimension(maker, levels, arrays) for _ in range(2 if place == extra else 1)
            ]
        }
        for place in range(number)
    ]


def _dimension(maker: _Maker, levels: list[str], arrays: bool) -> Data:
    optional: Data = {}
    if maker.flag():
        optional["readings"] = {"shared": maker.text("partagé"), "divided": maker.text("partage")}
    return {
        **_described(maker, "DIM", "dimension"),
        "behaviours": {level: maker.text("comportement") for level in levels},
        "items": _dimension_items(maker, arrays),
        "interview_prompts": [maker.text("relance")] * maker.number(0, 1),
        "workshop_questions": [maker.text("atelier")] * maker.number(0, 1),
        "recommendations": maker.some("R1", "R16"),
        "actions": [
            {"horizon": months, "text": maker.text("action")} for months in maker.some(1, 3, 6)
        ],
        **optional,
    }


def _dimension_items(maker: _Maker, arrays: bool) -> list[Data]:
    stage = _item(maker, "STG", "stage", answer_set="stages")
    if arrays:
        stage["column"] = f"OUT[SQ{next(maker.numbers):03}]"
    items = [stage]
    if maker.flag():
        items.append(_item(maker, "COH", "coherence", answer_set="fit"))
        if arrays:
            items[-1]["column"] = f"MOY[SQ{next(maker.numbers):03}]"
    if maker.flag():
        comment = _item(maker, "COM", "comment")
        if not arrays and maker.flag():
            comment["column"] = f"{stage['code']}[comment]"
        items.append(comment)
    if maker.flag():
        items.append(_any_item(maker))
    return items


def _profile(maker: _Maker) -> list[Data]:
    post = _item(maker, "POSTE", "choice", answer_set="posts", other=maker.flag())
    return [post, *(_any_item(maker) for _ in range(maker.number(0, 1)))]


def _others(maker: _Maker) -> list[Data]:
    return [_any_item(maker) for _ in range(maker.number(0, 2))]


def _any_item(maker: _Maker) -> Data:
    """An item of any kind that may stand anywhere."""
    kind = maker.pick(
        "comment", "scale", "choice", "multiple_choice", "yes_no", "number", "date", "text"
    )
    details: Data = {}
    if kind == "scale":
        details["answer_set"] = "degree"
    if kind == "choice":
        details |= {"answer_set": maker.pick("posts", "fit"), "other": maker.flag()}
    if kind == "multiple_choice":
        details |= {"choices": _labelled(maker, "SQ"), "other": maker.flag()}
    return _item(maker, kind[:3].upper(), kind, **details)


def _item(maker: _Maker, letters: str, kind: str, **details: object) -> Data:
    code = maker.code(letters)
    return {
        "code": code,
        "kind": kind,
        "question": maker.text(f"question {code}"),
        "mandatory": maker.flag(),
        **({"help": maker.text("aide")} if maker.flag() else {}),
        **details,
    }
