"""Which cell of a guide is which field: by its hidden bookmark, else by the label before it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.interviews.guide_form import TOPIC, Field, GuideForm
from tasks.word.forms import FormCell, FormTable, key_of


def fold(text: str) -> str:
    """Return a text with single ordinary spaces."""
    return " ".join(text.split())


@dataclass(frozen=True)
class FieldRow:
    """The fields of a row, or of what belongs together: role → text."""

    part: str
    texts: Mapping[str, str]
    fields: tuple[Field, ...]
    others: tuple[FormCell, ...]  # labels, and what is no field


def locate(table: FormTable, guide: GuideForm) -> list[FieldRow]:
    """Find the fields of a table, row by row."""
    by_key = {key_of(one.name): one for one in guide.fields}
    parts = Counter(
        by_key[key].part for row in table.rows for cell in row for key in cell.keys if key in by_key
    )
    part = parts.most_common(1)[0][0] if parts else _part(table, guide)
    by_label: dict[str, Field] = {}
    for one in reversed(list(guide.of_part(part))):
        by_label[fold(guide.labels[one.role]).casefold()] = one
    return [_row(cells, part, by_key, by_label) for cells in table.rows]


def _part(table: FormTable, guide: GuideForm) -> str:
    """Of what a table without any bookmark speaks, by its labels and the title above it."""
    titles = {fold(word): code for word, code in guide.form.dimensions.items()}
    above = [titles[fold(text)] for text in table.above if fold(text) in titles]
    positions = any(row and fold(row[0].text) == guide.labels["change"] for row in table.rows)
    return above[-1] if above and positions else TOPIC


def _row(
    cells: Sequence[FormCell],
    part: str,
    by_key: Mapping[str, Field],
    by_label: Mapping[str, Field],
) -> FieldRow:
    texts: dict[str, str] = {}
    fields: list[Field] = []
    others: list[FormCell] = []
    before = ""
    if not any(cell.keys for cell in cells) and _label(cells[:1]) not in by_label:
        return FieldRow(part, {}, (), tuple(cells))  # no field and no label: a table of figures
    for cell in cells:
        here = [by_key[key] for key in dict.fromkeys(cell.keys) if key in by_key]
        if not here and (labelled := by_label.get(before)):
            here = [labelled]
        if len(here) == 1 and here[0].role not in texts:
            texts[here[0].role] = cell.text
            part = here[0].part
        else:
            others.append(cell)
        fields += here
        before = _label((cell,))
    return FieldRow(part, texts, tuple(fields), tuple(others))


def _label(cells: Sequence[FormCell]) -> str:
    return fold(cells[0].text).casefold() if cells else ""
