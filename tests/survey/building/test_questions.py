"""The questions of the file that LimeSurvey imports, and its texts."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from config.maturity_model import MaturityModel
from config.study import Confidentiality, Contact, Mode, Study, Wave
from config.text import Text
from tasks.survey.building import expected_structure, survey_file
from tasks.survey.building.letters import minutes_to_answer
from tasks.survey.building.pages import form
from tasks.survey.questionnaire import compare, remarks
from tasks.survey.source import SurveyStructure
from tests.strategies import maturity_models
from tests.survey.building.conftest import (
    HOSTILE,
    OUR_TAGS,
    SHIPPED,
    Load,
    language_row,
    plain_study,
    settings_of,
    with_question,
)
from tests.survey.lss import questions, sections


@pytest.mark.parametrize("code", [*SHIPPED, "valdore"])
def test_file_reads_back_as_the_model(load: Load, study: Study, code: str) -> None:
    """Every item, option and text of the model is in the file in every language, and no other."""
    model = load(code)
    content = survey_file(model, study, study.waves[0])

    for language in model.languages:
        found = questions(content, language)
        assert found == expected_structure(model, study, study.waves[0], language).questions
        structure = SurveyStructure(640026, "", found)
        assert compare(structure, model, language) == ()
        assert remarks(structure, model, language) == ()


def assert_whole(model: MaturityModel, content: bytes) -> None:
    """Each item's own column is asked, with the model's words, in each language."""
    for language in model.languages:
        found = {question.code: question for question in questions(content, language)}
        structure = SurveyStructure(0, "", tuple(found.values()))
        assert compare(structure, model) == ()
        for item in model.items:
            question = found[item.platform_column.partition("[")[0]]
            if item.column is None:
                assert question.text == item.question.say(language)
            elif "comment" not in item.column and "other" not in item.column:
                row = item.column.partition("[")[2].rstrip("]")
                assert question.rows[row] == item.question.say(language)
            for option in model.options(item):
                texts = {**question.rows, **question.options}
                if option.label is not None or item.column is None:
                    assert texts[option.code] == model.option_text(item, option, language)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(model=maturity_models(), mode=st.sampled_from(Mode))
def test_any_model_is_built_whole(model: MaturityModel, mode: Mode) -> None:
    """Whatever the shape of a model, the file asks all of it, codes once each, in either mode."""
    language = model.languages[0]
    study = plain_study(language, confidentiality=Confidentiality(mode=mode))
    content = survey_file(model, study, study.waves[0])
    rows = sections(content)

    assert_whole(model, content)
    assert all(times == 1 for times in Counter(r["title"] for r in rows["questions"]).values())
    of_question = Counter(
        (row["parent_qid"], row["scale_id"], row["title"]) for row in rows.get("subquestions", [])
    )
    of_list = Counter((row["qid"], row["scale_id"], row["code"]) for row in rows.get("answers", []))
    assert {*of_question.values(), *of_list.values()} <= {1}
    assert content == survey_file(model, study, study.waves[0])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(model=maturity_models())
def test_no_text_can_act(model: MaturityModel) -> None:
    """No tag and no expression of a model's text reaches the platform as such."""
    study = plain_study(model.languages[0])
    rows = sections(survey_file(model, study, study.waves[0]))
    texts = [
        row[column]
        for section, column in (
            ("question_l10ns", "question"),
            ("question_l10ns", "help"),
            ("answer_l10ns", "answer"),
            ("group_l10ns", "group_name"),
            ("group_l10ns", "description"),
            ("surveys_languagesettings", "surveyls_title"),
        )
        for row in rows.get(section, [])
    ]

    for text in texts:
        assert "{" not in text
        assert "}" not in text
        bare = OUR_TAGS.sub("", text)
        assert "<" not in bare


def test_pages_have_headings_and_answers_the_weight_of_text(load: Load, study: Study) -> None:
    """A reader of screens finds each page's title; no list of sentences stands in bold."""
    content = survey_file(load("datacites2"), study, study.waves[0])
    rows = sections(content)
    assert all(
        row["group_name"].startswith('<span role="heading" aria-level="1">')
        for row in rows["group_l10ns"]
    )
    assert all('class="fw-normal' in row["answer"] for row in rows["answer_l10ns"])
    endings = [row["surveyls_endtext"] for row in rows["surveys_languagesettings"]]
    assert all(ending.startswith("<h1 ") for ending in endings)


@pytest.mark.parametrize("mode", list(Mode))
def test_mails_are_the_studys_own(load: Load, study: Study, mode: Mode) -> None:
    """They have the link, say until when and who will know; a title is never an expression."""
    hostile = study.model_copy(
        update={
            "title": Text({"fr": "Étude {TOKEN} <b>", "en": "Study {1+1}"}),
            "confidentiality": Confidentiality(mode=mode),
        }
    )
    rows = sections(survey_file(load("datacites2"), hostile, hostile.waves[0]))
    for row in rows["surveys_languagesettings"]:
        for kind in ("invite", "remind"):
            letter, subject = (row[f"surveyls_email_{kind}{end}"] for end in ("", "_subj"))
            fields = re.findall(r"\{(.*?)\}", letter)
            assert fields == ["FIRSTNAME", "LASTNAME", "SURVEYURL", "OPTOUTURL"]
            assert "<b>" not in letter
            assert not {*"{}"} & {*subject}
            assert "@" not in letter
            known = {"fr": "seule à savoir", "en": "alone knows"}[row["surveyls_language"]]
            assert (known in letter) is (mode is Mode.CONFIDENTIAL)
            assert "2026" in letter  # the last day


def test_the_contact_signs_the_mails_and_answers_for_the_data(load: Load, study: Study) -> None:
    """Sender, letters and privacy text name whom to write to; without one, the platform's own."""
    contact = Contact(name="Équipe du programme", email="equipe@exemple.fr")
    named = sections(survey_file(load("datacites2"), *_with_contact(study, contact)))
    assert named["surveys"][0]["admin"] == contact.name
    assert named["surveys"][0]["adminemail"] == contact.email
    assert named["surveys"][0]["bounce_email"] == contact.email
    for row in named["surveys_languagesettings"]:
        for column in ("email_invite", "email_remind", "policy_notice"):
            assert f"{contact.name} ({contact.email})" in row[f"surveyls_{column}"]
    unnamed = sections(survey_file(load("datacites2"), *_with_contact(study, None)))
    assert unnamed["surveys"][0]["adminemail"] == "inherit"


def _with_contact(study: Study, contact: Contact | None) -> tuple[Study, Wave]:
    return study.model_copy(update={"contact": contact}), study.waves[0]


def test_the_time_asked_for_grows_with_what_there_is_to_read(load: Load, study: Study) -> None:
    """Fives of minutes, more for a longer questionnaire, never less than five."""
    short, long = (form(load(code), study) for code in ("capgemini2012", "datacites2"))
    times = [minutes_to_answer(one, "fr") for one in (replace(short, pages=()), short, long)]
    assert times[0] == 5
    assert times == sorted(times)
    assert all(time % 5 == 0 for time in times)
    assert times[-1] > 5


def test_what_is_missing_is_told_on_the_page(load: Load, study: Study) -> None:
    """No window over the page, which the keyboard cannot close; the rest of the look is theirs."""
    document = etree.fromstring(survey_file(load("syntec2018"), study, study.waves[0]))
    (theme,) = document.findall("themes/theme")
    options = {one.tag: one.text for one in theme.find("config/options")}
    assert theme.findtext("template_name") == "fruity_twentythree"
    assert options.pop("showpopups") == "0"
    assert {*options.values()} == {"inherit"}
    assert sections(etree.tostring(document))["surveys"][0]["template"] == "inherit"


def test_hostile_words_are_shown_as_typed(load: Load, study: Study) -> None:
    """A text full of markup and expressions reads back exactly as the model has it."""
    model = with_question(load("syntec2018"), "ROLE", question={"fr": HOSTILE, "en": HOSTILE})
    content = survey_file(model, study, study.waves[0])

    asked = next(question for question in questions(content, "fr") if question.code == "ROLE")

    assert asked.text == HOSTILE


def test_second_language_of_a_model_can_be_one_the_software_does_not_speak() -> None:
    """A German text stays German; what the software says comes in the study's language."""
    data = json.loads((Path(__file__).parent / "three_languages.json").read_text("utf-8"))
    model = MaturityModel.model_validate(data)
    study = plain_study("fr")

    german = questions(survey_file(model, study, study.waves[0]), "de")

    assert german[0].text == "Wie weit sind Sie?"
    welcome = language_row(model, study, "de")["surveyls_welcometext"]
    assert "Vos réponses sont confidentielles" in welcome


def test_base_language_is_the_study_s(load: Load, study: Study) -> None:
    """A study in English opens in English although its model begins with French."""
    english = study.model_copy(update={"language": "en"})

    row = settings_of(load("datacites2"), english)

    assert (row["language"], row["additional_languages"]) == ("en", "fr")
