"""The other half of the studies of `test_attack`, and what shows that the attacker has teeth."""

from dataclasses import replace
from random import Random

import pytest

from tasks.disclosure import settling
from tasks.disclosure.check import check_publication, given_away
from tasks.disclosure.reading import unpublished_charts
from tasks.interviews.model import Note, NoteKind, PositionChange
from tasks.results import Withheld
from tasks.scoring import collective
from tasks.scoring.publication import waits_after_erasure
from tests.leaks import lives
from tests.leaks.holder import CHUNKS, attack, chunk, found_in, history, moves_read
from tests.leaks.lives import Life, life, template, trusted_frames
from tests.scoring.specimens import fingerprints, study

GONE = "#gone"
REVISED = PositionChange.REVISED
POINTS = 157  # a study whose points between two axes tell people apart from issue to issue

__all__ = ["trusted_frames"]

pytestmark = pytest.mark.usefixtures("trusted_frames")


@pytest.mark.parametrize("number", range(CHUNKS // 2, CHUNKS))
def test_three_issues_give_nobody_away(number: int) -> None:
    """No cell of a small group and nobody's answer follows from all the figures published."""
    assert found_in(number) == {}


@pytest.mark.parametrize("number", range(CHUNKS))
def test_the_attacker_succeeds_without_suppression(number: int) -> None:
    """The same attacker, with everything shown, finds people in nearly all of some studies."""
    found = [bool(attack(life(seed, suppressed=False))) for seed in chunk(number)[:5]]
    assert sum(found) >= 4


def test_the_same_people_are_counted_before_and_after_the_interviews(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody who was met without being asked, or whose answers still wait, comes in afterwards."""
    monkeypatch.setattr(settling, "tells_a_move", lambda *_: False)  # so that more is shown
    views = [
        (one.distribution, one.interviews.after)
        for seed in (19, 30, 41)
        for results in life(seed).results
        for one in results.dimensions
        if one.interviews and one.interviews.after.counts is not None
    ]
    people = [{one.n + sum(one.out_of_scale.values()) for one in pair} for pair in views]
    assert len(people) > 5
    assert [counted for counted in people if len(counted) > 1] == []


def test_the_last_person_met_is_not_given_away_by_what_changed() -> None:
    """One person more was met, and revised: that distribution is withheld, with its reason."""
    lived = Life(Random(1), study(3, sides="AB"))
    lived.join(9)
    first, *others = sorted(lived.people)
    _, side, said = lived.people[first]
    lived.people[first] = (first, side, {**said, "STR1": "S1"})
    for name in others[:5]:
        lived.interviews[name] = (Note(name, "d1", NoteKind.POSITION, "", PositionChange.NUANCED),)
    lived.refresh(closed=False, over=False)
    met = PositionChange.REVISED
    lived.interviews[first] = (Note(first, "d1", NoteKind.POSITION, "", met, "S3"),)
    lived.refresh(closed=False, over=True)
    views = [results.dimension("d1").interviews for results in lived.results]
    assert [view.interviewed for view in views if view] == [5, 6]
    assert [view.after.withheld for view in views if view] == [None, Withheld.COMPLEMENTARY]
    assert [view.revised for view in views if view] == [0, None], "nor who it was by the counts"
    assert any("d’après les entretiens" in note for note in lived.results[-1].withheld_notes)
    assert attack(lived) == set()


def test_who_confirmed_and_revised_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shown as they come, the counts tell what came of the interview of the last person met."""
    monkeypatch.setattr(settling, "_after", lambda one, *_: one.interviews)
    lived = Life(Random(1), study(3, sides="AB"))
    lived.join(9)
    *others, last = sorted(lived.people)
    for name in others[:5]:
        lived.interviews[name] = (Note(name, "d1", NoteKind.POSITION, "", PositionChange.NUANCED),)
    lived.refresh(closed=False, over=False)
    lived.interviews[last] = (Note(last, "d1", NoteKind.POSITION, "", PositionChange.CONFIRMED),)
    lived.refresh(closed=False, over=True)
    assert ("dimension.d1.interview", frozenset({last})) in {
        (name, one.people) for name, one in attack(lived)
    }


def interviewed(revising: int) -> Life:
    """Nine people said S1, six were met; so many of them revised it to S3."""
    lived = Life(Random(1), study(3, sides="AB"))
    lived.join(9)
    for number, (name, (_, side, said)) in enumerate(sorted(lived.people.items())):
        lived.people[name] = (name, side, {**said, "STR1": "S1"})
        change = (REVISED, "S3") if number < revising else (PositionChange.CONFIRMED, None)
        if number < 6:
            lived.interviews[name] = (Note(name, "d1", NoteKind.POSITION, "", *change),)
    lived.refresh(closed=False, over=True)
    return lived


@pytest.mark.parametrize(
    ("revising", "reason"), [(0, None), (1, "small_group"), (2, "small_group"), (3, None)]
)
def test_a_change_of_mind_is_told_of_three_or_of_nobody(revising: int, reason: str | None) -> None:
    """One or two are counted; what they said instead is not shown, and the report says why."""
    lived = interviewed(revising)
    view = lived.results[-1].dimension("d1").interviews
    assert view is not None
    assert (view.revised, view.after.withheld) == (revising, reason)
    told = [note for note in lived.results[-1].withheld_notes if "ont changé de réponse" in note]
    assert bool(told) is bool(reason)
    assert moves_read(lived) == set()


@pytest.mark.parametrize("revising", [1, 2])
def test_a_change_of_mind_of_few_would_be_read(
    revising: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With that rule undone, the attacker reads it, and so does the last check."""
    monkeypatch.setattr(settling, "tells_a_move", lambda *_: False)
    lived = interviewed(revising)
    assert moves_read(lived) == {("dimension.d1", 0)}
    assert "dimension.d1" in given_away(lived.issues[0], (), lived.model, 3)


def test_a_fourth_change_of_mind_is_not_read_from_two_issues() -> None:
    """Three were told; a week later one more person revises: the distribution is withheld."""
    lived = interviewed(3)
    last = sorted(lived.people)[5]
    lived.interviews[last] = (Note(last, "d1", NoteKind.POSITION, "", REVISED, "S3"),)
    lived.refresh(closed=False, over=True)
    views = [results.dimension("d1").interviews for results in lived.results]
    assert [view.after.counts is not None for view in views if view] == [True, False]
    assert moves_read(lived) == set()


def test_points_between_two_axes_would_give_people_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shown as they come, the points of two issues tell people's answers; settled, they do not."""
    lived = life(POINTS)
    assert any(results.quadrant for results in lived.results)
    assert "quadrant" not in {name for name, _ in attack(lived)}
    notes = [note for results in lived.results for note in results.withheld_notes]
    assert any("positions entre les deux axes" in note for note in notes)
    monkeypatch.setattr(settling, "shown_quadrant", lambda points, *_, **__: points)
    lived = life(POINTS)
    assert "quadrant" in {name for name, _ in attack(lived)}
    minimum = lived.study.confidentiality.min_group
    told = [
        given_away(issue, lived.issues[:place], lived.model, minimum)
        for place, issue in enumerate(lived.issues)
    ]
    assert any("quadrant" in tables for tables in told), "the last check finds it as well"


def test_a_drawing_of_more_people_than_published_is_found() -> None:
    """The points drawn are those of the figures; a document without the drawing needs none."""
    lived = life(19)
    content, drawer = lived.contents[0], lived.drawer
    assert content.charts["quadrant"].points
    assert list(unpublished_charts(content, drawer)) == []
    fewer = {name: n for name, n in content.values.items() if not name.startswith("quadrant.")}
    assert list(unpublished_charts(replace(content, values=fewer), drawer)) == ["quadrant"]
    assert list(unpublished_charts(replace(content, charts={}), drawer)) == []


def test_somebody_erased_is_not_worked_out_unless_staff_choose() -> None:
    """The results wait; shown all the same, the attacker finds what the one who left had said."""
    for seed in range(8):
        lived = Life(Random(seed), study(3, sides="AB"))
        lived.join(12)
        lived.refresh(closed=False, over=False)
        lived.erase(sorted(lived.people)[0])
        now = fingerprints(list(lived.people.values()))
        assert waits_after_erasure(lived.ledger, now, 3, closed=False)
        assert waits_after_erasure(lived.ledger, now, 3, closed=True)
        assert attack(lived) == set()
        lived.refresh(closed=False, over=False, after_erasure=True)
        assert any(one.people == {GONE} for _, one in attack(lived)), seed


def test_after_an_erasure_enough_new_answers_publish_again() -> None:
    """With the smallest group of people that differ nothing waits, and nobody is found."""
    for seed in range(8):
        lived = Life(Random(seed), study(3, sides="AB"))
        lived.join(12)
        lived.refresh(closed=False, over=False)
        lived.erase(sorted(lived.people)[0])
        lived.join(3)
        now = fingerprints(list(lived.people.values()))
        assert not waits_after_erasure(lived.ledger, now, 3, closed=False)
        lived.refresh(closed=False, over=False)
        assert attack(lived) == set(), seed


def test_people_met_without_being_asked_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attacker sees it when somebody is counted afterwards who was not before."""
    lived = Life(Random(3), study(3, sides="ABC"))
    lived.join(30)
    for name, (_, side, said) in lived.people.items():
        lived.people[name] = (name, side, {**said, "STR2": "S1"})
    outside = [name for name, (_, side, _) in lived.people.items() if side == "C"]
    asked = [name for name, (_, side, _) in lived.people.items() if side == "A"]
    for name in (*outside[:2], asked[0]):
        lived.interviews[name] = (Note(name, "d2", NoteKind.POSITION, "", REVISED, "S3"),)
    everybody = lambda _code, _item, scoring: scoring.plan.publication.interviews  # noqa: E731
    monkeypatch.setattr(collective, "_of_those_counted", everybody)
    monkeypatch.setattr(lives, "settle", lambda results, made, *_, **__: (results, made))
    lived.refresh(closed=False, over=True)
    assert any(one.people <= set(outside) for _, one in attack(lived))


@pytest.mark.parametrize("number", range(CHUNKS))
def test_finished_documents_say_what_the_figures_say(number: int) -> None:
    """Real Word reports of one study per part: nothing is found, whichever issue is looked at."""
    lived = life(chunk(number)[0])
    for place, (issue, content) in enumerate(zip(lived.issues, lived.contents, strict=True)):
        document = template().render(content.context, content.charts, content.properties)
        assert not check_publication(
            {"r.docx": document}, content, issue, history(lived, place), lived.model, lived.study
        )
