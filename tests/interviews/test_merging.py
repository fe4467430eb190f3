"""Notes join the answers: positions after interview, words that may be printed, subjects."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import NotesError
from tasks.interviews.merging import (
    cells_before,
    interview_positions,
    interview_view,
    mentions,
    quotes,
    remarks,
    subjects,
)
from tasks.interviews.model import (
    Consent,
    Note,
    NoteKind,
    Notes,
    PositionChange,
    RemarkNote,
    SubjectNote,
)
from tasks.results import InterviewView, Quote, Remark, Subject
from tasks.scoring.positions import group_counts, tally
from tests.scoring.specimens import LEVELS, Person, answers, model, people, score, study


def position(person: str, change: str, level: str | None = None, on: str | None = "d1") -> Note:
    """What an interview did to a position."""
    kind = NoteKind.POSITION
    return Note(person, on, kind, "", PositionChange(change), level, where="A02, ligne 7")


def quote(person: str, words: str, consent: Consent, **more: object) -> Note:
    """A reviewed quote on d1."""
    note = Note(person, "d1", NoteKind.QUOTE, words, consent=consent, reviewed=True)
    return replace(note, **more)


def view(persons: list[Person], *notes: Note) -> InterviewView | None:
    """What the interviews changed on d1."""
    frame = answers(persons)
    counts = group_counts(LEVELS, tally(frame, {}).get("STR1", {}).values())
    positions = interview_positions(Notes(notes), model())
    before = cells_before(frame, positions).get("STR1", {})
    return interview_view("d1", positions, counts, before, study())


GROUP = people("A", "STR1", ["S1", "S2", "S2", "S2", "S4", "?", ""])


def test_revised_levels_replace_the_others_stay() -> None:
    """Confirmed and nuanced positions keep their level; the totals add up again."""
    notes = (
        position("A01", "revised", "S3"),
        position("A02", "confirmed"),
        position("A03", "nuanced"),
    )
    found = view(GROUP, *notes)
    assert found is not None
    assert (found.interviewed, found.confirmed, found.nuanced, found.revised) == (3, 1, 1, 1)
    assert found.after.counts == (0, 3, 1, 1, 0)
    assert found.after.out_of_scale == {"dont_know": 1, "unanswered": 1}
    assert found.reading_after.levels == ("S2",)


def test_a_level_given_in_the_interview_alone_is_a_new_position() -> None:
    """Who did not know, left the question empty or never answered it may say it then."""
    notes = (
        position("A06", "revised", "S4"),
        position("A07", "revised", "S4"),
        position("B99", "revised", "S5"),
    )
    found = view(GROUP, *notes)
    assert found is not None
    assert found.after.counts == (1, 3, 0, 3, 1)
    assert found.after.out_of_scale == {}
    assert (found.revised, found.moves) == (3, {})


def test_moves_of_one_or_two_people_are_not_told() -> None:
    """Three people who went from S2 to S3 are told; the one who went from S1 is not."""
    notes = [position(f"A0{n}", "revised", "S3") for n in (1, 2, 3, 4)]
    found = view(GROUP, *notes)
    assert found is not None
    assert found.moves == {"S2>S3": 3}


def test_a_level_revised_to_itself_is_no_move() -> None:
    """The note counts as it was written, and nothing moves."""
    notes = [position(f"A0{n}", "revised", "S2") for n in (2, 3, 4)]
    found = view(GROUP, *notes)
    assert found is not None
    assert (found.revised, found.moves, found.after.counts) == (3, {}, (1, 3, 0, 1, 0))


def test_a_dimension_that_came_up_in_no_interview_has_counts_of_zero() -> None:
    """That nobody spoke of it is a figure, so that the first who does can be protected."""
    found = view(GROUP, position("A01", "confirmed", on="d2"))
    assert found is not None
    assert (found.interviewed, found.confirmed, found.nuanced, found.revised) == (1, 0, 0, 0)
    assert found.after.counts == (1, 3, 0, 1, 0)
    assert not found.spoken


def test_while_no_interview_may_be_told_of_there_is_no_view() -> None:
    """Nobody met is not zero everywhere."""
    assert view(GROUP) is None


def test_notes_that_contradict_each_other_move_nobody() -> None:
    """The person was met; the questionnaire’s position stays until staff choose."""
    notes = Notes(
        (position("A01", "confirmed"), position("A01", "revised", "S2")),
        interviewed=frozenset({"A05"}),
    )
    assert interview_positions(notes, model()) == {"A01": {}, "A05": {}}


def test_other_notes_are_no_positions() -> None:
    """Brakes, quotes, and position lines without a change leave the positions alone."""
    notes = Notes(
        (
            Note("A01", "d1", NoteKind.BRAKE, "le temps", PositionChange.REVISED, "S9"),
            Note("A01", "d1", NoteKind.POSITION, "à revoir"),
        )
    )
    assert interview_positions(notes, model()) == {}


@pytest.mark.parametrize(
    "note",
    [
        position("A01", "revised", "S9"),
        position("A01", "revised", None),
        position("A01", "confirmed", on="d9"),
        position("A01", "confirmed", on=None),
    ],
)
@pytest.mark.parametrize(("language", "word"), [("fr", "Notes d’entretien"), ("en", "Interview")])
def test_unknown_levels_and_dimensions_are_named(note: Note, language: str, word: str) -> None:
    """The message says where the note stands and what to do."""
    with pytest.raises(NotesError) as caught:
        interview_positions(Notes((note,)), model(), language)
    assert word in caught.value.message
    assert "A02, ligne 7" in caught.value.message
    assert caught.value.remedy


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*LEVELS, "?", ""]), min_size=1, max_size=12),
    st.dictionaries(st.integers(1, 14), st.sampled_from(LEVELS), max_size=14),
)
def test_after_equals_answering_again(first: list[str], revised: dict[int, str]) -> None:
    """The counts after interview are those of a questionnaire with the new levels in it."""
    notes = [position(f"A{n:02}", "revised", level) for n, level in revised.items()]
    again = {f"A{n:02}": answer for n, answer in enumerate(first, 1)}
    again |= {f"A{n:02}": level for n, level in revised.items()}
    frame = answers([(name, "A", {"STR1": answer}) for name, answer in again.items()])
    expected = group_counts(LEVELS, tally(frame, {})["STR1"].values())
    found = view(people("A", "STR1", first), *notes)
    if found is None:
        assert not revised
    else:
        assert (found.after.counts, found.after.out_of_scale) == (
            expected.counts,
            expected.out_of_scale,
        )


SIDES, NAMES = {"A01": "Élus"}, {"A01": "Camille Exemple"}


@pytest.mark.parametrize(
    ("consent", "sides", "names", "attribution"),
    [
        (Consent.NAMED, SIDES, NAMES, "Camille Exemple"),
        (Consent.NAMED, SIDES, {}, "Élus"),
        (Consent.ANONYMOUS, SIDES, NAMES, "Élus"),
        (Consent.ANONYMOUS, {}, NAMES, ""),
    ],
)
def test_who_is_named(
    consent: Consent, sides: dict[str, str], names: dict[str, str], attribution: str
) -> None:
    """A name needs consent `named`; an anonymous quote bears at most its side."""
    met = frozenset({"A01", "A02", "A03"})
    notes = Notes((quote("A01", "On avance.", consent),), interviewed=met)
    sides = {person: label for label in sides.values() for person in met}
    assert quotes(notes, sides, names) == {"d1": (Quote("On avance.", attribution, "interview"),)}


@pytest.mark.parametrize(
    "kept",
    [
        quote("A01", "non", Consent.NONE),
        quote("A01", "non", Consent.NAMED, reviewed=False),
        quote("A01", "non", Consent.ANONYMOUS, reviewed=False),
        quote("A01", "non", Consent.NAMED, kind=NoteKind.EXAMPLE),
        quote("A01", "  ", Consent.NAMED),
    ],
)
def test_what_is_never_printed(kept: Note) -> None:
    """Without consent, without review, or not meant as a quote: not printed."""
    assert quotes(Notes((kept,)), SIDES, NAMES) == {}


def test_quotes_come_out_tidy_and_in_an_order_that_tells_nothing() -> None:
    """NFC, single spaces, markup as typed; alphabetical whoever spoke first."""
    notes = Notes(
        (
            quote("A02", "{{ 7*7 }} <w:p>", Consent.ANONYMOUS),
            quote("A01", "  E\u0301lan  vif\nsuite ", Consent.ANONYMOUS),
            quote("A03", "ailleurs", Consent.ANONYMOUS, dimension=None),
        )
    )
    found = quotes(notes, {}, {})
    assert [said.text for said in found["d1"]] == ["{{ 7*7 }} <w:p>", "\u00c9lan vif\nsuite"]
    assert [said.text for said in found[None]] == ["ailleurs"]


def test_subjects_are_grouped_by_label() -> None:
    """Case and spaces make no new subject; a person counts once, and only once reviewed.

    Of a subject that one person alone raised, nothing but staff's label is told.
    """
    notes = Notes(
        subjects=(
            SubjectNote("A01", "Sobriété  numérique", "durée de vie", reviewed=True),
            SubjectNote("A01", "sobriété numérique", "doublon"),
            SubjectNote("A02", "Sobriété numérique", "achats", reviewed=True),
            SubjectNote(None, "Archives", "", reviewed=True),
            SubjectNote(None, "Archives", "versements", reviewed=False),
            SubjectNote(None, "archives", "tri", reviewed=True),
            SubjectNote("A03", " ", "sans étiquette", reviewed=True),
            SubjectNote("A04", "Cantines", "dit par moi seule", reviewed=True),
            SubjectNote("A05", "Jamais relu", "non relu"),
        )
    )
    assert subjects(notes) == (
        Subject("Archives", 2, ("tri",)),
        Subject("Sobriété numérique", 2, ("achats", "durée de vie")),
        Subject("Cantines", 1),
    )


def test_remarks_are_reviewed_and_in_order() -> None:
    """The notion first, then level by level; unreviewed, empty or unknown ones stay out."""
    notes = Notes(
        remarks=(
            RemarkNote("A01", "S4", "trop théorique", reviewed=True),
            RemarkNote("A02", None, "un processus", reviewed=True),
            RemarkNote("A03", None, "non relu"),
            RemarkNote("A04", "S1", " ", reviewed=True),
            RemarkNote("A05", "S9", "inconnu", reviewed=True),
        )
    )
    assert remarks(notes, model()) == (Remark("", "un processus"), Remark("S4", "trop théorique"))


def told(
    persons: list[Person], min_group: int = 3, quote_group: int = 4, met: int = 3
) -> tuple[str, ...]:
    """Who an anonymous quote of A01 is attributed to, in the results of these people."""
    confidentiality = {"min_group": min_group, "quote_group": quote_group}
    one = study(sides="AB", confidentiality=confidentiality)
    people_met = frozenset(f"A{number:02}" for number in range(1, met + 1))
    notes = Notes((quote("A01", "On avance.", Consent.ANONYMOUS),), interviewed=people_met)
    results, _ = score(persons, one, notes=notes)
    return tuple(said.attribution for said in results.dimension("d1").quotes)


def test_a_side_is_told_only_from_enough_people() -> None:
    """The label stands when side and whole are large enough, and the side is shown."""
    large, small = people("A", "STR1", ["S1"] * 3), people("A", "STR1", ["S1"] * 2)
    others = people("B", "STR1", ["S2"] * 4)
    assert told([*large, *others]) == ("Groupe A",)
    assert told([*large, *others], quote_group=8) == ("",)
    assert told([*small, *others]) == ("",)
    assert told([*large, *others], met=2) == ("",), "two of the side were met: both are known"


def test_interviews_in_the_results() -> None:
    """From enough interviews on, every dimension discussed says what they changed."""
    persons = people("A", "STR1", ["S1", "S2", "S2", "S4", "S4"])
    few = Notes((position("A01", "revised", "S2"), position("A02", "confirmed")))
    results, _ = score(persons, notes=few)
    assert results.dimension("d1").interviews is None
    assert "entretiens ont eu lieu" in results.withheld_notes[-1]

    enough = Notes((*few.notes, position("A03", "nuanced")))
    results, _ = score(persons, notes=enough)
    found = results.dimension("d1").interviews
    assert found is not None
    assert found.after.counts == (0, 3, 0, 2, 0)
    assert results.dimension("d1").distribution.counts == (1, 2, 0, 2, 0)
    silent = results.dimension("d2").interviews
    assert silent is not None
    assert not silent.spoken, "nobody spoke of it, and that is told"


def test_reviewed_brakes_and_needs_reach_the_results() -> None:
    """Examples, brakes, levers and needs, once reviewed, stand with their dimension, nameless."""
    brake = Note("A01", "d1", NoteKind.BRAKE, "le  temps", reviewed=True)
    notes = Notes(
        (
            brake,
            replace(brake, respondent="A02"),
            replace(brake, text="à relire", reviewed=False),
            replace(brake, kind=NoteKind.NEED, text="un lexique"),
            replace(brake, kind=NoteKind.RESULTS, text="surpris", dimension=None),
        )
    )
    assert mentions(notes) == {"d1": {"brake": ("le temps",), "need": ("un lexique",)}}


@pytest.mark.parametrize(("missing", "told"), [(1, {}), (0, {"need": ("un lexique",)})])
def test_words_without_a_name_need_a_group(missing: int, told: dict[str, object]) -> None:
    """Under the group that quotes need, nothing that one person said is in the results."""
    one = study()
    group = people("A", "STR1", ["S2"] * (one.confidentiality.quote_group - missing))
    need = Note("A01", "d1", NoteKind.NEED, "un lexique", reviewed=True)
    results, _ = score(group, one, notes=Notes((need,)))
    assert dict(results.dimensions[0].mentions) == told
