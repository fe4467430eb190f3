"""What the interviews changed, read by somebody who kept every report, over the closing too."""

from collections.abc import Sequence
from random import Random

import pytest

from tasks.disclosure import settling
from tasks.interviews.model import Note, NoteKind, PositionChange
from tests.leaks import lives
from tests.leaks.holder import attack, moves_read
from tests.leaks.lives import Life, trusted_frames
from tests.scoring.specimens import study

CONFIRMED, NUANCED, REVISED = PositionChange

__all__ = ["trusted_frames"]

pytestmark = pytest.mark.usefixtures("trusted_frames")


def asked(people: int, min_group: int) -> Life:
    """So many people, who all said S1 of the first subject and S2 of the second."""
    lived = Life(Random(1), study(min_group, sides="AB"))
    lived.join(people)
    for name, (_, side, said) in lived.people.items():
        lived.people[name] = (name, side, {**said, "STR1": "S1", "STR2": "S2"})
    return lived


def meet(lived: Life, names: Sequence[str], subject: str, change: PositionChange) -> None:
    """These people are met, and speak of one subject."""
    level = "S3" if change is REVISED else None
    for name in names:
        note = Note(name, subject, NoteKind.POSITION, "", change, level)
        lived.interviews[name] = (note,)


def first_to_speak(change: PositionChange) -> tuple[Life, str]:
    """Twelve are met and silent on a subject; then one more is, who speaks of it."""
    lived = asked(15, 5)
    *others, last = sorted(lived.people)[:13]
    meet(lived, others, "d1", CONFIRMED)
    lived.refresh(closed=False, over=False)
    meet(lived, [last], "d2", change)
    lived.refresh(closed=False, over=True)
    return lived, last


@pytest.mark.parametrize("change", PositionChange)
def test_the_first_to_speak_of_a_subject_is_not_told(change: PositionChange) -> None:
    """That nobody had spoken of it is told by counts of zero; the first who does is withheld."""
    lived, _ = first_to_speak(change)
    silent, told = (results.dimension("d2").interviews for results in lived.results)
    assert silent is not None
    assert (silent.interviewed, silent.confirmed, silent.nuanced, silent.revised) == (12, 0, 0, 0)
    assert told is not None
    assert (told.interviewed, told.confirmed, told.nuanced, told.revised) == (13, None, None, None)
    assert attack(lived) == set()


@pytest.mark.parametrize("change", PositionChange)
def test_the_first_to_speak_would_be_found(
    change: PositionChange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shown as they come, the counts tell what this person said: the attacker knows the zeros."""
    monkeypatch.setattr(settling, "_after", lambda one, *_: one.interviews)
    lived, last = first_to_speak(change)
    assert ("dimension.d2.interview", frozenset({last}), change.value) in {
        (name, one.people, one.answer) for name, one in attack(lived)
    }


def fourth_at_the_closing() -> Life:
    """Three revise; four more are met before the closing, and one of them revises."""
    lived = asked(15, 3)
    people = sorted(lived.people)
    meet(lived, people[:3], "d1", REVISED)
    meet(lived, people[3:6], "d1", CONFIRMED)
    lived.refresh(closed=False, over=False)
    meet(lived, people[6:7], "d1", REVISED)
    meet(lived, people[7:10], "d1", CONFIRMED)
    lived.refresh(closed=True, over=False)
    return lived


def test_the_closing_does_not_tell_a_fourth_change_of_mind() -> None:
    """The closing lifts the comparison of answers; interviews go on, and so does theirs."""
    lived = fourth_at_the_closing()
    before, after = (results.dimension("d1").interviews for results in lived.results)
    assert before is not None
    assert before.moves == {"S1>S3": 3}
    assert after is not None
    assert (after.after.counts, after.moves) == (None, {})
    assert moves_read(lived) == set()


def test_a_fourth_change_of_mind_would_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the earlier issues forgotten at the closing, the attacker reads it."""
    monkeypatch.setattr(lives, "former_issues", lambda *_, **__: ())
    assert moves_read(fourth_at_the_closing()) == {("dimension.d1", 1)}


def last_met_at_the_closing() -> tuple[Life, str]:
    """One person more is met before the closing, after which no interview is to come."""
    lived = asked(15, 3)
    *others, last = sorted(lived.people)[:7]
    meet(lived, others, "d1", NUANCED)
    lived.refresh(closed=False, over=False)
    meet(lived, [last], "d1", CONFIRMED)
    lived.refresh(closed=True, over=True)
    return lived, last


def test_the_closing_does_not_tell_what_the_last_person_met_did() -> None:
    """The counts of who confirmed and nuanced are compared over the closing."""
    lived, _ = last_met_at_the_closing()
    view = lived.results[-1].dimension("d1").interviews
    assert view is not None
    assert (view.interviewed, view.confirmed, view.nuanced) == (7, None, None)
    assert attack(lived) == set()


def test_the_last_person_met_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the earlier issues forgotten at the closing, the attacker finds them."""
    monkeypatch.setattr(lives, "former_issues", lambda *_, **__: ())
    lived, last = last_met_at_the_closing()
    assert ("dimension.d1.interview", frozenset({last})) in {
        (name, one.people) for name, one in attack(lived)
    }
