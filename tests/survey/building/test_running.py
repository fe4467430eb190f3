"""How the survey runs: coming back, anonymity, participants, order."""

import json

from config.study import Mode, Study
from config.text import Text
from tasks.survey.building import survey_file
from tasks.survey.limesurvey.shapes import plain_text
from tests.survey.building.conftest import Load, in_mode, language_row, settings_of
from tests.survey.lss import sections


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
