"""The demo study, its model and its recommendations; the template, compiled once."""

from pathlib import Path

import pytest

import report_templates
from config.loading import load_model, load_recommendations, load_study
from tasks.reports.collective import collective_report
from tasks.word.template import WordTemplate
from tests.reports.specimens import SETTINGS, collective

TEMPLATE = Path(report_templates.__file__).parent / "collective_report.docx"


@pytest.fixture(scope="session")
def study():
    """The demo study, with three sides."""
    return load_study("demo", SETTINGS)


@pytest.fixture(scope="session")
def model():
    """The DataCités 2 model: a cycle of five, thirteen dimensions."""
    return load_model("datacites2", SETTINGS).model


@pytest.fixture(scope="session")
def recommendations():
    """The sixteen recommendations."""
    return load_recommendations("datacites2", SETTINGS)


@pytest.fixture(scope="session")
def results(model, study):
    """A campaign that went well, interviews included."""
    return collective(model, study)


@pytest.fixture(scope="session")
def content(results, model, study, recommendations):
    """The report of that campaign."""
    return collective_report(results, model, study, study.wave(), recommendations)


@pytest.fixture(scope="session")
def template():
    """The French template, as it ships."""
    return WordTemplate.open(TEMPLATE)


@pytest.fixture(scope="session")
def document(template, content):
    """The finished report, as bytes."""
    return template.render(content.context, content.charts, content.properties)
