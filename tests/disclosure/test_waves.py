"""Paths between two waves, from one issue to the next, tell nobody's."""

from dataclasses import replace

from tasks.disclosure.check import given_away
from tasks.disclosure.tables import Issue
from tasks.disclosure.waves import few_joined, shown_changes
from tasks.results import WaveChange
from tests.scoring.specimens import model, people, score, study

PERSONS = people("A", "STR1", ["S1", "S2", "S2", "S2", "S4", "S4", "S4", "S5"])


def values(path: int) -> dict[str, int]:
    """The figures of an issue with so many people on one path."""
    return {"dimension.d1.wave.pairs": path, "dimension.d1.wave.move.S1>S2": path}


def shown(change: WaveChange, *history: dict[str, int], held: frozenset[str]) -> WaveChange:
    """This change as an issue may show it."""
    results, plan = score(PERSONS, study())
    return shown_changes([change], results.dimensions, plan, held, history)[0]


def test_one_person_more_on_a_path_is_not_told() -> None:
    """Four, then five: who came in between went that way. Nobody, or three more, may be told."""
    five, none = WaveChange("d1", 8, {"S1>S2": 5}, 0), frozenset[str]()
    assert shown(five, values(5), held=none) == five
    assert shown(five, values(2), held=none) == five
    assert shown(five, held=none) == five
    assert shown(five, values(4), held=none) == replace(five, paths={}, withheld=True)
    assert shown(five, values(5), values(7), held=none) == replace(five, paths={}, withheld=True)


def test_where_the_table_is_as_it_was_there_are_no_new_paths() -> None:
    """A dimension shown as the last issue showed it, or withheld, tells no path."""
    change = WaveChange("d1", 8, {"S1>S2": 5}, 0)
    assert shown(change, held=frozenset({"dimension.d1"})).paths == {}
    results, plan = score(PERSONS[:2], study())
    assert shown_changes([change], results.dimensions, plan, frozenset(), ())[0].paths == {}


def test_the_last_check_reads_it_in_the_figures() -> None:
    """Undone, the rule is missed: the check of the finished files names the dimension."""
    _, plan = score(PERSONS, study())
    groups = plan.publication.groups
    table = {"dimension.d1.level.S1": 8}
    four, five = (Issue(groups, {**table, **values(n)}) for n in (4, 5))
    assert given_away(five, [four], model(), 3) == ("dimension.d1",)
    assert given_away(five, [five], model(), 3) == ()
    assert few_joined({"S1>S2": 5}, [{"S1>S2": 4}], 3)
