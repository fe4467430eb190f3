"""What was published so far, as sets of answers: pseudonyms and fingerprints, no answer.

One answer more this week, and the difference of the two tables *is* that person's questionnaire.
So every issue leaves behind the sets of answers its tables were made of, and the next one is
compared with all of them.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeVar

from tasks.interviews.merging import Positions
from tasks.interviews.words import Words
from tasks.results import Withheld
from tasks.scoring.disclosure import withheld_groups
from tasks.scoring.sums import Block
from tasks.store.records import ERASED, WORDS

Said = TypeVar("Said")

Group = Mapping[str, str]
"""Pseudonym → fingerprint of that person's clean answers."""

SHOWN, TOGETHER, INTERVIEWS = "side", "together", "interviews"
CLOSING, HELD = "closing", "held"
"""How the store names the parts of a publication; the first two are followed by the side."""


@dataclass(frozen=True)
class Publication:
    """The sets of answers that one issue made public. Pseudonyms: never in a report."""

    groups: Mapping[str, Group]  # side → its people; the empty side: side not known
    shown: frozenset[str]  # sides shown by themselves
    interviews: Positions = field(default_factory=dict)
    closing: bool = False  # the issue of the closed wave
    held: frozenset[str] = frozenset()  # tables shown as an earlier issue had shown them
    words: Words = field(default_factory=dict)  # of the interviews

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The disjoint sets whose counts can be read: shown sides, and the others together."""
        alone = [frozenset(self.groups[side].items()) for side in self.shown]
        rest = [people.items() for side, people in self.groups.items() if side not in self.shown]
        return tuple(block for block in (*alone, frozenset(chain(*rest))) if block)

    def asked(self, sides: tuple[str, ...], min_group: int) -> "Publication":
        """What is made public of an item that only these sides are asked (empty: all of them)."""
        if not sides:
            return self
        groups = {side: people for side, people in self.groups.items() if side in sides}
        hidden = {side: Withheld.COMPLEMENTARY for side in groups if side not in self.shown}
        reasons = withheld_groups(people_of(groups), min_group, hidden)
        return replace(self, groups=groups, shown=frozenset(groups.keys() - reasons.keys()))


Ledger = tuple[Publication, ...]
"""Everything published of a wave so far, oldest first."""


def write_ledger(ledger: Ledger) -> dict[str, dict[str, str]]:
    """The ledger as the store keeps it: breakdown → pseudonym → fingerprint.

    A person is a key of each breakdown they are part of, so that they can be erased from it.
    """
    return {
        f"{number:04} {breakdown}": people
        for number, publication in enumerate(ledger)
        for breakdown, people in _breakdowns(publication)
    }


def read_ledger(breakdowns: Mapping[str, Mapping[str, str]]) -> Ledger:
    """The ledger that `write_ledger` wrote."""
    issues: dict[str, dict[str, Mapping[str, str]]] = {}
    for name, people in sorted(breakdowns.items()):
        number, _, breakdown = name.partition(" ")
        issues.setdefault(number, {})[breakdown] = dict(people)
    return tuple(_publication(parts) for parts in issues.values())


def _breakdowns(publication: Publication) -> Iterator[tuple[str, dict[str, str]]]:
    for side, people in publication.groups.items():
        yield f"{SHOWN if side in publication.shown else TOGETHER} {side}", dict(people)
    yield INTERVIEWS, _as_json(publication.interviews)
    if publication.words:
        yield WORDS, _as_json(publication.words)
    if publication.closing:
        yield CLOSING, {}
    if publication.held:
        yield HELD, dict.fromkeys(sorted(publication.held), "")


def _publication(parts: Mapping[str, Mapping[str, str]]) -> Publication:
    named = [(*name.partition(" ")[::2], people) for name, people in parts.items()]
    return Publication(
        {side: people for kind, side, people in named if kind in (SHOWN, TOGETHER)},
        frozenset(side for kind, side, _ in named if kind == SHOWN),
        {person: _done(done) for person, done in parts.get(INTERVIEWS, {}).items()},
        CLOSING in parts,
        frozenset(parts.get(HELD, {})),
        {person: json.loads(keys) for person, keys in parts.get(WORDS, {}).items()},
    )


def _as_json(by_person: Mapping[str, Mapping[str, str | bool | None]]) -> dict[str, str]:
    return {person: json.dumps(said, sort_keys=True) for person, said in by_person.items()}


def _done(text: str) -> dict[str, str]:
    """What came of an interview; of somebody erased, which version of it is all that is left."""
    done: dict[str, str] = json.loads(text) if text.startswith("{") else {"": text}
    return done


def without_erased(ledger: Ledger) -> Ledger:
    """What was published, as if whoever was erased since had never been there."""
    return tuple(
        replace(
            one,
            groups={side: still_there(people) for side, people in one.groups.items()},
            interviews=still_there(one.interviews),
        )
        for one in ledger
    )


def still_there(people: Mapping[str, Said]) -> dict[str, Said]:
    """These people but for those erased since."""
    return {who: said for who, said in people.items() if not is_erased(who)}


def is_erased(person: str) -> bool:
    """Was this person erased? Nobody can tell any more who it was."""
    return person.startswith(ERASED)


def people_of(groups: Mapping[str, Group]) -> dict[str, Counter[str]]:
    """Each group's people, one by one, as `disclosure.withheld_groups` counts them."""
    return {side: Counter(list(group)) for side, group in groups.items()}
