"""The items of a model as LimeSurvey questions: one each, or several that share one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.maturity_model import CODED_KINDS, MaturityModel, Option
from config.study import Study
from config.text import Text
from tasks.survey.building.form import FormOption, FormQuestion, FormRow, Texts
from tasks.survey.building.reading import NUMBERED, Reading, question_kind
from tasks.survey.building.relevance import relevance
from tasks.survey.building.voice import in_each

# What the rows of an array have in common is not in the model: each row is an item.
LEADS = {
    **dict.fromkeys("ABCF1", "Sur chaque ligne, choisissez la réponse la plus proche."),
    **dict.fromkeys("K:", "Sur chaque ligne, indiquez un nombre."),
    **dict.fromkeys("Q;", "Sur chaque ligne, répondez en quelques mots."),
}
BETWEEN = " – "  # between the row and the column of a two-way array, as the pull reads them


def questions_by_base(
    model: MaturityModel, study: Study, languages: tuple[str, ...]
) -> Mapping[str, FormQuestion]:
    """Every question of the survey by its code, in the order of the model's items."""
    readings: dict[str, list[Reading]] = {}
    for item in model.items:
        reading = Reading.of(item)
        readings.setdefault(reading.base, []).append(reading)
    return {
        base: _Maker(model, study, languages, tuple(mine)).question()
        for base, mine in readings.items()
    }


@dataclass(frozen=True)
class _Maker:
    """Makes one question of all items that read it; the first answer among them leads."""

    model: MaturityModel
    study: Study
    languages: tuple[str, ...]
    readings: tuple[Reading, ...]

    @property
    def answers(self) -> tuple[Reading, ...]:
        """What reads answers, or else the comment that stands alone."""
        return tuple(each for each in self.readings if not each.beside) or self.readings[:1]

    @property
    def kind(self) -> str:
        """LimeSurvey's letter."""
        return question_kind(self.model, self.readings)

    def question(self) -> FormQuestion:
        """The question, with all that its items tell."""
        numbered = self.kind in NUMBERED.values()
        return FormQuestion(
            code=self.readings[0].base,
            kind=self.kind,
            texts=self._lead(),
            help=self._help(),
            options=() if numbered else tuple(self._options()),
            rows=tuple(FormRow(code, texts, scale) for (code, scale), texts in self._rows()),
            other=any(each.item.other or each.other for each in self.readings),
            other_texts=next(
                (self._texts(each.item.question) for each in self.readings if each.other), None
            ),
            mandatory=all(each.item.mandatory for each in self.answers),
            relevance=relevance(self.model, self.study, [each.item for each in self.readings]),
        )

    def _texts(self, text: Text) -> Texts:
        return {language: text.say(language) for language in self.languages}

    def _lead(self) -> Texts:
        main = self.answers[0]
        if not main.parts or main.beside:
            return self._texts(main.item.question)
        return in_each(self.languages, self.study, lambda voice: voice.say(LEADS[self.kind]))

    def _help(self) -> Texts | None:
        """The help of the items, and what a comment beside the list is to be about.

        LimeSurvey has no place for the comment's own question.
        """
        texts = in_each(
            self.languages,
            self.study,
            lambda voice: "\n\n".join(
                dict.fromkeys(
                    [
                        *(
                            one.item.help.say(voice.language)
                            for one in self.answers
                            if one.item.help
                        ),
                        *(
                            voice.say(
                                "Zone de commentaire : {question}",
                                question=one.item.question.say(voice.language),
                            )
                            for one in self.readings
                            if one.comment
                        ),
                    ]
                )
            ),
        )
        return texts if any(texts.values()) else None

    # --- options --------------------------------------------------------------------------------

    def _options(self) -> Iterator[FormOption]:
        """The options of every coded item, each once, by scale."""
        seen = set[tuple[str, int]]()
        for reading in self.readings:
            if reading.item.kind not in CODED_KINDS:
                continue
            scale = 1 if reading.parts[1:] == ("2",) else 0
            for option in self.model.options(reading.item):
                if (option.code, scale) not in seen:
                    seen.add((option.code, scale))
                    yield FormOption(option.code, self._option_texts(reading, option), scale)

    def _option_texts(self, reading: Reading, option: Option) -> Texts:
        """What a respondent reads; dimensions that share a list cannot each show behaviours."""
        if option.label is None and option.level is not None and len(self.answers) > 1:
            return self._texts(self.model.level(option.level).label)
        return {
            language: self.model.option_text(reading.item, option, language)
            for language in self.languages
        }

    # --- rows -----------------------------------------------------------------------------------

    def _rows(self) -> Iterable[tuple[tuple[str, int], Texts]]:
        """Code and scale of each row, once each, with its texts."""
        found: dict[tuple[str, int], Texts] = {}
        for reading in self.answers:
            for choice in reading.item.choices:
                found.setdefault((choice.code, 0), self._option_texts(reading, choice))
            if reading.parts and not reading.beside:
                for place, texts in self._places(reading):
                    found.setdefault(place, texts)
        return found.items()

    def _places(self, reading: Reading) -> Iterator[tuple[tuple[str, int], Texts]]:
        row, _, column = reading.parts[0].partition("_")
        texts = self._texts(reading.item.question)
        if not column:
            yield (row, 0), texts
            return
        split = {language: text.rpartition(BETWEEN) for language, text in texts.items()}
        yield (
            (row, 0),
            {language: before or after for language, (before, _, after) in split.items()},
        )
        yield (
            (column, 1),
            {
                language: after if before else column
                for language, (before, _, after) in split.items()
            },
        )
