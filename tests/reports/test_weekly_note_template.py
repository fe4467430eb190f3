"""The weekly note as a Word file: sound, short, nobody in it."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

import report_templates
from report_templates.draw_weekly_note import FILES, draw
from tasks.cleaning.journal import Rule
from tasks.reports.change_log import change_log
from tasks.reports.weekly_note import weekly_note
from tasks.word.merge.model import Kind, Subject
from tasks.word.template import WordTemplate
from tests.reports.specimens import collective, nobody_yet, withheld_everywhere
from tests.reports.test_change_log import event, table
from tests.reports.test_weekly_note import OPEN, journal
from tests.word.validity import faults

FOLDER = Path(report_templates.__file__).parent


@pytest.fixture(scope="module")
def fullest(model, study):
    """A maker of notes of the longest kind: everything happened, in every subject."""

    def made(profile="fr-FR", results=None):
        language = "en" if profile == "en" else "fr"
        spoken = study.model_copy(update={"language": language, "typography": profile})
        titles = [dimension.label.say(language) for dimension in model.dimensions]
        events = [event(k, t, s) for k in Kind for t in titles for s in Subject]
        codes = [dimension.code for dimension in model.dimensions]
        former = {"participation.answered": 2, "study.revised": 1}
        values = {"participation.answered": 40, "study.revised": 9}
        for code in codes[1:]:
            former |= table(code, (0, 2, 7, 0, 0), 1)
            values |= table(code, (3, 9, 5, 6, 0), 4)
        values |= table(codes[0], (3, 9, 5, 6, 0), 4) | {"dimension.X.side.policy.level.S1": 1}
        log = change_log(events, former, values, model, spoken, standing=events)
        return weekly_note(
            results or collective(model, spoken),
            journal(*(rule.value for rule in Rule)),
            log, model, spoken, spoken.wave(), today=OPEN, renewed=False, waiting_passages=12,
        )  # fmt: skip

    return made


def render(content, profile="fr-FR"):
    """The note as a .docx, from the template that ships."""
    template = WordTemplate.open(FOLDER / FILES[profile])
    return template.render(content.context, content.charts, content.properties)


def text_of(document):
    """Every word of the body and of the footer."""
    opened = docx.Document(BytesIO(document))
    parts = (opened.element.body, opened.sections[0].footer._element)
    return " ".join(node.text or "" for part in parts for node in part.iter(qn("w:t")))


@pytest.mark.parametrize("profile", FILES)
def test_the_template_asks_for_nothing_that_a_note_lacks(profile, fullest):
    """Every field of each language's template exists, and none is computed for nothing."""
    template = WordTemplate.open(FOLDER / FILES[profile])
    assert template.fields() == set(fullest(profile).context)
    assert template.charts() == ("answers-by-day",)


@pytest.mark.parametrize("profile", FILES)
def test_the_fullest_note_is_a_sound_word_file(profile, fullest):
    """In every language; nobody's pseudonym or words are in it, and no tag is left."""
    made = render(fullest(profile), profile)
    assert faults(made) == []
    text = text_of(made)
    assert not re.search(r"\bP\d{2,}\b|@|Fontaine|\{[{%]", text)
    assert len(text) > 2000


@pytest.mark.parametrize("state", [nobody_yet, withheld_everywhere])
def test_a_note_with_nothing_to_show_is_a_sound_word_file(state, model, study, fullest):
    """Without answers a sentence says so."""
    made = render(fullest(results=state(model, study)))
    assert faults(made) == []
    said = "Aucune des 18 personnes inscrites n’a encore répondu."
    assert (said in text_of(made)) is (state is nobody_yet)


@pytest.mark.parametrize("profile", FILES)
def test_the_drawing_script_draws_a_template_that_renders(profile, fullest):
    """Whoever starts over gets a template that works."""
    content = fullest(profile)
    template = WordTemplate.open(draw(profile))
    assert faults(template.render(content.context, content.charts, content.properties)) == []


def test_the_same_note_gives_the_same_bytes(fullest):
    """What a merge compares does not change by itself."""
    assert render(fullest()) == render(fullest())


def test_each_language_has_its_own_spaces_and_words(fullest):
    """French with no-break spaces, Swiss French with narrow ones, English without French."""
    french, swiss, english = (text_of(render(fullest(one), one)) for one in FILES)
    assert "«\u00a0" in french
    assert "«\u202f" in swiss
    assert "«\u00a0" not in swiss
    assert "Weekly note" in english
    assert not re.search(r"[«»]|réponse|semaine", english)


def test_word_has_nothing_to_ask_when_the_note_opens(fullest):
    """No field to update: the note opens without a question."""
    opened = docx.Document(BytesIO(render(fullest())))
    assert opened.settings.element.find(qn("w:updateFields")) is None
    assert opened.core_properties.title.startswith("Note de la semaine")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_fullest_note_fits_two_pages(fullest, tmp_path):
    """One to two pages whatever happened, in every language."""
    pypdf = pytest.importorskip("pypdf")
    for profile, name in FILES.items():
        (tmp_path / name).write_bytes(render(fullest(profile), profile))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *(str(tmp_path / name) for name in FILES.values()),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pages = [len(pypdf.PdfReader(one).pages) for one in sorted(tmp_path.glob("*.pdf"))]
    assert len(pages) == len(FILES)
    assert max(pages) <= 2
