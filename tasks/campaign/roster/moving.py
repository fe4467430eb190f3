"""People of a list who may only have changed their address: added anew, they are asked twice."""

from collections.abc import Iterable

from tasks.campaign.roster.cells import Table, tidy
from tasks.campaign.roster.columns import ListColumns
from tasks.campaign.roster.model import EMAIL, FIRSTNAME, LASTNAME, Roster
from tasks.campaign.roster.rows import RowReader
from tasks.survey.source import Participant


def without_moved(roster: Roster, there: Iterable[Participant], columns: ListColumns) -> Roster:
    """A list in which a new address under the name of somebody it no longer has is doubtful.

    Two people of the same name are told apart by a row for each.

    Args:
        roster: as read.
        there: the participants on the platform; those who have answered make no row doubtful.
        columns: of the list.
    """
    people = tuple(there)
    known = {one.email.strip().casefold() for one in people}
    listed = {line.values[EMAIL].casefold() for line in roster.lines}
    waiting = {
        _name(one.firstname, one.lastname): one.platform_id
        for one in people
        if not one.completed and one.email.strip().casefold() not in listed
    }
    reader = RowReader(Table("", ()), columns, {})
    for line in roster.lines:
        number = waiting.get(_name(line.values[FIRSTNAME], line.values[LASTNAME]))
        if number is not None and line.values[EMAIL].casefold() not in known:
            reader.fault(
                line.row, EMAIL,
                "le participant n° {number} de LimeSurvey a le même nom et une autre adresse, et "
                "n’a pas répondu.",
                "Si c’est la même personne, corrigez son adresse dans LimeSurvey (participant n° "
                "{number}) puis relancez ; sinon gardez aussi la ligne de l’autre dans la liste.",
                number=number,
            )  # fmt: skip
    gone = {fault.row for fault in reader.faults}
    lines = tuple(line for line in roster.lines if line.row not in gone)
    return Roster(roster.name, lines, (*roster.faults, *reader.faults), roster.remarks)


def _name(firstname: str, lastname: str) -> tuple[str, str]:
    return tidy(firstname).casefold(), tidy(lastname).casefold()
