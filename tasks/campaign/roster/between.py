"""What only shows between the rows of a list, or beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tasks.campaign.roster.cells import Kind, RawCell, Table
from tasks.campaign.roster.model import EMAIL, FIRSTNAME, LASTNAME, Line
from tasks.campaign.roster.rows import RowReader


def rows_under(table: Table, at: int) -> Iterator[tuple[int, tuple[RawCell, ...]]]:
    """The rows under the headings, with their numbers."""
    yield from enumerate(table.rows[at:], start=at + 1)


def filled(cell: RawCell) -> bool:
    """Whether there is anything in a cell."""
    return bool(cell.text) or cell.kind in (Kind.FORMULA, Kind.ERROR)


def same_address(lines: Iterable[Line], reader: RowReader) -> tuple[list[Line], list[str]]:
    """The lines with each person once; rows that differ under one address are all doubtful."""
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.values[EMAIL].casefold()].append(line)
    remarks = []
    for first, *others in groups.values():
        differing = [one for one in others if one.values != first.values]
        for one in differing:
            rows = ", ".join(str(other.row) for other in (first, *others) if other is not one)
            reader.fault(one.row, EMAIL, "la même adresse est déjà à la ligne {rows}.",
                         "Gardez une ligne par personne.", rows=rows)  # fmt: skip
        if differing:
            rows = ", ".join(str(other.row) for other in others)
            reader.fault(first.row, EMAIL, "la même adresse est aussi à la ligne {rows}.",
                         "Gardez une ligne par personne.", rows=rows)  # fmt: skip
        elif others:
            remarks.append(
                reader.say("Ligne {row} répétée à la ligne {rows} : comptée une fois.",
                           row=first.row, rows=", ".join(str(one.row) for one in others))
            )  # fmt: skip
    return [group[0] for group in groups.values()], remarks


def same_person(lines: Iterable[Line], reader: RowReader) -> Iterator[str]:
    """Remarks on people who stand under several addresses."""
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for line in lines:
        name = tuple(line.values[column].casefold() for column in (FIRSTNAME, LASTNAME))
        groups[name].append(line.row)
    for rows in groups.values():
        if len(rows) > 1:
            yield reader.say("Lignes {rows} : le même nom sous plusieurs adresses. Si c’est la "
                             "même personne, gardez une seule ligne.",
                             rows=", ".join(map(str, rows)))  # fmt: skip


def sideless(lines: Iterable[Line], reader: RowReader) -> Iterator[str]:
    """Remarks on values that tell no side, without the values: they may be telling."""
    for column, known in reader.columns.sides.items():
        rows = [
            line.row for line in lines
            if line.values.get(column) and line.values[column] not in known
        ]  # fmt: skip
        if rows:
            yield reader.say(
                "Colonne « {column} », lignes {rows} : valeur qui ne correspond à aucun point de "
                "vue de l’étude. Valeurs connues : {known}.",
                column=reader.columns.labels[column],
                rows=", ".join(map(str, rows)),
                known=", ".join(known),
            )


def unread(table: Table, at: int, reader: RowReader) -> Iterator[str]:
    """A remark on the columns that no heading explains."""
    texts = [
        cell.text[:40] for place, cell in enumerate(table.rows[at - 1])
        if cell.text and place not in reader.places.values()
    ]  # fmt: skip
    if texts:
        yield reader.say("Colonnes laissées de côté : {columns}.", columns=", ".join(texts))


def hidden(table: Table, at: int, reader: RowReader) -> Iterator[str]:
    """A remark on rows that a filter hides: they are read too."""
    rows = [row for row, cells in rows_under(table, at)
            if row in table.hidden and any(map(filled, cells))]  # fmt: skip
    if rows:
        yield reader.say("Des lignes masquées sont lues comme les autres : {rows}.",
                         rows=", ".join(map(str, rows)))  # fmt: skip
