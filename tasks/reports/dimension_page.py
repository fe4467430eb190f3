"""What the page of one dimension says, from its reading to its question for the workshop."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.maturity_model import Dimension, ItemKind, MaturityModel
from config.recommendation import Recommendations
from tasks.reports.chart_data import Drawer
from tasks.reports.interview_words import interview_sentences, wave_sentence
from tasks.reports.quotes import on_the_page
from tasks.reports.silences import missing_sentence, silence_sentences
from tasks.reports.subjects import is_divided, is_shared
from tasks.reports.voice import Voice
from tasks.reports.withheld import withheld_sentence
from tasks.reports.wording import (
    Scale,
    modes,
    place,
    reading_sentence,
    shared_sentence,
    unshared_sentence,
)
from tasks.results import (
    CollectiveResults,
    DimensionResult,
    Gap,
    ReadingKind,
    SideView,
    WaveChange,
    Withheld,
)
from tasks.word.typography import NO_BREAK

MARK, MOST_MARKS = "●", 15
"""A mark stands for a person, up to this many in a row."""


_WIDE_GAP = "{one} ; {other}. Qu’est-ce que les uns voient que les autres ne voient pas ?"
_NARROW_GAP = "{one} ; {other}. Les mêmes mots recouvrent-ils les mêmes réalités ?"
SENTENCES = (_WIDE_GAP, _NARROW_GAP)
"""The sentences that are chosen from a table, for whoever checks their translations."""


@dataclass(frozen=True)
class PageMaker:
    """What all dimension pages of one report need."""

    voice: Voice
    model: MaturityModel
    drawer: Drawer
    recommendations: Recommendations
    changes: Mapping[str, WaveChange]

    @classmethod
    def of(
        cls, drawer: Drawer, recommendations: Recommendations, results: CollectiveResults
    ) -> "PageMaker":
        """The page maker of one report."""
        changes = {change.dimension: change for change in results.wave_changes}
        return cls(drawer.voice, drawer.model, drawer, recommendations, changes)

    def page(self, result: DimensionResult) -> dict[str, Any]:
        """The fields of one dimension's page; a part that has nothing to say is empty."""
        dimension = self.model.dimension(result.code)
        distribution, levels = result.distribution, self.drawer.levels
        return {
            "code": result.code,
            "title": self.voice.text(dimension.label),
            "description": self.voice.text(dimension.description),
            "place": place(self.voice, levels, distribution, result.reading),
            "answered": self._answered(result),
            "reading": reading_sentence(self.voice, levels, distribution, result.reading),
            "agreement": self._agreement(result),
            "behaviours": self._behaviours(result, dimension),
            "shared": shared_sentence(self.voice, levels, distribution),
            "unshared": unshared_sentence(self.voice, levels, distribution),
            "silences": " ".join(silence_sentences(self.voice, distribution)),
            "remarks": together(
                self._help(result, dimension),
                missing_sentence(self.voice, levels, result.reading),
            ),
            "next": self._next_step(result, dimension),
            "wave_change": wave_sentence(self.voice, self.model, self.changes.get(result.code)),
            "coherence": self._coherence(result, dimension),
            "sides": self._sides(result),
            "quotes": on_the_page(self.voice, result.quotes),
            "interviews": together(*interview_sentences(self.voice, self.model, levels, result)),
            "question": workshop_question(self.voice, dimension, result),
            "recommendations": self._recommended(dimension),
        }

    def _answered(self, result: DimensionResult) -> str:
        if result.distribution.counts is None:
            return ""
        return self.voice.count(
            "{count} personne situe ce sujet",
            "{count} personnes situent ce sujet",
            result.distribution.n,
        )

    def _agreement(self, result: DimensionResult) -> str:
        word = result.reading.agreement_word
        if not word or result.reading.agreement is None:
            return ""
        return self.voice.say("D’une personne à l’autre : {word}.", word=word)

    def _behaviours(self, result: DimensionResult, dimension: Dimension) -> list[dict[str, str]]:
        """The behaviours behind the reading, so that a level is never a bare word."""
        scattered = len(modes(result.distribution)) > len(result.reading.levels)
        levels = () if scattered else result.reading.levels
        return [
            {
                "key": code,
                "level": self.drawer.levels.labels[code],
                "text": self.voice.text(dimension.behaviours[code]),
            }
            for code in levels
            if code in dimension.behaviours
        ]

    def _help(self, result: DimensionResult, dimension: Dimension) -> str:
        if dimension.readings is None:
            return ""
        if is_shared(result):
            return self.voice.text(dimension.readings.shared)
        return self.voice.text(dimension.readings.divided) if is_divided(result) else ""

    def _next_step(self, result: DimensionResult, dimension: Dimension) -> str:
        standing = result.cycle
        if standing is None or standing.next_level is None or len(standing.levels) > 1:
            return ""
        label = self.drawer.levels.labels[standing.next_level]
        behaviour = dimension.behaviours.get(standing.next_level)
        told = self.voice.text(behaviour) if behaviour else ""
        if standing.new_turn:
            return self.voice.say(
                "Et ensuite ? Un nouveau tour du cycle, à partir de ce qui a été appris :"
                " {level}. {behaviour}",
                level=label,
                behaviour=told,
            ).strip()
        return self.voice.say(
            "Et ensuite, sur le parcours ? {level} : {behaviour}", level=label, behaviour=told
        )

    def _coherence(self, result: DimensionResult, dimension: Dimension) -> dict[str, Any] | None:
        item = dimension.item(ItemKind.COHERENCE)
        if item is None or result.coherence is None:
            return None
        scale = Scale.of_item(self.model, item, self.voice)
        return {
            "question": self.voice.text(item.question),
            "rows": [
                {"key": code, "label": scale.short[code], "people": people_marks(count)}
                for code, count in zip(
                    result.coherence.codes, result.coherence.counts or (), strict=False
                )
            ],
            "reading": together(
                coherence_sentence(self.voice, scale, result),
                *silence_sentences(self.voice, result.coherence),
            ),
        }

    def _sides(self, result: DimensionResult) -> dict[str, Any] | None:
        if not result.sides:
            return None
        shown = [view for view in result.sides if view.distribution.n]
        hidden = [view for view in result.sides if view.distribution.counts is None]
        return {
            "rows": [
                {
                    "key": view.side,
                    "label": self.drawer.sides.get(view.side, view.side),
                    "answers": self._answers(view),
                    "place": self._place(view),
                }
                for view in shown
            ],
            "text": together(
                self._widest_gap(result),
                self._alike(result) if len(shown) > 1 and not result.gaps else "",
                self._withheld([view.side for view in hidden], result),
            ),
        }

    def _withheld(self, hidden: list[str], result: DimensionResult) -> str:
        if not hidden:
            return ""
        if len(hidden) == len(result.sides):
            reasons = {view.distribution.withheld for view in result.sides}
            first = next((one for one in Withheld if one in reasons), None)
            return withheld_sentence(self.voice, first)
        labels = [self.voice.quoted(self.drawer.sides.get(name, name)) for name in hidden]
        return self.voice.count(
            "Un groupe n’est pas montré à part, pour protéger ses membres : {names}.",
            "Des groupes ne sont pas montrés à part, pour protéger leurs membres : {names}.",
            len(labels),
            names=self.voice.listing(labels),
        )

    def _alike(self, result: DimensionResult) -> str:
        if is_divided(result):
            return self.voice.say("Les avis divergent à l’intérieur des groupes plus qu’entre eux.")
        return self.voice.say(
            "Les points de vue qui peuvent être montrés décrivent ce sujet de façon voisine."
        )

    def _widest_gap(self, result: DimensionResult) -> str:
        """The widest gap between two points of view, as a question; the annex has them all."""
        gap = max(result.gaps, key=lambda one: one.levels, default=None)
        return "" if gap is None else self._gap(gap, result)

    def _gap(self, gap: Gap, result: DimensionResult) -> str:
        views = {view.side: view for view in result.sides}
        pair = [
            self.voice.say(
                "{side} : {place}",
                side=self.drawer.sides.get(side, side),
                place=self._place(views[side]),
            )
            for side in (gap.low_side, gap.high_side)
        ]
        question = _WIDE_GAP if gap.levels >= 2 else _NARROW_GAP
        return self.voice.say(question, one=pair[0], other=pair[1])

    def _answers(self, view: SideView) -> str:
        """« Éveil ●● 2, Motricité ● 1 »: the counts of a side, as the method asks, in a cell."""
        short = self.drawer.levels.short
        counts = zip(view.distribution.codes, view.distribution.counts or (), strict=False)
        told = (f"{short[code]} {people_marks(count)}" for code, count in counts if count)
        return ", ".join(one.replace(" ", NO_BREAK) for one in told)

    def _place(self, view: SideView) -> str:
        return place(self.voice, self.drawer.levels, view.distribution, view.reading)

    def _recommended(self, dimension: Dimension) -> list[dict[str, str]]:
        found = (self.recommendations.find(code) for code in dimension.recommendations)
        return [
            {
                "code": one.code,
                "title": self.voice.text(one.title),
                "theme": self.voice.text(one.theme),
            }
            for one in found
            if one is not None
        ]


def together(*sentences: str) -> str:
    """The sentences that say something, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)


def people_marks(count: int) -> str:
    """One mark a person and the number: « ●●● 3 »; the number alone beyond `MOST_MARKS`."""
    if count > MOST_MARKS:
        return str(count)
    return f"{MARK * count} {count}".lstrip()


def coherence_sentence(voice: Voice, scale: Scale, result: DimensionResult) -> str:
    """What is said of the means: the answer given most, or the two that stand apart."""
    distribution, reading = result.coherence, result.coherence_reading
    if distribution is None or distribution.counts is None:
        return withheld_sentence(voice, distribution.withheld if distribution else None)
    if not distribution.n:
        return voice.say("Personne ne se prononce sur la cohérence des moyens.")
    counts = dict(zip(distribution.codes, distribution.counts, strict=True))
    if reading is not None and reading.kind is ReadingKind.TWO_READINGS:
        return voice.say(
            "Sur la cohérence des moyens aussi, deux lectures : {options}.",
            options=voice.listing(
                f"{scale.labels[code]} ({voice.share(counts[code], distribution.n)})"
                for code in reading.levels
            ),
        )
    most = modes(distribution)
    given = voice.listing(
        f"{scale.labels[code]} ({voice.share(counts[code], distribution.n)})" for code in most
    )
    return voice.count(
        "Réponse la plus donnée : {options}.",
        "Réponses les plus données : {options}.",
        len(most),
        options=given,
    )


def workshop_question(voice: Voice, dimension: Dimension, result: DimensionResult) -> str:
    """The question that the workshop takes up: the model's own, chosen by what divides."""
    questions = dimension.workshop_questions
    if questions:
        return voice.text(questions[-1] if is_divided(result) else questions[0])
    title = voice.text(dimension.label)
    if is_divided(result):
        return voice.say(
            "« {title} » : qu’est-ce qui explique que les descriptions diffèrent autant ?",
            title=title,
        )
    return voice.say(
        "« {title} » : qu’est-ce qui aiderait la suite, et qui pourrait y prendre part ?",
        title=title,
    )
