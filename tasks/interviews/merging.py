"""Interview notes join the answers: positions after interview, quotes, subjects, remarks.

What is published never tells who: changes are counted over all the people interviewed, moves of
fewer than `MIN_MOVE` people are left out, and words need consent *and* a review by staff. Where the
two distributions would tell such a move all the same, `tasks.disclosure.settling` withholds the
one after the interviews.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from config.catalogue import say
from config.errors import NotesError
from config.maturity_model import ItemKind, MaturityModel, ReadingRule
from config.study import Study
from tasks.frames import ANSWERED
from tasks.interviews.model import MENTIONED, Consent, Note, NoteKind, Notes, PositionChange
from tasks.interviews.sources import undecided
from tasks.results import InterviewView, Quote, Remark, Subject
from tasks.scoring.positions import Cell, Counts, reading

MIN_MOVE = 3
"""A move from one level to another is told from this number of people on (the smallest group
that a study may choose): one or two of them could be recognised by those they spoke to. The
difference of the distributions before and after obeys it too (`tasks.disclosure.moves`)."""

Positions = Mapping[str, Mapping[str, str]]
"""Person interviewed → dimension → `confirmed`, `nuanced`, or `revised>` and the new level."""


def interview_positions(notes: Notes, model: MaturityModel, language: str = "fr") -> Positions:
    """What the interviews did to the positions, by person and dimension.

    A person counts as interviewed whose sheet says so, or on whom a position was noted. Where
    their notes contradict each other, none counts: the questionnaire's position stays.

    Raises:
        NotesError: a revised level, or a dimension, that the model does not have.
    """
    found: dict[str, dict[str, str]] = {person: {} for person in sorted(notes.interviewed)}
    open_yet = undecided(notes)
    for note in notes.notes:
        if note.kind is NoteKind.POSITION and note.change:
            dimension, change = _position(note, model, language)
            mine = found.setdefault(note.respondent, {})
            if (note.respondent, note.dimension) not in open_yet:
                mine[dimension] = change
    return dict(found)


def _position(note: Note, model: MaturityModel, language: str) -> tuple[str, str]:
    if note.dimension not in {dimension.code for dimension in model.dimensions}:
        raise _unknown(note, note.dimension, language)
    if note.change is not PositionChange.REVISED:
        return str(note.dimension), str(note.change)
    if note.revised_level not in model.level_codes:
        raise _unknown(note, note.revised_level, language)
    return str(note.dimension), f"{note.change}>{note.revised_level}"


def _unknown(note: Note, code: str | None, language: str) -> NotesError:
    return NotesError(
        say(
            "Notes d’entretien, {where} : « {code} » n’existe pas dans le modèle.",
            language,
            where=note.where or note.respondent,
            code=code or "",
        ),
        say("Choisissez la valeur dans la liste de la cellule, puis relancez.", language),
    )


def cells_before(answers: pd.DataFrame, people: Iterable[str]) -> dict[str, dict[str, Cell]]:
    """What these people answered to the stage items: item → person → state and level.

    Args:
        answers: a frame of the ANSWERS contract.
        people: pseudonyms.
    """
    stage = answers["kind"] == ItemKind.STAGE.value
    rows = answers[stage & answers["respondent"].isin(list(people))].astype(object)
    found: dict[str, dict[str, Cell]] = {}
    for item, person, state, level in zip(
        rows["item"], rows["respondent"], rows["state"], rows["level"], strict=True
    ):
        found.setdefault(item, {})[person] = (state, level if state == ANSWERED else "")
    return found


def interview_view(
    dimension: str,
    positions: Positions,
    counts: Counts,
    before: Mapping[str, Cell],
    study: Study,
    rule: ReadingRule = ReadingRule.DISTRIBUTION,
) -> InterviewView | None:
    """What the interviews changed on a dimension.

    Args:
        dimension: its code.
        positions: those that may be published.
        counts: the questionnaire's counts on this dimension; they must be fit to be shown.
        before: person → state and level in the questionnaire, for those interviewed.
        study: its words and language.
        rule: the model's reading rule.

    Returns:
        Revised levels replace; a level given in the interview alone is a new position. A dimension
        that came up in no interview has counts of zero: that nobody spoke of it is told, and the
        first who does must not be. None when no interview may be told of.
    """
    if not positions:
        return None
    said = {person: done[dimension] for person, done in positions.items() if dimension in done}
    kinds = Counter(change.split(">")[0] for change in said.values())
    revised = {p: change.split(">")[1] for p, change in said.items() if ">" in change}
    after = _after(counts, before, revised).shown()
    return InterviewView(
        len(positions),
        kinds[PositionChange.CONFIRMED],
        kinds[PositionChange.NUANCED],
        kinds[PositionChange.REVISED],
        after,
        reading(after, study, rule),
        _moves(before, revised),
    )


def _after(counts: Counts, before: Mapping[str, Cell], revised: Mapping[str, str]) -> Counts:
    """The counts once each revised level has taken the place of the former answer."""
    left = Counter(before[person] for person in revised if person in before)
    reached = Counter(revised.values())
    levels = (
        count - left[ANSWERED, code] + reached[code]
        for code, count in zip(counts.codes, counts.counts, strict=True)
    )
    outside = {kind: count - left[kind, ""] for kind, count in counts.out_of_scale.items()}
    return replace(
        counts,
        counts=tuple(levels),
        out_of_scale={kind: count for kind, count in outside.items() if count},
    )


def _moves(before: Mapping[str, Cell], revised: Mapping[str, str]) -> dict[str, int]:
    cells = ((before.get(person, ("", "")), level) for person, level in revised.items())
    moves = Counter(
        f"{origin}>{level}"
        for (state, origin), level in cells
        if state == ANSWERED and origin != level
    )
    return {move: people for move, people in sorted(moves.items()) if people >= MIN_MOVE}


def quotes(
    notes: Notes, sides: Mapping[str, str], names: Mapping[str, str]
) -> dict[str | None, tuple[Quote, ...]]:
    """Words that may be printed, by dimension (None: those that speak to none).

    They stand in alphabetical order, which tells nothing of who said what.

    Args:
        notes: all notes.
        sides: pseudonym → label of the side, only for people whose side may be told. It stands
            beside words only where `MIN_MOVE` people of it were met: who was met is known.
        names: pseudonym → name; used with consent `named` alone.
    """
    found: dict[str | None, list[Quote]] = {}
    sides = _met_sides(notes, sides)
    for note in notes.notes:
        allowed = note.reviewed and note.consent is not Consent.NONE
        if note.kind is NoteKind.QUOTE and allowed and (text := _tidy(note.text)):
            quote = Quote(text, _attribution(note, sides, names), "interview")
            found.setdefault(note.dimension, []).append(quote)
    return {
        dimension: tuple(sorted(said, key=lambda quote: (quote.text, quote.attribution)))
        for dimension, said in found.items()
    }


def _met_sides(notes: Notes, sides: Mapping[str, str]) -> Mapping[str, str]:
    """The sides of which enough people were met, by pseudonym."""
    people = notes.interviewed | {note.respondent for note in notes.notes}
    met = Counter(sides[person] for person in people if person in sides)
    return {person: side for person, side in sides.items() if met[side] >= MIN_MOVE}


def _attribution(note: Note, sides: Mapping[str, str], names: Mapping[str, str]) -> str:
    side = sides.get(note.respondent, "") if note.side_told else ""
    return names.get(note.respondent, side) if note.consent is Consent.NAMED else side


def mentions(notes: Notes) -> dict[str, dict[str, tuple[str, ...]]]:
    """Reviewed examples, brakes, levers and needs: dimension → kind → words.

    They are staff's words and bear no source; alphabetical order tells nothing of who said what.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for note in notes.notes:
        if (
            note.kind in MENTIONED
            and note.reviewed
            and note.dimension
            and (text := _tidy(note.text))
        ):
            found.setdefault(note.dimension, {}).setdefault(note.kind.value, set()).add(text)
    return {
        dimension: {kind: tuple(sorted(words)) for kind, words in kinds.items()}
        for dimension, kinds in found.items()
    }


MANY_VOICES = 2
"""What was said of a subject is printed from this number of people on; of one person alone, the
label that staff gave it is."""


def subjects(notes: Notes) -> tuple[Subject, ...]:
    """Reviewed subjects nobody takes into account, by staff's label, most mentioned first.

    Labels that differ in case or spaces alone are one. A person counts once per subject.
    """
    labels: dict[str, str] = {}
    mentions: dict[str, set[str]] = {}
    details: dict[str, set[str]] = {}
    for place, note in enumerate(notes.subjects):
        if note.reviewed and (label := _tidy(note.label)):
            key = label.casefold()
            labels.setdefault(key, label)
            mentions.setdefault(key, set()).add(note.respondent or f"#{place}")
            details.setdefault(key, set()).update({_tidy(note.text)} - {""})
    found = (
        Subject(
            label,
            len(mentions[key]),
            tuple(sorted(details[key])) if len(mentions[key]) >= MANY_VOICES else (),
        )
        for key, label in labels.items()
    )
    return tuple(sorted(found, key=lambda subject: (-subject.mentions, subject.label)))


def remarks(notes: Notes, model: MaturityModel) -> tuple[Remark, ...]:
    """Reviewed remarks: on the notion of maturity first, then level by level."""
    order = ("", *model.level_codes)
    found = {
        Remark(note.level or "", _tidy(note.text))
        for note in notes.remarks
        if note.reviewed and (note.level or "") in order and _tidy(note.text)
    }
    return tuple(sorted(found, key=lambda remark: (order.index(remark.about), remark.text)))


def _tidy(text: str) -> str:
    """NFC, with single spaces; line breaks and no-break spaces are kept."""
    lines = unicodedata.normalize("NFC", text).strip().splitlines()
    return "\n".join(re.sub(" +", " ", line).strip() for line in lines)
