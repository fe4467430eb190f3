"""The template of the collective report, filled: what a director receives."""

import re
import shutil
import subprocess
from collections import Counter
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from config.loading import load_model, load_recommendations
from report_templates.draw_collective_report import FILES, draw
from tasks.reports.collective import collective_report
from tasks.word.template import WordTemplate
from tests.reports.conftest import TEMPLATE
from tests.reports.specimens import SETTINGS, collective, nobody_yet, withheld_everywhere
from tests.word.exported import contents_for_export
from tests.word.validity import faults

MOST_CHARTS = 20  # more than that, LibreOffice 7.4 distorts them


@pytest.fixture(scope="module")
def opened(document):
    """The finished report, read by python-docx."""
    return docx.Document(BytesIO(document))


def headings(opened):
    """(level, text) of every heading, in order."""
    found = [(p.style.name, p.text) for p in opened.paragraphs]
    return [(int(name[-1]), text) for name, text in found if name.startswith("Heading")]


@pytest.mark.parametrize("profile", FILES)
def test_the_template_asks_for_nothing_that_a_report_lacks(profile, content):
    """Every field of each language's template exists in the context."""
    path = TEMPLATE.parent / FILES[profile]
    assert WordTemplate.open(path).fields() <= set(content.context)


@pytest.mark.parametrize("profile", FILES)
def test_the_drawing_script_draws_a_template_that_renders(profile, content):
    """Whoever starts over gets a template that works."""
    drawn = WordTemplate.open(draw(profile))
    assert faults(drawn.render(content.context, content.charts, content.properties)) == []


@pytest.mark.parametrize("code", ["datacites2", "syntec2018", "deloitte2018", "capgemini2012"])
@pytest.mark.parametrize("state", ["full", "before interviews", "withheld", "nobody"])
def test_every_state_of_every_model_gives_a_sound_word_file(template, study, code, state):
    """Ids, relationships, chart caches and element order hold, and no tag is left."""
    model = load_model(code, SETTINGS).model
    results = {
        "full": lambda: collective(model, study),
        "before interviews": lambda: collective(model, study, interviews=False, sides=False),
        "withheld": lambda: withheld_everywhere(model, study),
        "nobody": lambda: nobody_yet(model, study),
    }[state]()
    recommendations = load_recommendations(code, SETTINGS)
    content = collective_report(results, model, study, study.wave(), recommendations)
    assert faults(template.render(content.context, content.charts, content.properties)) == []


def test_headings_go_down_one_level_at_a_time(opened):
    """A reader of headings never meets a gap, nor an empty heading."""
    found = headings(opened)
    assert found[0][0] == 1
    assert all(text.strip() for _, text in found)
    for (before, _), (after, text) in pairwise(found):
        assert after <= before + 1, text


def test_every_dimension_has_its_heading_under_its_axis(opened, model):
    """Three axes at level 1, thirteen dimensions at level 2."""
    found = {(level, text.replace("\u00a0", " ")) for level, text in headings(opened)}
    assert {(1, axis.label.say("fr").replace("\u00a0", " ")) for axis in model.axes} <= found
    assert {(2, one.label.say("fr").replace("\u00a0", " ")) for one in model.dimensions} <= found


def test_the_parts_that_the_method_asks_for_are_there(opened):
    """Reading help, synthesis, participation, standing, divergence, subjects, method, annex."""
    titles = {text.replace("\u00a0", " ") for level, text in headings(opened) if level == 1}
    assert {
        "Comment lire ce rapport",
        "Synthèse",
        "Qui a répondu",
        "Où se situent les sujets",
        "Là où les points de vue divergent le plus",
        "Les moyens suivent-ils les ambitions ?",
        "Les sujets que personne ne prend en compte",
        "Questions complémentaires",
        "Méthode et limites",
        "Annexe : les effectifs",
        "Glossaire",
    } <= titles


def test_there_are_enough_charts_and_no_more_than_libreoffice_keeps_sharp(opened):
    """One chart a dimension, and the overviews; every one has a text that reads it out."""
    drawings = list(opened.element.body.iter(qn("wp:docPr")))
    assert 12 <= len(drawings) <= MOST_CHARTS
    assert all(len(one.get("descr", "")) > 20 for one in drawings)
    assert not [one for one in drawings if one.get("descr").startswith("chart:")]


def test_tables_repeat_their_header_and_keep_rows_whole(opened):
    """A table that goes over a page says its columns again; no row is cut in two."""
    for table in opened.tables:
        rows = table._tbl.tr_lst
        if table.style is None or table.style.name != "Tableau de l’étude":
            continue
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(
            row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in rows
        )


def test_figures_and_tables_are_numbered_in_order(opened):
    """Captions count 1, 2, 3… although most stand in a loop."""
    captions = [p.text for p in opened.paragraphs if re.match(r"(Figure|Tableau) \d+ ", p.text)]
    in_cells = [
        p.text
        for table in opened.tables
        for cell in table._cells
        for p in cell.paragraphs
        if p.text.startswith("Figure")
    ]
    for label, found in (("Figure", captions + in_cells), ("Tableau", captions)):
        numbers = sorted(int(text.split()[1]) for text in found if text.startswith(label))
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 5


def test_direct_formatting_is_left_to_the_styles(opened):
    """Every paragraph and run looks as its style says: staff restyle in one place."""
    for run in opened.element.body.iter(qn("w:rPr")):
        names = {child.tag for child in run}
        assert not names & {qn("w:sz"), qn("w:color"), qn("w:b"), qn("w:rFonts")}


def test_no_pseudonym_or_address_is_in_the_report(opened, content):
    """The report knows nobody: no pseudonym, no e-mail address."""
    texts = " ".join(node.text or "" for node in opened.element.body.iter(qn("w:t")))
    texts += " ".join(chart.description for chart in content.charts.values())
    assert not re.search(r"\bP\d{2,}\b|@", texts)


def test_the_language_and_properties_are_set(opened):
    """Word checks spelling in French, and shows title and subject."""
    lang = opened.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "fr-FR"
    assert opened.core_properties.title.startswith("Maturité numérique")
    assert opened.core_properties.subject


def test_the_contents_list_the_headings(opened):
    """The table of contents is written at render: axes and dimensions are in it."""
    listed = [p.text.split("\t")[0] for p in opened.paragraphs if p.style.name.startswith("toc")]
    wanted = [" ".join(text.split()) for level, text in headings(opened) if level <= 2]
    assert Counter(listed) == Counter(wanted)


def test_hostile_texts_of_people_stay_texts(template, model, study, recommendations):
    """Markup, tags, control characters and emoji in quotations, subjects and remarks."""
    from dataclasses import replace

    from tasks.results import Quote, Remark, Subject

    nasty = "<w:p> & {{ 7*7 }} {_{ x }_} {% for %} \x0b \ud800 =cmd() 🏙️ « a » " + "x" * 900
    results = collective(model, study, quotes=(Quote(nasty, nasty[:40], "interview"),))
    results = replace(
        results, subjects=(Subject(nasty, 2, (nasty,)),), remarks=(Remark("", nasty),)
    )
    content = collective_report(results, model, study, study.wave(), recommendations)
    made = template.render(content.context, content.charts, content.properties)
    assert faults(made) == []
    texts = " ".join(
        node.text or "" for node in docx.Document(BytesIO(made)).element.body.iter(qn("w:t"))
    )
    assert "{{ 7*7 }}" in texts
    assert "<w:p> &" in texts


@pytest.mark.slow
def test_libreoffice_gives_one_page_a_dimension_and_no_more_than_25(document, model, tmp_path):
    """Converted, the report has 15 to 25 pages; each dimension stands on a page of its own."""
    pypdf = pytest.importorskip("pypdf")
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "rapport.docx"
    source.write_bytes(contents_for_export(document))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pages = [
        " ".join((page.extract_text() or "").split())
        for page in pypdf.PdfReader(tmp_path / "rapport.pdf").pages
    ]
    assert 15 <= len(pages) <= 25
    starts = [number for number, text in enumerate(pages) if "Pour l’atelier." in text]
    assert len(starts) == len(model.dimensions)
    for one in model.dimensions:
        title = " ".join(one.label.say("fr").split())
        assert any(title in pages[number] for number in starts), title
    assert not [text for text in pages if "{{" in text or "{%" in text]
    assert min(len(text) for text in pages) > 150, "an almost empty page"
