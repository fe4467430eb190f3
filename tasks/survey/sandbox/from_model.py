"""A maturity model as a LimeSurvey survey: the questionnaire that its items describe."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import count

from config.maturity_model import CODED_KINDS, Item, ItemKind, MaturityModel, Option
from config.text import Text
from tasks.survey.sandbox.state import (
    SandboxGroup,
    SandboxOption,
    SandboxQuestion,
    SandboxRow,
    SandboxSurvey,
    Texts,
)

PROFILE_TITLE = {"fr": "Vous et votre fonction", "en": "You and your position"}
CLOSING_TITLE = {"fr": "Pour finir", "en": "To finish"}

# LimeSurvey's type for an item that has a question to itself, and for one that has a row.
KINDS = {
    ItemKind.COMMENT: "T",
    ItemKind.TEXT: "T",
    ItemKind.MULTIPLE_CHOICE: "M",
    ItemKind.YES_NO: "Y",
    ItemKind.NUMBER: "N",
    ItemKind.DATE: "D",
}
ROW_KINDS = {ItemKind.YES_NO: "C", ItemKind.NUMBER: "K", ItemKind.MULTIPLE_CHOICE: "M"}
FIXED_ARRAYS = {
    tuple("12345"): "A",
    tuple(str(point) for point in range(1, 11)): "B",
    ("Y", "U", "N"): "C",
    ("I", "S", "D"): "E",
}
WITHOUT_OPTIONS = "ABCE"


@dataclass(frozen=True)
class _Reading:
    """An item and what it reads: a platform question (`base`) or parts of it."""

    item: Item
    base: str
    parts: tuple[str, ...]  # `OUT[SQ001]` → ("SQ001",)


def survey_from_model(model: MaturityModel, survey_id: int, title: str) -> SandboxSurvey:
    """An active survey without responses that asks what a model's items read.

    Items that read parts of one platform question (`OUT[SQ001]`, `STR2[comment]`) share it.

    Args:
        model: any valid model.
        survey_id: its number on the platform.
        title: its title, in every language of the model.
    """
    numbers = count(survey_id * 1000)
    groups, questions, seen = [], [], set[str]()
    for order, (heading, items) in enumerate(_sections(model), start=1):
        group = SandboxGroup(next(numbers), order, heading)
        mine = [base for base in dict.fromkeys(map(_base, items)) if base not in seen]
        seen.update(mine)
        orders = count()
        found = [_question(model, base, heading, group.gid, numbers, orders) for base in mine]
        if found:
            groups.append(group)
            questions += found
    return SandboxSurvey(
        survey_id=survey_id,
        titles=dict.fromkeys(model.languages, escape(title, quote=False)),
        languages=model.languages,
        groups=tuple(groups),
        questions=tuple(questions),
    )


def _sections(model: MaturityModel) -> Iterator[tuple[Texts, tuple[Item, ...]]]:
    yield PROFILE_TITLE, model.profile_questions
    for axis in model.axes:
        items = (item for dimension in axis.dimensions for item in dimension.items)
        yield _html(axis.label, model), tuple(items)
    yield CLOSING_TITLE, model.other_items


def _reading(item: Item) -> _Reading:
    base, *parts = re.findall(r"[A-Za-z0-9_]+", item.platform_column)
    return _Reading(item, base, tuple(parts))


def _base(item: Item) -> str:
    return _reading(item).base


def _question(
    model: MaturityModel,
    base: str,
    heading: Texts,
    gid: int,
    numbers: Iterator[int],
    orders: Iterator[int],
) -> SandboxQuestion:
    readings = [reading for reading in map(_reading, model.items) if reading.base == base]
    main = next((each for each in readings if not _beside(each)), readings[0])
    kind = _kind(model, main, readings)
    qid, order = next(numbers), next(orders)
    rows = [
        SandboxRow(next(numbers), code, texts, next(orders), scale)
        for code, texts, scale in _rows(model, kind, readings)
    ]
    return SandboxQuestion(
        qid=qid,
        gid=gid,
        code=base,
        kind=kind,
        texts=heading if main.parts and not _beside(main) else _html(main.item.question, model),
        order=order,
        options=() if kind in WITHOUT_OPTIONS else tuple(_options(model, readings)),
        rows=tuple(rows),
        other=any(each.item.other or each.parts == ("other",) for each in readings),
        mandatory=main.item.mandatory,
        helps=_html(main.item.help, model) if main.item.help else {},
    )


def _beside(reading: _Reading) -> bool:
    """Whether an item reads what stands beside the answer: the comment, or « other »."""
    return reading.parts in (("comment",), ("other",))


def _kind(model: MaturityModel, main: _Reading, readings: Iterable[_Reading]) -> str:
    item, parts = main.item, main.parts
    if any(reading.parts == ("comment",) for reading in readings):
        return "O"
    if parts == ("other",):
        return "L"
    if len(parts) > 1:
        return "1"
    if not parts:
        return "L" if item.kind in CODED_KINDS else KINDS[item.kind]
    if "_" in parts[0]:
        return ":" if item.kind is ItemKind.NUMBER else ";"
    if item.kind in CODED_KINDS:
        codes = tuple(option.code for option in model.options(item))
        return FIXED_ARRAYS.get(codes, "F")
    return ROW_KINDS.get(item.kind, "Q")


def _rows(
    model: MaturityModel, kind: str, readings: Iterable[_Reading]
) -> Iterator[tuple[str, Texts, int]]:
    """Row code, its texts and its scale; each row once."""
    found: dict[tuple[str, int], Texts] = {}
    for reading in readings:
        texts = _html(reading.item.question, model)
        for choice in reading.item.choices:
            found.setdefault((choice.code, 0), _option_texts(model, reading.item, choice))
        if not reading.parts or _beside(reading):
            continue
        row, _, column = (
            reading.parts[0].partition("_") if kind in ":;" else (reading.parts[0], "", "")
        )
        found.setdefault((row, 0), texts)
        if column:
            found.setdefault((column, 1), texts)
    for (code, scale), texts in found.items():
        yield code, texts, scale


def _options(model: MaturityModel, readings: Iterable[_Reading]) -> Iterator[SandboxOption]:
    """The options of every coded item of a question, each once, by scale."""
    seen = set[tuple[str, int]]()
    for reading in readings:
        if reading.item.kind not in CODED_KINDS:
            continue
        scale = 1 if reading.parts[1:] == ("2",) else 0
        value = count(1)
        for option in model.options(reading.item):
            if (option.code, scale) not in seen:
                seen.add((option.code, scale))
                yield SandboxOption(
                    option.code,
                    _shared_texts(model, reading, option),
                    next(value) if option.out_of_scale is None else 0,
                    scale,
                )


def _shared_texts(model: MaturityModel, reading: _Reading, option: Option) -> Texts:
    """An option's texts; in an array, whose rows share them, a level goes by its own name."""
    if reading.parts and option.label is None and option.level is not None:
        return _html(model.level(option.level).label, model)
    return _option_texts(model, reading.item, option)


def _option_texts(model: MaturityModel, item: Item, option: Option) -> Texts:
    return {
        language: escape(model.option_text(item, option, language), quote=False)
        for language in model.languages
    }


def _html(text: Text, model: MaturityModel) -> Texts:
    return {language: escape(text.say(language), quote=False) for language in model.languages}
