"""Read a participants list. Every doubtful row is named with what to do; nothing is guessed."""

from collections.abc import Collection, Sequence

from config.catalogue import say, say_count
from config.errors import ParticipantsError
from tasks.campaign.roster.between import (
    filled,
    hidden,
    rows_under,
    same_address,
    same_person,
    sideless,
    unread,
)
from tasks.campaign.roster.cells import Table, read_tables
from tasks.campaign.roster.columns import NEEDED, ListColumns
from tasks.campaign.roster.model import EMAIL, Roster
from tasks.campaign.roster.rows import RowReader

LISTED_FAULTS = 40


def read_roster(content: bytes, name: str, columns: ListColumns) -> Roster:
    """Read a list.

    Args:
        content: the bytes of the file, .xlsx or CSV.
        name: the file's name; its ending tells the format.
        columns: those that the study's list may have.

    Returns:
        The clear rows, the faults of the others, and remarks. Empty rows are passed over.

    Raises:
        ParticipantsError: the file cannot be read, has no headings or nobody in it.
    """
    table, at = _sheet(read_tables(content, name, columns.language), name, columns)
    places = _places(table, at, name, columns)
    reader = RowReader(table, columns, places)
    rows = [(row, cells) for row, cells in rows_under(table, at) if any(map(filled, cells))]
    lines = [line for row, cells in rows if (line := reader.line(row, cells)) is not None]
    if not rows:
        raise ParticipantsError(
            say("« {name} » n’a personne sous ses intitulés.", columns.language, name=name),
            say("Ajoutez une ligne par personne à inviter.", columns.language),
        )
    kept, repeated = same_address(lines, reader)
    remarks = (*unread(table, at, reader), *repeated, *same_person(kept, reader),
               *sideless(kept, reader), *hidden(table, at, reader))  # fmt: skip
    faults = tuple(sorted(reader.faults, key=lambda fault: fault.row))
    doubtful = {fault.row for fault in faults}
    clear = tuple(line for line in kept if line.row not in doubtful)
    return Roster(name, clear, faults, remarks)


def refuse_doubtful(roster: Roster, language: str) -> None:
    """Stop where a list has doubtful rows: nobody of it is sent before they are settled.

    Raises:
        ParticipantsError: names every doubtful row.
    """
    if not roster.faults:
        return
    shown = [f"  – {fault}" for fault in roster.faults[:LISTED_FAULTS]]
    more = len(roster.faults) - len(shown)
    if more:
        shown.append("  " + say("… et {more} autres.", language, more=more))
    doubtful = len(roster.doubtful_rows)
    heading = say_count(
        "« {name} » : {count} ligne douteuse sur {all}. Rien n’a été envoyé :",
        "« {name} » : {count} lignes douteuses sur {all}. Rien n’a été envoyé :",
        doubtful,
        language,
        name=roster.name,
        all=doubtful + len(roster.lines),
    )
    raise ParticipantsError(
        "\n".join((heading, *shown)),
        say("Corrigez ces lignes et relancez, ou relancez avec « --sans-les-lignes-douteuses » "
            "pour n’envoyer que les autres.", language),
    )  # fmt: skip


def without_erased(roster: Roster, erased: Collection[str], columns: ListColumns) -> Roster:
    """A list in which people who had themselves erased are doubtful rows.

    Args:
        roster: as read.
        erased: addresses, casefolded, of people erased at their request.
        columns: of the list.
    """
    reader = RowReader(Table("", ()), columns, {})
    for line in roster.lines:
        if line.values[EMAIL].casefold() in erased:
            reader.fault(
                line.row, EMAIL, "cette personne a demandé l’effacement de ses données.",
                "Retirez la ligne : elle n’est pas réinscrite.",
            )  # fmt: skip
    faults = (*roster.faults, *reader.faults)
    gone = {fault.row for fault in faults}
    lines = tuple(line for line in roster.lines if line.row not in gone)
    return Roster(roster.name, lines, faults, roster.remarks)


# --- the sheet and its headings -------------------------------------------------------------------


def _sheet(tables: Sequence[Table], name: str, columns: ListColumns) -> tuple[Table, int]:
    """The table that has the headings, and their row; of the readings of a CSV file the widest."""
    found = [(table, at) for table in tables if (at := columns.heading_row(table)) is not None]
    if not found:
        raise ParticipantsError(
            say("« {name} » n’a pas de ligne d’intitulés reconnue.", columns.language, name=name),
            say("Nommez les colonnes en tête de liste : {headings}. « maturity participants "
                "{study} --modele » écrit une liste à remplir.", columns.language,
                headings=", ".join(columns.labels.values()), study=columns.study),
        )  # fmt: skip
    if tables[0].title and len(found) > 1:
        raise ParticipantsError(
            say("« {name} » a plusieurs onglets avec des participants : {sheets}.",
                columns.language, name=name, sheets=", ".join(one.title[:40] for one, _ in found)),
            say("Gardez une seule liste dans le fichier, ou masquez les autres onglets.",
                columns.language),
        )  # fmt: skip
    return max(found, key=lambda pair: len(columns.places(pair[0].rows[pair[1] - 1])))


def _places(table: Table, at: int, name: str, columns: ListColumns) -> dict[str, int]:
    places = columns.places(table.rows[at - 1])
    twice = [columns.labels[column] for column, found in places.items() if len(found) > 1]
    lacking = [columns.labels[column] for column in NEEDED if column not in places]
    if twice:
        raise ParticipantsError(
            say("« {name} », ligne {row} : plusieurs colonnes pour {headings}.", columns.language,
                name=name, row=at, headings=", ".join(twice)),
            say("Gardez une seule colonne pour chaque intitulé.", columns.language),
        )  # fmt: skip
    if lacking:
        raise ParticipantsError(
            say("« {name} », ligne {row} : il manque {headings}.", columns.language, name=name,
                row=at, headings=", ".join(lacking)),
            say("Ajoutez ces colonnes, avec ces intitulés.", columns.language),
        )  # fmt: skip
    return {column: found[0] for column, found in places.items()}
