"""LimeSurvey's question types: which items can read them, and the columns of their answers."""

from collections.abc import Iterator

from config.maturity_model import CODED_KINDS, ItemKind
from tasks.survey.source import PlatformQuestion

# LimeSurvey's question types whose answers an item of a kind can read.
READABLE = {
    **dict.fromkeys(CODED_KINDS, "L!OFHR15ABCEGY"),
    ItemKind.MULTIPLE_CHOICE: "MP",
    ItemKind.YES_NO: "YC",
    ItemKind.NUMBER: "NK:5AB*",
    ItemKind.DATE: "D",
    ItemKind.COMMENT: "TUSQ;I*",
    ItemKind.TEXT: "TUSQ;I*",
}
# Answer codes that a type brings with it; the platform lists none for them.
FIXED_CODES = {
    **dict.fromkeys("5A", tuple("12345")),
    "B": tuple(str(point) for point in range(1, 11)),
    "C": ("Y", "U", "N"),
    "E": ("I", "S", "D"),
    "G": ("M", "F"),
    "Y": ("Y", "N"),
}
ASKED = {
    ItemKind.STAGE: "un choix dans une liste",
    ItemKind.COHERENCE: "un choix dans une liste",
    ItemKind.SCALE: "un choix dans une liste",
    ItemKind.CHOICE: "un choix dans une liste",
    ItemKind.MULTIPLE_CHOICE: "des cases à cocher",
    ItemKind.YES_NO: "oui ou non",
    ItemKind.NUMBER: "un nombre",
    ItemKind.DATE: "une date",
    ItemKind.COMMENT: "un texte",
    ItemKind.TEXT: "un texte",
}
FOUND = {
    **dict.fromkeys("L!", "une liste"),
    "O": "une liste avec commentaire",
    **dict.fromkeys("FHABCE1:;", "un tableau"),
    **dict.fromkeys("MP", "des cases à cocher"),
    **dict.fromkeys("NK", "un nombre"),
    **dict.fromkeys("TUSQ", "un texte"),
    "D": "une date",
    "Y": "oui ou non",
    "*": "un calcul",
}


def platform_columns(question: PlatformQuestion) -> tuple[str, ...]:
    """The export keys of a question's answers, by its LimeSurvey type."""
    parts = [*_main_parts(question)]
    if question.other:
        parts += ["[other]", "[othercomment]"] if question.kind == "P" else ["[other]"]
    return tuple(question.code + part for part in parts)


def _main_parts(question: PlatformQuestion) -> Iterator[str]:
    if question.kind == "P":
        yield from (f"[{row}{end}]" for row in question.rows for end in ("", "comment"))
    elif question.kind == "1":
        yield from (f"[{row}][{scale}]" for row in question.rows for scale in (1, 2))
    elif question.kind == "R":
        yield from (f"[{rank}]" for rank, _ in enumerate(question.options, start=1))
    elif question.kind in "ABCEFHKMQ:;":
        yield from (f"[{row}]" for row in question.rows)
    else:
        yield ""
        yield from {"O": ["[comment]"], "|": ["[filecount]"]}.get(question.kind, [])
