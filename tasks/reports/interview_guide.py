"""The interview guide of one person: their answers beside the group's, prompts, room for notes.

It bears a pseudonym; the name is typed into the file when it is written, never before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from config.catalogue import say
from config.study import Study, Wave
from tasks.interviews.guide_form import (
    DIMENSION_NOTES,
    QUOTE_ROWS,
    SUBJECT_ROWS,
    TOPIC,
    Field,
    GuideForm,
)
from tasks.interviews.own_answers import OwnAnswer
from tasks.reports.chart_data import Drawer
from tasks.reports.dimension_page import MARK, MOST_MARKS, together
from tasks.reports.silences import silence_sentences
from tasks.reports.subjects import is_divided
from tasks.reports.voice import Voice
from tasks.reports.withheld import withheld_sentence
from tasks.reports.wording import place
from tasks.results import CollectiveResults, DimensionResult, Reading
from tasks.word.forms import mark
from tasks.word.properties import DocumentProperties

OWN, PLAIN = "EAF1F5", "FFFFFF"  # colours of a level's cell: the person's own, the others
NOBODY_NAMED = "………………………………"


def interview_guide(
    results: CollectiveResults,
    own: Mapping[str, OwnAnswer],
    pseudonym: str,
    guide: GuideForm,
) -> tuple[dict[str, Any], DocumentProperties]:
    """Lay out the guide of one person.

    Args:
        results: the collective results; already safe to show.
        own: dimension → what this person answered.
        pseudonym: of the person.
        guide: the words and fields of the wave's guides.

    Returns:
        The fields of the template, and the document's properties.
    """
    form = guide.form
    voice = Voice.of(form.study, form.model)
    drawer = Drawer.of(voice, form.model, form.study)
    known = {one.code: one for one in results.dimensions}
    codes = in_order(tuple(known.values()), own, form.model.level_codes)
    context = {
        "guide": _head(voice, form.study, form.wave, results, pseudonym, guide),
        "dimensions": [
            _dimension(drawer, known[code], own.get(code, OwnAnswer()), guide) for code in codes
        ],
        "topics": _topics(guide),
    }
    properties = DocumentProperties(
        title=voice.say("Guide d’entretien {pseudonym}", pseudonym=pseudonym),
        subject=voice.text(form.study.title),
        author=form.study.programme or "maturity-study",
        language=form.study.typography if form.study.language == "fr" else "en-GB",
        created=results.computed_at,
    )
    return context, properties


def in_order(
    results: Sequence[DimensionResult], own: Mapping[str, OwnAnswer], levels: Sequence[str]
) -> list[str]:
    """The dimensions, those first on which the person and the group differ most.

    Then those on which the group is most divided, then the model's order; what is withheld comes
    last. The distance is counted in levels from the person's answer to the nearest level of the
    group's reading.
    """

    def key(result: DimensionResult) -> tuple[bool, int, float]:
        agreement = result.reading.agreement
        away = _distance(result.reading, own.get(result.code, OwnAnswer()).level, levels)
        return agreement is None, -away, 1.0 if agreement is None else agreement

    return [result.code for result in sorted(results, key=key)]


def _distance(reading: Reading, level: str | None, levels: Sequence[str]) -> int:
    """How many levels lie between an answer and the nearest level of a reading."""
    if level is None or not reading.levels:
        return 0
    at = levels.index(level)
    return min(abs(at - levels.index(code)) for code in reading.levels)


def _head(
    voice: Voice,
    study: Study,
    wave: Wave,
    results: CollectiveResults,
    pseudonym: str,
    guide: GuideForm,
) -> dict[str, str]:
    return {
        "title": voice.text(study.title),
        "wave": voice.text(wave.label),
        "until": voice.say("État au {day}", day=voice.day(results.data_until)),
        "name": mark(Field(TOPIC, "name").name) + NOBODY_NAMED,
        "reference": mark(Field(TOPIC, "reference").name) + guide.reference(pseudonym),
        "done": mark(Field(TOPIC, "done").name) + guide.boxes("done"),
        "withheld": together(*results.withheld_notes),
        "level_word": f"{voice.level_word[:1].upper()}{voice.level_word[1:]}",
        "min_group": str(results.min_group),
    }


def _dimension(
    drawer: Drawer, result: DimensionResult, own: OwnAnswer, guide: GuideForm
) -> dict[str, Any]:
    voice, model = drawer.voice, drawer.model
    dimension = model.dimension(result.code)
    return {
        "code": result.code,
        "title": guide.part_title(result.code),
        "own": voice.say("{words}", words=own.stage or say("sans réponse", voice.language)),
        "group": _group(drawer, result),
        "cue": _cue(drawer, result, own),
        "levels": _levels(drawer, result, own),
        "means": voice.say("{words}", words=own.coherence) if own.coherence else "",
        "comment": own.comment,
        "prompts": [voice.text(prompt) for prompt in dimension.interview_prompts],
        "fields": {
            role: mark(Field(result.code, role).name) + guide.boxes(role)
            for role in ("change", "level", "said", *DIMENSION_NOTES, "consent")
        },
    }


def _group(drawer: Drawer, result: DimensionResult) -> str:
    """Where the group stands, how far it agrees, who did not say; or why that is not shown."""
    voice, distribution = drawer.voice, result.distribution
    if distribution.counts is None:
        return withheld_sentence(voice, distribution.withheld)
    where = place(voice, drawer.levels, distribution, result.reading)
    word = result.reading.agreement_word
    here = voice.say("{place}, {agreement}.", place=where, agreement=word) if word else f"{where}."
    return together(here, *silence_sentences(voice, distribution)[:1])


def _cue(drawer: Drawer, result: DimensionResult, own: OwnAnswer) -> str:
    """Why this dimension deserves time; empty when nothing stands out."""
    voice, told = drawer.voice, []
    if _distance(result.reading, own.level, drawer.levels.codes):
        told.append(voice.say("La personne et le groupe ne décrivent pas la même situation."))
    if result.distribution.counts is not None and is_divided(result):
        told.append(voice.say("Le groupe est partagé."))
    if own.level is None:
        told.append(voice.say("La personne ne s’est pas prononcée."))
    return together(*told)


def _levels(drawer: Drawer, result: DimensionResult, own: OwnAnswer) -> list[dict[str, str]]:
    """One column a level: its name, who gave it, the person's own one marked."""
    shown = result.distribution.counts
    counts = [None] * len(drawer.levels.codes) if shown is None else list(shown)
    return [
        {
            "code": code,
            "label": drawer.levels.short[code],
            "people": _people(count),
            "fill": OWN if code == own.level else PLAIN,
            "own": "▸ " if code == own.level else "",
        }
        for code, count in zip(drawer.levels.codes, counts, strict=True)
    ]


def _people(count: int | None) -> str:
    """« ●●● 3 », « – » for nobody; the number alone when there are many, nothing when withheld."""
    if count is None:
        return ""
    if not count:
        return "–"
    return f"{MARK * count} {count}" if count <= MOST_MARKS // 2 else f"{MARK} × {count}"


def _topics(guide: GuideForm) -> dict[str, Any]:
    def field(role: str, row: int = 0) -> str:
        return mark(Field(TOPIC, role, row).name) + guide.boxes(role)

    return {
        "results": field("results"),
        "coherence": field("coherence"),
        "subjects": [
            {"code": str(row), "label": field("subject", row), "text": field("subject_text", row)}
            for row in range(SUBJECT_ROWS)
        ],
        "abouts": [
            {
                "code": level or "notion",
                "label": f"{word[:1].upper()}{word[1:]}",
                "field": field(f"about_{level or ''}"),
            }
            for word, level in guide.form.topics.items()
        ],
        "quotes": [
            {"code": str(row), "text": field("quote", row), "consent": field("consent", row)}
            for row in range(QUOTE_ROWS)
        ],
    }
