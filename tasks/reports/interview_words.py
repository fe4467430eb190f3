"""What moved: in the interviews, and since the former wave. A return arrow is a new turn."""

from collections.abc import Mapping

from config.maturity_model import MaturityModel
from tasks.interviews.model import NoteKind
from tasks.reports.quotes import LONGEST_IN_ANNEX, shortened
from tasks.reports.voice import Voice
from tasks.reports.wording import Scale, place
from tasks.results import CollectiveResults, DimensionResult, InterviewView, WaveChange

_MOVE = "{origin} → {target} ({people})"
_REVISED = "Réponses révisées : {moves}."
_OTHER_ANSWERS = "Autres réponses : {moves}."
_ALL_TOO_FEW = "Leurs trajets concernent trop peu de personnes pour être montrés."
_TOO_FEW = "Les autres trajets concernent trop peu de personnes pour être montrés."
_NEW_TURN = "{origin} → {target}, un nouveau tour ({people})"
_CHANGES = (
    ("{count} confirme sa réponse", "{count} confirment leur réponse"),
    ("{count} nuance sa réponse", "{count} nuancent leur réponse"),
    ("{count} révise sa réponse", "{count} révisent leur réponse"),
)
_MENTIONS = {
    NoteKind.EXAMPLE: "Exemple",
    NoteKind.BRAKE: "Frein",
    NoteKind.LEVER: "Levier",
    NoteKind.NEED: "Besoin",
}
SENTENCES = (_MOVE, _NEW_TURN, *(one for one, _ in _CHANGES), *_MENTIONS.values())
"""The sentences that are chosen from a table, for whoever checks their translations."""


def interview_sentences(
    voice: Voice, model: MaturityModel, levels: Scale, result: DimensionResult
) -> list[str]:
    """What the interviews changed: who confirmed, nuanced, revised; the reading before, after."""
    view = result.interviews
    if view is None or not view.interviewed:
        return []
    before = place(voice, levels, result.distribution, result.reading)
    after = place(voice, levels, view.after, view.reading_after)
    sentences = [_positions(voice, view)]
    if view.spoken and view.after.counts is not None:
        sentences.append(
            voice.say("La lecture reste la même après les entretiens : {place}.", place=after)
            if before == after
            else voice.say(
                "Avant les entretiens : {before}. Après les entretiens : {after}.",
                before=before,
                after=after,
            )
        )
    moves = _moves(voice, model, levels, view.moves, _REVISED)
    return [*sentences, moves] if moves else sentences


def _positions(voice: Voice, view: InterviewView) -> str:
    counts = (view.confirmed, view.nuanced, view.revised)
    parts = [
        voice.count(*forms, count) for forms, count in zip(_CHANGES, counts, strict=True) if count
    ]
    met = voice.count(
        "{count} personne rencontrée",
        "{count} personnes rencontrées",
        view.interviewed,
    )
    if None in counts:
        return f"{met}."
    if not parts:
        return voice.say("{met} : aucune n’est revenue sur sa réponse.", met=met)
    return voice.say("{met} : {parts}.", met=met, parts=voice.listing(parts))


def _moves(
    voice: Voice, model: MaturityModel, levels: Scale, moves: Mapping[str, int], heading: str
) -> str:
    """« Éveil → Motricité (2 personnes) »; along a return arrow it is a new turn."""
    turns = {f"{arrow.origin}>{arrow.target}" for arrow in model.return_arrows}
    parts = []
    for move, count in moves.items():
        origin, _, target = move.partition(">")
        parts.append(
            voice.say(
                _NEW_TURN if move in turns else _MOVE,
                origin=levels.labels[origin],
                target=levels.labels[target],
                people=voice.people(count),
            )
        )
    return voice.say(heading, moves=" ; ".join(parts)) if parts else ""


def mention_rows(
    voice: Voice, model: MaturityModel, results: CollectiveResults
) -> list[dict[str, str]]:
    """Examples, brakes, levers and needs as rows of a table, in the order of the model.

    The title of a dimension and the name of a kind stand in their first row alone.
    """
    known = {one.code: one.mentions for one in results.dimensions}
    rows: list[dict[str, str]] = []
    for dimension in model.dimensions:
        title = voice.text(dimension.label)
        for kind, word in _MENTIONS.items():
            label = voice.say(word)
            for text in known.get(dimension.code, {}).get(kind.value, ()):
                line = shortened(text, LONGEST_IN_ANNEX)
                key = f"{dimension.code}/{kind.value}/{line}"
                rows.append({"key": key, "title": title, "kind": label, "text": line})
                title = label = ""
    return rows


def wave_sentence(voice: Voice, model: MaturityModel, change: WaveChange | None) -> str:
    """How the same people describe the dimension since the former wave; empty when too few.

    Paths of too few people are not told; then neither is who the others are, only that some are.
    """
    if change is None or not (change.paths or change.withheld):
        return ""
    levels = Scale.of_levels(model, voice)
    moved = {move: n for move, n in change.paths.items() if len(set(move.split(">"))) > 1}
    same = sum(change.paths.values()) - sum(moved.values())
    said = (_told_in_part if change.withheld else _told)(voice, change, same)
    told = _moves(voice, model, levels, moved, _OTHER_ANSWERS)
    too_few = voice.say(_TOO_FEW if change.paths else _ALL_TOO_FEW) if change.withheld else ""
    return " ".join(filter(None, [said, told, too_few]))


def _told(voice: Voice, change: WaveChange, same: int) -> str:
    return voice.count(
        "Depuis la vague précédente, {count} personne sur {pairs} garde la même description.",
        "Depuis la vague précédente, {count} personnes sur {pairs} gardent la même description.",
        same,
        pairs=change.pairs,
    )


def _told_in_part(voice: Voice, change: WaveChange, same: int) -> str:
    both = voice.count(
        "{count} personne a répondu aux deux vagues.",
        "{count} personnes ont répondu aux deux vagues.",
        change.pairs,
    )
    kept = voice.count(
        "Au moins {count} garde la même description.",
        "Au moins {count} gardent la même description.",
        same,
    )
    return f"{both} {kept}" if same else both
