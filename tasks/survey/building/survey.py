"""A wave's survey as LimeSurvey imports it, and as it must be read back."""

from collections.abc import Mapping
from itertools import product

from config.maturity_model import MaturityModel
from config.study import Study, Wave
from tasks.survey.building.form import Form, FormQuestion
from tasks.survey.building.letters import Letters
from tasks.survey.building.lss import short_title, structure_xml
from tasks.survey.building.markup import as_read, inline
from tasks.survey.building.notices import Notices
from tasks.survey.building.pages import form
from tasks.survey.building.questions import BETWEEN
from tasks.survey.building.settings import (
    DATE_FORMATS,
    OTHER_FORMATS,
    attribute_captions,
    import_mark,
    survey_settings,
)
from tasks.survey.building.voice import Voice
from tasks.survey.source import PlatformQuestion, SurveyStructure


def survey_file(model: MaturityModel, study: Study, wave: Wave, mark: str = "") -> bytes:
    """The survey of a wave as a `.lss` file, for LimeSurvey 5.x and 6.x.

    All questions of the model in all its languages; welcome, confidentiality and personal data as
    the study's mode has them; open on the wave's days. The same arguments give the same bytes.

    Args:
        model: a checked model.
        study: a study checked with this model.
        wave: one of its waves; `survey_id` is the number asked for (the platform gives another
            without a word when it is taken).
        mark: by which the survey is known again; empty in a file that staff import by hand.
    """
    asked = form(model, study)
    return structure_xml(
        asked,
        {**survey_settings(study, wave, asked.languages), **import_mark(mark)},
        [_language_settings(study, wave, asked, language) for language in asked.languages],
    )


def _language_settings(study: Study, wave: Wave, asked: Form, language: str) -> Mapping[str, str]:
    notices = Notices(study, wave, asked, Voice(language, study))
    dates, numbers = DATE_FORMATS.get(language, OTHER_FORMATS)
    return {
        "surveyls_survey_id": str(wave.survey_id),
        "surveyls_language": language,
        "surveyls_title": short_title(study.title.say(language)),
        "surveyls_description": inline(wave.label.say(language)),
        "surveyls_welcometext": notices.welcome(),
        "surveyls_endtext": notices.end(),
        "surveyls_policy_notice": notices.policy(),
        "surveyls_policy_notice_label": notices.policy_label(),
        "surveyls_policy_error": notices.policy_error(),
        **Letters(notices).columns(),
        "surveyls_dateformat": dates,
        "surveyls_numberformat": numbers,
        "surveyls_attributecaptions": attribute_captions(study, language),
    }


def expected_structure(
    model: MaturityModel, study: Study, wave: Wave, language: str
) -> SurveyStructure:
    """What `SurveySource.structure` gives once the file was imported whole.

    Args:
        model: the model of the file.
        study: its study.
        wave: its wave.
        language: one of the model's languages; the title is in the base language, as the
            platform lists it.
    """
    asked = form(model, study)
    return SurveyStructure(
        wave.survey_id,
        as_read(study.title.say(asked.languages[0])),
        tuple(_expected(question, language) for question in asked.questions),
    )


def _expected(question: FormQuestion, language: str) -> PlatformQuestion:
    return PlatformQuestion(
        code=question.code,
        kind=question.kind,
        text=as_read(question.texts[language]),
        options={option.code: as_read(option.texts[language]) for option in question.options},
        rows=_rows(question, language),
        other=question.other,
    )


def _rows(question: FormQuestion, language: str) -> Mapping[str, str]:
    lines, columns = (
        {row.code: as_read(row.texts[language]) for row in question.rows if row.scale == scale}
        for scale in (0, 1)
    )
    if question.kind not in ":;":
        return lines
    return {
        f"{line}_{column}": f"{lines[line]}{BETWEEN}{columns[column]}"
        for line, column in product(lines, columns)
    }
