"""Surveys written to LimeSurvey: imported, opened, refused."""

import inspect
import typing
from dataclasses import replace

import pytest
from lxml import etree

from config.errors import PlatformError, PlatformUnreachable
from config.maturity_model import MaturityModel
from config.study import Study
from tasks.campaign.platform import CampaignPlatform
from tasks.survey.adopting.gathered import read_questionnaire
from tasks.survey.building.survey import expected_structure
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import (
    SandboxPlatform,
)
from tests.survey.campaign.conftest import NOW, SURVEY, at, changed


def test_limesurvey_offers_what_a_campaign_asks() -> None:
    """Every method of the contract is there with its parameters and what it gives."""
    asked = {
        name: method
        for name, method in inspect.getmembers(CampaignPlatform, inspect.isfunction)
        if not name.startswith("_")
    }
    assert {"structure", "windows", "participants", "invite", "expire"} <= set(asked)
    for name, method in asked.items():
        offered = getattr(LimeSurvey, name)
        assert [*inspect.signature(offered).parameters] == [*inspect.signature(method).parameters]
        assert typing.get_type_hints(offered) == typing.get_type_hints(method), name


def test_imported_survey_is_the_model(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """Each code, option and text comes back, in every language, in the same order."""
    model, study, file = demo
    number = limesurvey.import_survey(file, SURVEY)

    found = read_questionnaire(limesurvey, number)
    assert [*found] == [*model.languages]
    for language, structure in found.items():
        expected = expected_structure(model, study, study.waves[0], language)
        assert structure == replace(expected, survey_id=SURVEY)
        for mine, theirs in zip(expected.questions, structure.questions, strict=True):
            assert [*mine.options] == [*theirs.options]
            assert [*mine.rows] == [*theirs.rows]


def test_state_follows_the_survey(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """Unknown, imported, active, with a participants table, ended, gone."""
    assert limesurvey.state(SURVEY) is None
    limesurvey.import_survey(demo[2], SURVEY)
    new = limesurvey.state(SURVEY)
    assert new is not None
    assert (new.active, new.anonymized, new.participants_table) == (False, False, False)
    assert new.languages == ("fr", "en")
    assert new.expires == at("2026-10-04 23:59:59")
    assert new.datestamp
    limesurvey.activate(SURVEY)
    limesurvey.activate(SURVEY)  # nothing to do
    limesurvey.open_participants(SURVEY, {})
    limesurvey.expire(SURVEY, NOW)
    now = limesurvey.state(SURVEY)
    assert now == replace(new, active=True, participants_table=True, expires=NOW)
    limesurvey.delete_survey(SURVEY)
    assert limesurvey.state(SURVEY) is None


def test_taken_number_gives_another_one(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """The survey that has the number stays as it is."""
    limesurvey.import_survey(demo[2], SURVEY)
    limesurvey.activate(SURVEY)
    other = limesurvey.import_survey(demo[2], SURVEY)
    assert other != SURVEY
    states = (limesurvey.state(SURVEY), limesurvey.state(other))
    assert [state and state.active for state in states] == [True, False]


def test_end_before_the_opening_is_refused(opened: LimeSurvey) -> None:
    """The platform's quiet « false » becomes a message, and the old end stays."""
    with pytest.raises(PlatformError, match="refuse la fin du 2025-01-01") as refused:
        opened.expire(SURVEY, at("2025-01-01"))
    assert "ouverture" in refused.value.remedy
    state = opened.state(SURVEY)
    assert state is not None
    assert state.expires == at("2026-10-04 23:59:59")


def test_attributes_of_participants_bear_their_names(
    platform: SandboxPlatform, opened: LimeSurvey
) -> None:
    """Labels are on the platform before the table is, which is made once."""
    assert '"Fonction"' in str(platform.survey(SURVEY).properties["attributedescriptions"])
    opened.open_participants(SURVEY, {"attribute_1": "Autre chose"})
    assert platform.calls["activate_tokens"] == 0
    assert '"Fonction"' in str(platform.survey(SURVEY).properties["attributedescriptions"])


def test_import_that_stops_half_way_says_so(
    platform: SandboxPlatform, limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """A code too long for the database leaves half a survey under the number wanted."""
    long = changed(demo[2], "questions/rows/row[4]/title", "X" * 25)
    with pytest.raises(PlatformUnreachable, match="On ne sait pas") as failed:
        limesurvey.import_survey(long, SURVEY)
    assert "questionnaire incomplet" in failed.value.remedy
    assert "SQLSTATE" not in str(failed.value)
    assert len(platform.survey(SURVEY).questions) == 3
    assert platform.calls["import_survey"] == 1


def test_option_too_long_is_seen_by_reading_back(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """The platform drops it without a word: only the comparison shows it."""
    model, study, file = demo
    limesurvey.import_survey(changed(file, "answers/rows/row/code", "TROPLONG"), SURVEY)
    expected = expected_structure(model, study, study.waves[0], "fr")
    assert limesurvey.structure(SURVEY, "fr").questions != expected.questions


REFUSED_FILES = [b"bonjour", b"<document><inachev", b"<document/>"]


@pytest.mark.parametrize("content", REFUSED_FILES)
def test_file_that_is_no_survey_is_refused(limesurvey: LimeSurvey, content: bytes) -> None:
    """Nothing is imported, and the message says that."""
    with pytest.raises(PlatformError, match="Rien n’a été importé") as refused:
        limesurvey.import_survey(content, SURVEY)
    assert not isinstance(refused.value, PlatformUnreachable)
    assert limesurvey.state(SURVEY) is None


def test_survey_that_cannot_be_activated(
    limesurvey: LimeSurvey, demo: tuple[MaturityModel, Study, bytes]
) -> None:
    """Too wide for a table, or empty, are two messages."""
    document = etree.fromstring(demo[2])
    groups = document.find("groups")
    assert groups is not None
    document.remove(groups)
    limesurvey.import_survey(etree.tostring(document), SURVEY)
    with pytest.raises(PlatformError, match="page sans question"):
        limesurvey.activate(SURVEY)

    wide = limesurvey.import_survey(_wide(demo[2]), 650_002)
    with pytest.raises(PlatformError, match="trop de questions"):
        limesurvey.activate(wide)


def _wide(file: bytes) -> bytes:
    """The file with a thousand rows in its first array."""
    document = etree.fromstring(file)
    (holder,) = document.findall("subquestions/rows")
    first = holder[0]
    for number in range(1000):
        row = etree.fromstring(etree.tostring(first))
        for column, text in (("title", f"W{number:04}"), ("question_order", str(number + 50))):
            element = row.find(column)
            assert element is not None
            element.text = text
        holder.append(row)
    return etree.tostring(document)
