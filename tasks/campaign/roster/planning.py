"""What a list would change on the platform; nobody is ever deleted."""

from collections.abc import Iterable, Iterator, Mapping

from config.catalogue import say
from tasks.campaign.platform import NewParticipant
from tasks.campaign.roster.cells import tidy
from tasks.campaign.roster.model import (
    EMAIL,
    FIRSTNAME,
    LANGUAGE,
    LASTNAME,
    Addition,
    Change,
    Line,
    Plan,
    Roster,
)
from tasks.survey.source import Participant


def plan_participants(roster: Roster, there: Iterable[Participant], language: str) -> Plan:
    """Compare a list with the platform, person by person, by their address.

    Args:
        roster: the list. While it has doubtful rows nobody is told as absent: they may be there.
        there: the participants, with their `language` among the attributes.
        language: of the study: given to whom the list and the platform give none, and of remarks.
    """
    people = tuple(there)
    by_address: dict[str, Participant] = {}
    for person in people:
        by_address.setdefault(person.email.strip().casefold(), person)
    additions, changes, unchanged = [], [], 0
    met: set[int] = set()
    for line in roster.lines:
        known = by_address.get(line.values[EMAIL].casefold())
        if known is None:
            additions.append(Addition(line.row, _new(line.values, language)))
            continue
        met.add(known.platform_id)
        if (change := _change(line, known, language)) is None:
            unchanged += 1
        else:
            changes.append(change)
    listed = {line.values[EMAIL].casefold() for line in roster.lines}
    absent = [one for one in people if one.email.strip().casefold() not in listed]
    return Plan(
        tuple(additions),
        tuple(changes),
        unchanged,
        () if roster.faults else tuple(one.platform_id for one in absent),
        tuple(doubled(people, language)),
    )


def _new(values: Mapping[str, str], language: str) -> NewParticipant:
    return NewParticipant(
        firstname=values[FIRSTNAME],
        lastname=values[LASTNAME],
        email=values[EMAIL],
        language=values.get(LANGUAGE) or language,
        attributes={
            name: value for name, value in values.items() if name.startswith("attribute_") and value
        },
    )


def _change(line: Line, known: Participant, language: str) -> Change | None:
    """What the list says otherwise; its empty cells, and the columns it lacks, say nothing."""
    held = _new(_values(known), language)
    said = {name: value for name, value in line.values.items() if value}
    # The address is the same but for its capitals: the platform's stays.
    wanted = _new({**_values(known), **said, EMAIL: known.email}, language)
    columns = tuple(
        name for name in (FIRSTNAME, LASTNAME, LANGUAGE)
        if tidy(getattr(held, name)) != tidy(getattr(wanted, name))
    ) + tuple(
        name for name, value in wanted.attributes.items()
        if tidy(held.attributes.get(name, "")) != tidy(value)
    )  # fmt: skip
    return Change(line.row, known.platform_id, columns, wanted) if columns else None


def _values(person: Participant) -> dict[str, str]:
    return {
        FIRSTNAME: person.firstname,
        LASTNAME: person.lastname,
        EMAIL: person.email,
        **person.attributes,
    }


def doubled(people: Iterable[Participant], language: str) -> Iterator[str]:
    """A remark on each address that several participants have."""
    numbers: dict[str, list[str]] = {}
    for person in people:
        if address := person.email.strip().casefold():
            numbers.setdefault(address, []).append(str(person.platform_id))
    for found in numbers.values():
        if len(found) > 1:
            yield say("Participants {numbers} de LimeSurvey : la même adresse. Gardez-en un.",
                      language, numbers=", ".join(found))  # fmt: skip
