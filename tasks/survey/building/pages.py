"""The pages of the questionnaire: the profile, one page a dimension or an axis, the end."""

from collections import Counter
from collections.abc import Iterator, Sequence

from config.maturity_model import Axis, Dimension, Item, MaturityModel
from config.study import Study
from tasks.survey.building.form import Form, FormPage, Texts
from tasks.survey.building.questions import questions_by_base
from tasks.survey.building.reading import Reading
from tasks.survey.building.voice import in_each

_Draft = tuple[Texts, Texts, Sequence[Item]]


def form(model: MaturityModel, study: Study) -> Form:
    """The whole questionnaire, in the order in which a respondent meets it.

    The base language is the study's where the model has it. A question that items of several
    pages read stands on the first of them.
    """
    languages = _languages(model, study)
    questions = dict(questions_by_base(model, study, languages))
    pages = []
    for title, description, items in _drafts(model, study, languages):
        bases = dict.fromkeys(Reading.of(item).base for item in items)
        mine = tuple(questions.pop(base) for base in bases if base in questions)
        if mine:
            pages.append(FormPage(title, description, mine))
    return Form(languages, tuple(pages))


def _languages(model: MaturityModel, study: Study) -> tuple[str, ...]:
    return tuple(sorted(model.languages, key=lambda language: language != study.language))


def _drafts(model: MaturityModel, study: Study, languages: tuple[str, ...]) -> Iterator[_Draft]:
    profile = in_each(languages, study, lambda voice: voice.say("Vous et votre fonction"))
    yield profile, {}, model.profile_questions
    drafts = _by_dimension if _stands_alone(model) else _by_axis
    yield from drafts(model, study, languages)
    closing = in_each(languages, study, lambda voice: voice.say("Pour finir"))
    yield closing, {}, model.other_items


def _stands_alone(model: MaturityModel) -> bool:
    """Whether a dimension makes a page: questions of its own, and more than one somewhere."""
    bases = [{Reading.of(item).base for item in one.items} for one in model.dimensions]
    shared = any(times > 1 for times in Counter(base for mine in bases for base in mine).values())
    return not shared and any(len(mine) > 1 for mine in bases)


def _by_dimension(
    model: MaturityModel, study: Study, languages: tuple[str, ...]
) -> Iterator[_Draft]:
    total = len(model.dimensions)
    numbered = ((axis, one) for axis in model.axes for one in axis.dimensions)
    for rank, (axis, dimension) in enumerate(numbered, start=1):
        title = {language: dimension.label.say(language) for language in languages}
        yield title, _place(study, languages, axis, dimension, rank, total), dimension.items


def _place(
    study: Study,
    languages: tuple[str, ...],
    axis: Axis,
    dimension: Dimension,
    rank: int,
    total: int,
) -> Texts:
    return in_each(
        languages,
        study,
        lambda voice: "\n\n".join(
            (
                voice.say(
                    "{axis}, sujet {rank} sur {total}",
                    axis=axis.label.say(voice.language),
                    rank=rank,
                    total=total,
                ),
                dimension.description.say(voice.language),
            )
        ),
    )


def _by_axis(model: MaturityModel, study: Study, languages: tuple[str, ...]) -> Iterator[_Draft]:
    del study
    for axis in model.axes:
        items = tuple(item for dimension in axis.dimensions for item in dimension.items)
        title = {language: axis.label.say(language) for language in languages}
        yield title, {language: axis.description.say(language) for language in languages}, items
