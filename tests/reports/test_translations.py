"""Every sentence of the collective report, its workbook and its templates exists in English."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import report_templates
import tasks.reports
from config.catalogue import LOCALES
from tasks.reports import dimension_page, interview_words, silences, withheld

PLACE = re.compile(r"\{\{?[^{}]*\}?\}")
REPORTS, TEMPLATES = (Path(one.__file__).parent for one in (tasks.reports, report_templates))
MODULES = [
    "annex",
    "chart_data",
    "collective",
    "dimension_page",
    "figures",
    "interview_words",
    "method_note",
    "other_questions",
    "participation",
    "path_drawing",
    "quadrant_drawing",
    "quotes",
    "silences",
    "standings",
    "synthesis",
    "voice",
    "wide_answers",
    "withheld",
    "wording",
    "workbook",
    "workbook_texts",
]
DRAWN = ("annexes", "dimensions", "front", "overview", "page")
FILES = (
    *(REPORTS / f"{name}.py" for name in MODULES),
    TEMPLATES / "draw_collective_report.py",
    *(TEMPLATES / "drawing" / f"{name}.py" for name in DRAWN),
)


def places(forms):
    """The places of all forms of a sentence."""
    return {place for form in forms for place in PLACE.findall(form)}


def catalogue():
    """French sentence → its English forms."""
    found = {}
    for path in sorted((LOCALES / "en").glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale="en"):
                if message.id and message.string:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    forms = message.string
                    found[key] = (forms,) if isinstance(forms, str) else tuple(forms)
    return found


def sentences():
    """The literal sentences given to `say` and `count` in the code."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
            if name in ("say", "count") and literal:
                yield first.value


def test_every_literal_sentence_is_translated():
    """Nothing of an English report comes out in French."""
    english = catalogue()
    found = set(sentences())
    assert len(found) > 250
    assert sorted(found - english.keys()) == []


@pytest.mark.parametrize(
    "chosen",
    [
        *withheld._REASONS.values(),
        *(pair[0] for pair in silences._SILENCES.values()),
        *dimension_page.SENTENCES,
        *interview_words.SENTENCES,
    ],
)
def test_every_chosen_sentence_is_translated(chosen):
    """Sentences picked from a table are translated too."""
    assert chosen in catalogue()


def test_translations_keep_the_places():
    """A place that a translation lacks, or invents, would break or lose a figure."""
    with (LOCALES / "en" / "reports.po").open("rb") as stream:
        for message in read_po(stream, locale="en"):
            if not message.id:
                continue
            french = (message.id,) if isinstance(message.id, str) else message.id
            english = (message.string,) if isinstance(message.string, str) else message.string
            assert places(english) <= places(french), french
            assert set(PLACE.findall(french[-1])) == set(PLACE.findall(english[-1])), french
