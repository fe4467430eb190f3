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
    titles = {fold(word): code for word, code in guide.form.dimensions.items()}
    part = parts.most_common(1)[0][0] if parts else titles.get(fold(table.above), TOPIC)
    by_label: dict[str, Field] = {}
    for one in reversed(list(guide.of_part(part))):
        by_label[fold(guide.labels[one.role]).casefold()] = one
    return [_row(cells, part, by_key, by_label) for cells in table.rows]


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
    for cell in cells:
        here = [by_key[key] for key in dict.fromkeys(cell.keys) if key in by_key]
        if not here and (labelled := by_label.get(fold(before).casefold())):
            here = [labelled]
        if len(here) == 1 and here[0].role not in texts:
            texts[here[0].role] = cell.text
            part = here[0].part
        else:
            others.append(cell)
        fields += here
        before = cell.text
    return FieldRow(part, texts, tuple(fields), tuple(others))
