"""Fill in an interview guide as staff would, field by field: for the demo and for training."""

from collections.abc import Mapping, Sequence
from typing import Any

from tasks.interviews.guide_form import (
    BOX,
    DIMENSION_NOTES,
    TOPIC,
    TOPIC_NOTES,
    Field,
    GuideForm,
)
from tasks.interviews.model import Consent, NoteKind, PositionChange
from tasks.word.forms import key_of, write_fields

TICK = "☒"
Told = Mapping[str, Any]


def fill_guide(content: bytes, guide: GuideForm, told: Told, number: int) -> bytes:
    """Return a guide with the interview of one person typed into it.

    Args:
        content: the guide as the software made it.
        guide: its words and fields.
        told: interviews, subjects and remarks of a script (see `config/demo`).
        number: of the person in the script.

    Raises:
        KeyError: the guide has no field, or no room left, for something in the script.
    """
    interview = next(one for one in told["interviews"] if one["number"] == number)
    texts = {Field(TOPIC, "done"): ticked(guide, "done", True)}
    for note in interview["notes"]:
        texts |= _note(guide, note)
    for role in ("subjects", "remarks"):
        own = [entry for entry in told[role] if entry.get("number") == number]
        texts |= _SHARED[role](own)
    return write_fields(content, {key_of(field.name): text for field, text in texts.items()})


def ticked(guide: GuideForm, role: str, meaning: object) -> str:
    """The boxes of a field with one of them ticked."""
    boxes = guide.boxes(role)
    words = list(guide.choices(role))
    at = [guide.choices(role)[word] for word in words].index(meaning)
    parts = boxes.split(BOX)
    return "".join([parts[0], *((TICK if i == at else BOX) + p for i, p in enumerate(parts[1:]))])


def _note(guide: GuideForm, note: Told) -> dict[Field, str]:
    part, kind = note.get("dimension") or TOPIC, NoteKind(note["kind"])
    if kind is NoteKind.POSITION:
        texts = {
            Field(part, "change"): ticked(guide, "change", PositionChange(note["change"])),
            Field(part, "said"): note["text"],
        }
        if "revised_level" in note:
            texts[Field(part, "level")] = ticked(guide, "level", note["revised_level"])
        return texts
    roles = TOPIC_NOTES if part == TOPIC else DIMENSION_NOTES
    role = next(role for role, meaning in roles.items() if meaning is kind)
    texts = {Field(part, role): note["text"]}
    if "consent" in note:
        texts[Field(part, "consent")] = ticked(guide, "consent", Consent(note["consent"]))
    return texts


def _subjects(entries: Sequence[Told]) -> dict[Field, str]:
    texts = {}
    for row, entry in enumerate(entries):
        texts[Field(TOPIC, "subject", row)] = entry["label"]
        texts[Field(TOPIC, "subject_text", row)] = entry["text"]
    return texts


def _remarks(entries: Sequence[Told]) -> dict[Field, str]:
    return {Field(TOPIC, f"about_{one.get('level') or ''}"): one["text"] for one in entries}


_SHARED = {"subjects": _subjects, "remarks": _remarks}
