"""The LimeSurvey survey built from a model: nothing missing, nothing evaluated, mode told."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from config.loading import load_model, load_study
from config.maturity_model import MaturityModel
from config.settings import Settings
from config.study import Confidentiality, Contact, Mode, SideRule, Study, Wave
from config.text import Text
from tasks.survey.building import expected_structure, survey_file
from tasks.survey.building.form import FormQuestion
from tasks.survey.building.letters import minutes_to_answer
from tasks.survey.building.pages import form
from tasks.survey.limesurvey.shapes import plain_text
from tasks.survey.questionnaire import compare, remarks
from tasks.survey.source import SurveyStructure
from tests.strategies import maturity_models
from tests.survey.lss import questions, sections

DATA = Path(__file__).parents[1] / "data" / "maturite_numerique"
SHIPPED = ("datacites2", "syntec2018", "deloitte2018", "capgemini2012")
HOSTILE = "<script>alert(1)</script> & ]]> {STR1} {{ 7*7 }} {1+1} &amp; « oui » ?"
# What the form itself adds: blocks, the weight of an answer, the heading of a page.
OUR_TAGS = re.compile(
    r'</?p>|<br />|<span class="fw-normal lh-base text-body">'
    r'|<span role="heading" aria-level="1">|</span>'
)

Load = Callable[[str], MaturityModel]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation that also knows the model of an existing questionnaire."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(DATA, folder / "config")
    return Settings(home=folder)


@pytest.fixture(scope="module")
def load(home: Settings) -> Load:
    """Load a model by its code."""
    return lambda code: load_model(code, home).model


@pytest.fixture(scope="module")
def study(home: Settings) -> Study:
    """The demo study."""
    return load_study("demo", home)


def plain_study(language: str = "fr", **more: object) -> Study:
    """A study that says only what it must."""
    wave = Wave(
        code="V1",
        label=Text({language: "Vague"}),
        opens=date(2026, 3, 1),
        closes=date(2026, 4, 1),
        survey_id=4711,
        keep_until=date(2027, 1, 1),
    )
    return Study.model_validate(
        {
            "code": "etude",
            "title": {language: "Étude"},
            "authority": {"name": "Valdoré", "of_name": "de Valdoré"},
            "model": "hasard",
            "language": language,
            "waves": [wave],
            "output": "rapports",
            **more,
        }
    )


def in_mode(study: Study, mode: Mode) -> Study:
    """The same study, run in another mode."""
    rules = study.confidentiality.model_copy(update={"mode": mode})
    return study.model_copy(update={"confidentiality": rules})


def with_question(model: MaturityModel, code: str, **changes: object) -> MaturityModel:
    """The model with one question changed, by the code it has."""
    data = model.model_dump(mode="json", exclude_none=True)
    found = [
        item
        for item in (
            *data["profile_questions"],
            *(i for axis in data["axes"] for d in axis["dimensions"] for i in d["items"]),
            *data["other_items"],
        )
        if item["code"] == code
    ]
    found[0].update(changes)
    return MaturityModel.model_validate(data)


def settings_of(model: MaturityModel, study: Study) -> dict[str, str]:
    """The survey's row."""
    (row,) = sections(survey_file(model, study, study.waves[0]))["surveys"]
    return row


def language_row(model: MaturityModel, study: Study, language: str) -> dict[str, str]:
    """The survey's texts in one language."""
    rows = sections(survey_file(model, study, study.waves[0]))["surveys_languagesettings"]
    return next(row for row in rows if row["surveyls_language"] == language)


# --- the questions ------------------------------------------------------------------------------


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


# --- shared questions ---------------------------------------------------------------------------


def one(model: MaturityModel, study: Study, code: str) -> FormQuestion:
    """One question of the form."""
    return next(question for question in form(model, study).questions if question.code == code)


def test_items_that_share_a_question_are_one_question(load: Load, study: Study) -> None:
    """An array, a list with comment, boxes and numbers are rebuilt from their columns."""
    model = load("valdore")

    kinds = {question.code: question.kind for question in form(model, study).questions}

    assert kinds == {
        **{"ROLE": "L", "DEBUT": "D", "ETP": "N", "FORM": "Y", "STR1": "L", "STR2": "O"},
        **{"OUT": "F", "ECH": "A", "DONN": "M", "CANAL": "L", "COM": "T"},
    }
    assert [row.code for row in one(model, study, "OUT").rows] == ["SQ001", "SQ002", "SQ003"]
    assert one(model, study, "CANAL").other


def test_question_of_a_comment_is_told_in_the_help(load: Load, study: Study) -> None:
    """LimeSurvey has no place for the comment's own question, so the list's help says it."""
    asked = one(load("valdore"), study, "STR2")

    assert asked.help is not None
    assert "Votre commentaire sur l’achat des outils" in asked.help["fr"]
    assert asked.help["en"] == "Comment box: Your comment on the purchase of tools"


def test_dimensions_that_share_a_list_show_the_levels(load: Load, study: Study) -> None:
    """Rows of one array cannot each show their own behaviours: the levels' names stand there."""
    model = load("datacites2")
    for row, code in enumerate(("D01N", "D02N"), start=1):
        model = with_question(model, code, column=f"TOUT[SQ{row}]")

    asked = one(model, study, "TOUT")

    assert [option.texts["fr"] for option in asked.options][:2] == ["Sommeil", "Éveil"]
    assert form(model, study).pages[1].title["fr"] == "Discernement"  # a page an axis


def test_short_texts_take_one_line_and_comments_several(load: Load, study: Study) -> None:
    """A free text of the profile is one line; elsewhere there is room to write."""
    model = load("datacites2")
    data = model.model_dump(mode="json", exclude_none=True)
    post = {"code": "POSTE", "kind": "text", "question": {"fr": "Votre poste", "en": "Your post"}}
    data["profile_questions"].append(post)
    model = MaturityModel.model_validate(data)

    assert one(model, study, "POSTE").kind == "S"
    assert one(model, study, "SUJET").kind == "T"


# --- pages --------------------------------------------------------------------------------------


def test_each_dimension_is_a_page_that_says_where_it_stands(load: Load, study: Study) -> None:
    """Profile first, one page a dimension with its place, the rest at the end."""
    pages = form(load("datacites2"), study).pages

    assert len(pages) == 15
    assert pages[0].title["fr"] == "Vous et votre fonction"
    assert pages[1].title["fr"] == "Besoins et politiques publiques d’abord"
    assert pages[1].description["fr"].startswith("Discernement, sujet 1 sur 13\n\n")
    assert pages[1].description["en"].startswith("Discernment, subject 1 of 13\n\n")
    assert [question.code for question in pages[1].questions] == ["D01N", "D01C", "D01T"]
    assert pages[-1].title == {"fr": "Pour finir", "en": "To finish"}


# --- who is asked -------------------------------------------------------------------------------


def test_question_for_one_side_asks_that_side(load: Load, study: Study) -> None:
    """A question put to a side is asked of those whose profile answer tells it."""
    model = with_question(load("datacites2"), "D01T", asked_of=["digital"])

    assert one(model, study, "D01T").relevance == 'ROLE.NAOK == "DN" or ROLE.NAOK == "RD"'
    assert one(model, study, "D01N").relevance == "1"


def test_side_by_label_is_asked_by_its_code(load: Load, study: Study) -> None:
    """A rule written with an answer's text still asks by the code, which the platform compares."""
    rule = SideRule(attribute="role", values={"Direction générale": "elected"})
    model = with_question(load("datacites2"), "D01T", asked_of=["elected"])
    changed = study.model_copy(update={"side_rule": rule})

    assert one(model, changed, "D01T").relevance == 'ROLE.NAOK == "DG"'


@pytest.mark.parametrize(
    ("mode", "value", "expected"),
    [
        (Mode.CONFIDENTIAL, "L’eau", 'TOKEN:ATTRIBUTE_2 == "L’eau"'),
        (Mode.CONFIDENTIAL, 'Le "numérique" \\', "TOKEN:ATTRIBUTE_2 == 'Le \"numérique\" \\\\'"),
        (Mode.CONFIDENTIAL, 'L\'"eau"', "1"),  # no way to write it: everybody is asked
        (Mode.ANONYMOUS, "L’eau", "1"),
    ],
)
def test_side_by_participant_needs_to_know_participants(
    load: Load, study: Study, mode: Mode, value: str, expected: str
) -> None:
    """An attribute of the participants table decides where there is one; else all are asked."""
    rule = SideRule(attribute="service", values={value: "digital"})
    model = with_question(load("datacites2"), "D01T", asked_of=["digital"])
    changed = in_mode(study, mode).model_copy(update={"side_rule": rule})

    assert one(model, changed, "D01T").relevance == expected


# --- how it runs --------------------------------------------------------------------------------


def test_confidential_survey_lets_people_come_back(load: Load, study: Study) -> None:
    """Tokens are kept, answers can be taken up and changed, and nothing else is stored."""
    row = settings_of(load("datacites2"), study)

    assert row["sid"] == "640026"
    assert row["startdate"] == "2026-09-14 00:00:00"
    assert row["expires"] == "2026-10-04 23:59:59"
    assert {row[name] for name in ("anonymized", "ipaddr", "refurl", "savetimings")} == {"N"}
    kept = ("datestamp", "allowsave", "tokenanswerspersistence", "alloweditaftercompletion")
    assert {row[name] for name in (*kept, "allowprev", "showprogress")} == {"Y"}
    assert (row["format"], row["shownoanswer"], row["assessments"]) == ("G", "N", "N")


def test_anonymous_survey_keeps_no_way_back(load: Load, study: Study) -> None:
    """No token, no name to save under, no participant attribute; date stamps stay on."""
    row = settings_of(load("datacites2"), in_mode(study, Mode.ANONYMOUS))

    assert row["anonymized"] == row["datestamp"] == "Y"
    back = ("allowsave", "tokenanswerspersistence", "alloweditaftercompletion")
    assert {row[name] for name in back} == {"N"}
    assert row["attributedescriptions"] == ""


def test_participant_attributes_are_described(load: Load, study: Study) -> None:
    """The platform shows staff what `attribute_1` is, in each language."""
    model = load("datacites2")
    described = json.loads(settings_of(model, study)["attributedescriptions"])
    captions = json.loads(language_row(model, study, "en")["surveyls_attributecaptions"])

    assert {name: one["description"] for name, one in described.items()} == {
        "attribute_1": "Poste",
        "attribute_2": "Service",
    }
    assert captions == {"attribute_1": "Post", "attribute_2": "Department"}


def test_answers_stay_in_the_order_of_the_model(load: Load, study: Study) -> None:
    """Every list says that it is not to be shuffled, whatever the installation prefers."""
    rows = sections(survey_file(load("datacites2"), study, study.waves[0]))
    lists = {row["qid"] for row in rows["questions"] if row["type"] == "L"}
    ordered = {
        row["qid"]
        for row in rows["question_attributes"]
        if (row["attribute"], row["value"]) == ("answer_order", "normal")
    }

    assert lists
    assert lists == ordered


def test_long_title_is_cut_where_the_platform_would_refuse_it(load: Load, study: Study) -> None:
    """A title beyond 200 characters of HTML ends in an ellipsis instead of failing the import."""
    long = study.model_copy(update={"title": Text({"fr": "Étude & " * 60})})

    title = language_row(load("datacites2"), long, "fr")["surveyls_title"]

    assert len(title) <= 200
    assert title.endswith("…")
    assert plain_text(title).startswith("Étude & Étude &")


# --- what it promises ---------------------------------------------------------------------------


def notices(model: MaturityModel, study: Study, language: str) -> str:
    """All that the form says besides questions, as a reader has it."""
    row = language_row(model, study, language)
    names = ("welcometext", "policy_notice", "policy_notice_label", "policy_error", "endtext")
    return "\n".join(plain_text(row[f"surveyls_{name}"]) for name in names)


def test_confidential_notice_says_who_sees_what(load: Load, study: Study) -> None:
    """The form names the smallest group, the rule for comments, the dates and the rights."""
    said = notices(load("datacites2"), study, "fr")

    for promise in (
        "Vos réponses sont confidentielles",
        "seule à savoir qui a répondu quoi",
        "moins de 5 personnes n’est jamais montré à part",
        "au moins 8 personnes",
        "de la communauté de communes du Val de Sorlune",
        "43 questions sur 15 pages",
        "jusqu’au 4 octobre 2026 au soir",
        "Jusqu’au 4 octobre 2027 au plus tard",
        "nom, courriel, poste, service",
        "les corriger ou à les faire effacer",
    ):
        assert promise in said
    assert "anonyme" not in said


def test_anonymous_notice_promises_no_more_than_it_can_keep(load: Load, study: Study) -> None:
    """Nobody can find an answer again: so no correction, no coming back, no personal link."""
    said = notices(load("datacites2"), in_mode(study, Mode.ANONYMOUS), "fr")

    assert "Vos réponses sont anonymes" in said
    assert "pas même l’équipe du programme" in said
    assert "moins de 5 personnes n’est jamais montré à part" in said
    assert "ni retrouvées ni effacées" in said
    for word in ("confidentielles", "votre lien", "modifier", "votre inscription"):
        assert word not in said


@pytest.mark.parametrize("mode", list(Mode))
def test_english_notice_is_english(load: Load, study: Study, mode: Mode) -> None:
    """Every sentence of the form has its translation, with British dates."""
    said = notices(load("datacites2"), in_mode(study, mode), "en")

    assert "4 October 2026" in said
    for word in ("vous", "réponses", "équipe", "questions sur", "effac", "nom,"):
        assert word not in said.casefold()


def test_first_of_a_month_is_written_as_people_say_it() -> None:
    """« 1er avril 2026 », not « 1 avril »."""
    data = json.loads((Path(__file__).parent / "three_languages.json").read_text("utf-8"))
    said = notices(MaturityModel.model_validate(data), plain_study("fr"), "fr")

    assert "1er avril 2026" in said
    assert "Vous pouvez passer toute question, et revenir en arrière." in said


def test_notice_of_an_english_study_names_its_authority_in_french_too(
    load: Load, study: Study
) -> None:
    """The turn with « de » is the study's language's: the French page quotes the name instead."""
    authority = study.authority.model_copy(update={"name": "Exton", "of_name": "of Exton"})
    english = study.model_copy(update={"language": "en", "authority": authority})

    said = notices(load("datacites2"), english, "fr")

    assert "le fonctionnement de «\u00a0Exton\u00a0»" in said
    assert "of Exton" not in said
