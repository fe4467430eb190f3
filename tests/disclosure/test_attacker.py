"""The product's attacker finds what an exhaustive search of all possible worlds finds."""

from collections import Counter
from random import Random

import pytest

from tasks.disclosure.attack import Rebuilt, rebuilt, tells
from tasks.disclosure.tables import EVERYBODY, Table, after_table, changes_table
from tests.disclosure.exhaustive import found_out

COLUMNS = ("level.S1", "level.S2", "level.S3")


def groups(**people: str) -> dict[str, dict[str, str]]:
    """Sides with people of one letter each, all in their first version."""
    return {side: dict.fromkeys(names, "1") for side, names in people.items()}


def row(*counts: int) -> dict[str, int]:
    """People per level."""
    return dict(zip(COLUMNS, counts, strict=False))


def answers(found: frozenset[Rebuilt]) -> set[tuple[str, str]]:
    """What was found, short: the people's letters and the level."""
    return {("".join(sorted(one.people)), one.answer[-2:]) for one in found}


def test_a_small_side_alone_beside_a_shown_one_is_rebuilt() -> None:
    """The total less the shown side is the row of two people."""
    table = Table(groups(A="abcd", B="ef"), {EVERYBODY: row(3, 2, 1), "A": row(2, 2, 0)})
    assert answers(rebuilt([table], 3)) == {("ef", "S1"), ("ef", "S3")}


def test_a_small_side_with_cover_is_not() -> None:
    """Two hidden sides that do not agree cover each other."""
    table = Table(groups(A="abcd", B="ef", C="ghi"), {EVERYBODY: row(4, 3, 2), "A": row(2, 1, 1)})
    assert rebuilt([table], 3) == frozenset()


def test_one_answer_more_is_that_persons_answer() -> None:
    """The difference of two totals about one person."""
    before = Table(groups(A="abcdef"), {EVERYBODY: row(3, 2, 1)})
    after = Table(groups(A="abcdefg"), {EVERYBODY: row(3, 2, 2)})
    assert answers(rebuilt([before, after], 3)) == {("g", "S3")}


def test_two_late_answers_that_agree_are_both_known() -> None:
    """Each of two people is known when both gave the same answer, and neither when not."""
    before = Table(groups(A="abcdef"), {EVERYBODY: row(3, 2, 1)})
    alike = Table(groups(A="abcdefgh"), {EVERYBODY: row(3, 2, 3)})
    apart = Table(groups(A="abcdefgh"), {EVERYBODY: row(3, 3, 2)})
    assert answers(rebuilt([before, alike], 3)) == {("gh", "S3")}
    assert rebuilt([before, apart], 3) == frozenset()


def test_a_few_people_of_one_mind_are_found_and_everybody_is_not() -> None:
    """A side of two that agrees is found; everybody agreeing is the report's own result."""
    few = Table(groups(A="ab", B="cdef"), {EVERYBODY: row(4, 2, 0), "A": row(2, 0, 0)})
    assert ("ab", "S1") in answers(rebuilt([few], 3))
    everybody = Table(groups(A="ab", B="cdef"), {EVERYBODY: row(6, 0, 0), "A": row(2, 0, 0)})
    assert rebuilt([everybody], 3) == frozenset()


def test_hidden_sides_that_change_places_give_themselves_away() -> None:
    """A hidden with B, then A hidden with C: the unchanged sides are worked out of both."""
    known = groups(A="ab", B="cdef", C="ghij")
    total = row(4, 3, 3)
    first = Table(known, {EVERYBODY: total, "C": row(2, 1, 1)})
    second = Table(known, {EVERYBODY: total, "B": row(1, 2, 1)})
    assert rebuilt([first], 3) == frozenset()
    assert answers(rebuilt([first, second], 3)) == {("ab", "S1"), ("ab", "S3")}


def test_somebody_erased_since_does_not_confuse_it() -> None:
    """A row that counts one person more than are known is still read."""
    people = groups(A="abcd", B="ef") | {"C": {"#0f": "1"}}
    table = Table(people, {EVERYBODY: row(3, 2, 2), "A": row(2, 2, 0)})
    assert rebuilt([table], 3) == frozenset()


def after(before: Table, met: str, *counts: int) -> Table:
    """What the same people say once those were met."""
    interviews = {person: {"D": "confirmed"} for person in met}
    return after_table(before.groups, interviews, "dimension.D", row(*counts))


def test_one_interview_more_is_that_persons_answer() -> None:
    """Before and after, five of six met, then the sixth, who moved from S1 to S3."""
    before = Table(groups(A="abcdef"), {EVERYBODY: row(4, 2, 0)})
    five, six = after(before, "abcde", 3, 3, 0), after(before, "abcdef", 2, 3, 1)
    assert rebuilt([before, five], 3) == frozenset()
    assert answers(rebuilt([before, five, six], 3)) == {("f", "S1"), ("f", "S3")}


def test_the_last_one_who_changed_their_mind_is_found() -> None:
    """Fourteen confirmed, then a fifteenth was met and the counts say that one revised."""
    people = groups(A="abcdefgh", B="ijklmno")
    first = {person: {"D": "confirmed"} for person in "abcdefghijklmn"}
    before = changes_table(people, first, "dimension.D", {"confirmed": 14, "revised": 0})
    last = {**first, "o": {"D": "revised>S3"}}
    after = changes_table(people, last, "dimension.D", {"confirmed": 14, "revised": 1})
    assert rebuilt([before], 5) == frozenset()
    assert rebuilt([before, after], 5) == {Rebuilt(frozenset("o"), "revised")}


def test_a_side_met_alone_is_given_away_by_those_who_moved() -> None:
    """Two of a shown side were met, and two answers left the level that no other side gave."""
    before = Table(groups(A="abcd", B="efgh"), {EVERYBODY: row(2, 4, 2), "A": row(2, 0, 2)})
    moved = after(before, "ab", 0, 6, 2)
    assert rebuilt([before], 3) == frozenset()
    assert ("ab", "S1") in answers(rebuilt([before, moved], 3))


ERASED = "#0f"


def test_a_table_without_somebody_erased_tells_what_they_said() -> None:
    """The same people but for the one who left: the difference is found, and can be chosen."""
    former = Table({"A": groups(A="abcdef")["A"] | {ERASED: "1"}}, {EVERYBODY: row(4, 2, 1)})
    left = Table(groups(A="abcdef"), {EVERYBODY: row(4, 2, 0)})
    assert rebuilt([former, left], 3) == {Rebuilt(frozenset({ERASED}), "level.S3")}
    assert tells([former], [left], 3)
    assert not tells([former], [left], 3, whole_known=True)


def test_what_is_chosen_to_be_known_of_one_spares_nobody_else() -> None:
    """A side that leaves a small one stays refused, whoever was erased."""
    there = groups(A="abc", B="efgh")
    former = Table(there | {"C": {ERASED: "1"}}, {EVERYBODY: row(4, 3, 1)})
    side = Table(there, {EVERYBODY: row(4, 3, 0), "B": row(2, 2, 0)})
    assert tells([former], [side], 4, whole_known=True)


def test_people_counted_after_the_interviews_alone_are_found() -> None:
    """Somebody who was met without being asked must not come in afterwards: the attacker sees."""
    before = Table(groups(A="abcdef"), {EVERYBODY: row(3, 2, 1)})
    interviews = {"z": {"D": "revised>S3"}}
    more = after_table(before.groups, interviews, "dimension.D", row(3, 2, 2))
    assert Rebuilt(frozenset({"z"}), "level.S3") in rebuilt([before, more], 3)


def test_a_row_that_counts_a_stranger_is_found() -> None:
    """One person more than anybody knows of is somebody all the same."""
    before = Table(groups(A="abcdef"), {EVERYBODY: row(3, 2, 1)})
    more = Table(groups(A="abcdef"), {EVERYBODY: row(3, 2, 2)})
    assert rebuilt([before, more], 3)


def a_small_world(random: Random) -> tuple[list[Table], int]:
    """Two or three issues of a few people on three sides, some of them shown."""
    people = {name: random.choice("ABC") for name in "abcdefgh"[: random.randint(4, 8)]}
    told = {name: random.choice(COLUMNS) for name in people}
    versions = dict.fromkeys(people, 1)
    there = set(random.sample(sorted(people), random.randint(3, len(people))))
    issues = []
    for _ in range(random.randint(1, 3)):
        by_side = {s: {n: f"{versions[n]}" for n in there if people[n] == s} for s in "ABC"}
        shown = [side for side in "ABC" if by_side[side] and random.random() < 0.4]
        rows = {side: dict(Counter(told[n] for n in by_side[side])) for side in shown}
        rows[EVERYBODY] = dict(Counter(told[n] for n in there))
        issues.append(Table(by_side, rows))
        there |= set(random.sample(sorted(people), random.randint(0, 2)))
        for name in random.sample(sorted(there), random.randint(0, 1)):
            told[name], versions[name] = random.choice(COLUMNS), versions[name] + 1
    return issues, random.randint(2, 4)


def all_of_one_mind(issues: list[Table], people: frozenset[str], answer: str) -> bool:
    """Does an issue say that everybody, these people among them, gave this answer?"""
    return any(
        people <= {n for group in table.groups.values() for n in group}
        and table.rows[EVERYBODY].get(answer, 0) == sum(map(len, table.groups.values()))
        for table in issues
    )


@pytest.mark.parametrize("seed", range(8))
def test_it_finds_what_trying_every_world_finds(seed: int) -> None:
    """On fifty small studies per seed, bounds miss nothing about few people."""
    random = Random(seed)
    for _ in range(50):
        issues, min_group = a_small_world(random)
        slow = {
            (people, answer)
            for people, answer in found_out(issues, COLUMNS, min_group)
            if len(people) < min_group and not all_of_one_mind(issues, people, answer)
        }
        fast = {(one.people, one.answer) for one in rebuilt(issues, min_group)}
        assert slow <= fast, (issues, min_group)
        sides = {frozenset(g) for table in issues for g in table.groups.values()}
        assert all(people in sides or len(people) >= min_group for people, _ in fast - slow)
