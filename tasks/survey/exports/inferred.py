"""What a table of answers tells of the questionnaire behind it, read with the model."""

from collections.abc import Collection, Iterator, Mapping

from config.maturity_model import CODED_KINDS, Item, ItemKind, MaturityModel
from tasks.survey.exports.headings import SYSTEM
from tasks.survey.source import PlatformQuestion

ALONE = {
    ItemKind.YES_NO: "Y",
    ItemKind.NUMBER: "N",
    ItemKind.DATE: "D",
    ItemKind.MULTIPLE_CHOICE: "M",
}
IN_ROWS = {ItemKind.NUMBER: "K", ItemKind.YES_NO: "C", ItemKind.MULTIPLE_CHOICE: "M"}


def inferred_questions(
    keys: Collection[str], model: MaturityModel, language: str
) -> tuple[PlatformQuestion, ...]:
    """One question for each code in the headings, of a type that has exactly these columns.

    Headings tell neither types nor options: those of the model are taken, so that comparing finds
    what is missing and nothing else. Answers that the model does not know are set aside later.
    """
    parts: dict[str, list[str]] = {}
    for key in keys:
        if key not in SYSTEM:
            code, _, rest = key.partition("[")
            parts.setdefault(code, []).append(f"[{rest}" if rest else "")
    return tuple(_question(code, found, model, language) for code, found in parts.items())


def lacking(keys: Collection[str], model: MaturityModel, language: str) -> Mapping[str, str]:
    """The columns that the model reads and the headings lack → the text of their question."""
    return {
        column: item.question.say(language)
        for item in model.items
        for column in item.platform_columns
        if column not in keys
    }


def _question(code: str, parts: list[str], model: MaturityModel, language: str) -> PlatformQuestion:
    items = [item for item in model.items if item.platform_column.partition("[")[0] == code]
    main = next((one for one in items if not _beside(one.platform_column)), None)
    options = {} if main is None else _options(main, model, language)
    boxes = main is not None and main.kind is ItemKind.MULTIPLE_CHOICE
    return PlatformQuestion(
        code=code,
        kind=_kind(parts, main),
        text=main.question.say(language) if main else code,
        options={} if boxes else options,
        rows={row: options.get(row, row) for row in _rows(parts)},
        other="[other]" in parts,
    )


def _kind(parts: Collection[str], main: Item | None) -> str:
    """LimeSurvey's letter for a question with these columns."""
    kind = main.kind if main else ItemKind.TEXT
    if any(part.endswith("comment]") and part != "[comment]" for part in parts):
        return "P"
    if "[comment]" in parts:
        return "O"
    if "" in parts:
        return "L" if kind in CODED_KINDS else ALONE.get(kind, "T")
    if any(part.count("[") > 1 for part in parts):
        return "1"
    return "F" if kind in CODED_KINDS else IN_ROWS.get(kind, "Q")


def _rows(parts: Collection[str]) -> Iterator[str]:
    rows = (part.strip("[]").partition("]")[0] for part in parts if part)
    beside = (*("other", "comment", "othercomment", "filecount"),)
    return (row for row in dict.fromkeys(rows) if row not in beside and not row.endswith("comment"))


def _beside(column: str) -> bool:
    return column.endswith(("[other]", "comment]"))


def _options(item: Item, model: MaturityModel, language: str) -> dict[str, str]:
    return {
        option.code: model.option_text(item, option, language) for option in model.options(item)
    }
