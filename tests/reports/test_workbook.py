"""The results workbook: everything traced, nothing evaluated, for the programme team only."""

from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from config.loading import load_model
from config.recommendation import Recommendations
from tasks.disclosure.sheets import unpublished_figures
from tasks.frames import ANSWERS, JOURNAL, RESPONDENTS, empty
from tasks.reports.collective import collective_report
from tasks.reports.workbook import results_workbook
from tests.reports.specimens import SETTINGS, collective, nobody_yet

DANGEROUS = [
    "=cmd()",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "a\x0bb\x00c",
    "x" * 40_000,
    "é 🏙️ \ud800",
]


def respondents(number):
    """People of all sides, one of them unknown."""
    return RESPONDENTS.validate(
        pd.DataFrame(
            {
                "respondent": [f"P{place:02d}" for place in range(1, number + 1)],
                "response_id": range(1, number + 1),
                "status": ["partial", *["complete"] * (number - 1)],
                "submitted_at": ["2026-09-20 10:00", *[None] * (number - 1)],
                "language": ["fr"] * number,
                "side": [None, *["policy"] * (number - 1)],
                "profile_poste": DANGEROUS[:number],
            }
        )
    )


def answers(model, number):
    """A stage and a comment per dimension and person; one « je ne sais pas », one unknown code."""
    rows = []
    for place in range(1, number + 1):
        who = f"P{place:02d}"
        for dimension in model.dimensions:
            stage, _, comment = dimension.items
            rows.append((who, stage.code, "stage", dimension.code, "answered", "A2", "S2", None))
            text = DANGEROUS[place % len(DANGEROUS)]
            rows.append(
                (who, comment.code, "comment", dimension.code, "answered", None, None, text)
            )
        obstacles = model.other_items[0].code
        rows += [
            (who, obstacles, "multiple_choice", None, "answered", code, None, None)
            for code in ("F1", "F3")
        ]
    first = model.dimensions[0].items[1].code
    rows.append(("P01", first, "coherence", "D01", "dont_know", "NSP", None, None))
    rows.append(("P02", first, "coherence", "D01", "quarantined", "Z9", None, None))
    frame = pd.DataFrame(rows, columns=list(ANSWERS.columns))
    return frame.astype(
        dict.fromkeys(("respondent", "item", "kind", "dimension", "state", "level"), "category")
    )


@pytest.fixture(scope="module")
def book(results, model, study, content):
    """The workbook of a campaign, read back."""
    journal = pd.DataFrame(
        [("P01", "D01T", "trim", " =a", "a", "Espaces retirés.")], columns=list(JOURNAL.columns)
    )
    made = results_workbook(
        results, respondents(8), answers(model, 8), journal, model, study, content.values
    )
    return openpyxl.load_workbook(BytesIO(made))


def column(sheet, header):
    """The cells under a header, which may go on after it."""
    for cell in sheet[1]:
        if str(cell.value).startswith(header):
            return [row[cell.column - 1] for row in sheet.iter_rows(min_row=2)]
    raise AssertionError(header)


def test_the_sheets_are_there_and_say_for_whom_they_are(book):
    """The first sheet opens with the warning."""
    assert book.sheetnames == [
        "Lisez-moi", "Réponses", "Effectifs", "Journal", "Valeurs", "Lexique",
    ]  # fmt: skip
    assert book["Lisez-moi"]["A2"].value == "Confidentiel"
    assert "équipe du programme" in book["Lisez-moi"]["B2"].value


def test_headers_stay_in_sight_and_filter(book):
    """Every sheet is frozen under its header; the tables filter."""
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].font.bold
        assert (sheet.auto_filter.ref is None) == (sheet.title == "Lisez-moi")
        assert sheet.column_dimensions["A"].width >= 10


def test_no_cell_is_a_formula_whatever_people_wrote(book):
    """Texts that begin like a formula stay texts, and Excel is told so."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, (sheet.title, cell.coordinate)
    assert book["Réponses"]["E2"].value == "=cmd()"


def test_long_and_forbidden_characters_are_dealt_with(book):
    """A text longer than a cell is cut and says so; control characters are gone."""
    texts = [cell.value for cell in column(book["Réponses"], "D01T")]
    assert any(text and text.endswith("[…]") and len(text) < 32_768 for text in texts)
    assert "a bc" in texts


def test_answers_are_one_row_a_pseudonym_and_one_column_a_question(book, model):
    """Levels by code and name, ticked boxes together, what is not on the scale in words."""
    sheet = book["Réponses"]
    assert [cell.value for cell in column(sheet, "Pseudonyme")] == [
        f"P{n:02d}" for n in range(1, 9)
    ]
    assert sheet.max_column == 4 + 1 + len(model.items)
    stage = model.dimensions[0].items[0].code
    assert {cell.value for cell in column(sheet, f"{stage} –")} == {"S2 – Éveil"}
    assert column(sheet, "FREINS")[0].value.startswith("F1 – Le manque d’argent")
    assert " ; F3 – " in column(sheet, "FREINS")[0].value
    coherence = [cell.value for cell in column(sheet, f"{model.dimensions[0].items[1].code} –")]
    assert coherence[:2] == ["(Ne sait pas)", "code inconnu\u00a0: Z9"]


def test_every_value_of_the_report_leads_to_its_cell(book, content):
    """Each figure names a cell, and the cell of a counted figure holds the same number."""
    sheet = book["Valeurs"]
    names = [cell.value for cell in column(sheet, "Nom")]
    values = [cell.value for cell in column(sheet, "Valeur")]
    origins = column(sheet, "Cellule d’origine")
    assert dict(zip(names, values, strict=True)) == pytest.approx(dict(content.values))
    counted = 0
    for name, value, origin in zip(names, values, origins, strict=True):
        assert origin.value, name
        assert origin.hyperlink.location.replace("'", "") == origin.value
        title, _, at = origin.value.partition("!")
        if ":" not in at and book[title][f"A{at[1:]}"].value == name:
            counted += 1
            assert book[title][at].value == value, name
    assert counted > 300


def test_counts_lead_to_the_column_of_answers(book):
    """A count of a question points to that question's column."""
    sheet = book["Effectifs"]
    items = [cell.value for cell in column(sheet, "Question")]
    links = [cell.value for cell in column(sheet, "Colonne")]
    item, link = next((item, link) for item, link in zip(items, links, strict=True) if item)
    assert link.startswith("Réponses!")
    letter = link.partition("!")[2].rstrip("0123456789").partition("2:")[0]
    assert book["Réponses"][f"{letter}1"].value.startswith(f"{item} –")


def test_the_journal_is_given_whole(book):
    """What was changed, before and after, and why."""
    row = [cell.value for cell in book["Journal"][2]]
    assert row == ["P01", "D01T", "trim", " =a", "a", "Espaces retirés."]


def test_codes_are_explained(book, model, study):
    """Sides, levels, dimensions, questions and options all have their line."""
    codes = {cell.value for cell in column(book["Lexique"], "Code")}
    assert {side.code for side in study.sides} <= codes
    assert set(model.level_codes) <= codes
    assert {one.code for one in model.dimensions} <= codes
    assert {item.code for item in model.items} <= codes


def test_a_campaign_without_answers_gives_a_workbook_too(model, study, recommendations):
    """The first morning: headers, no row, no error."""
    results = nobody_yet(model, study)
    content = collective_report(results, model, study, study.wave(), recommendations)
    made = results_workbook(
        results, empty(RESPONDENTS), empty(ANSWERS), empty(JOURNAL), model, study, content.values
    )
    assert openpyxl.load_workbook(BytesIO(made))["Réponses"].max_row == 1


def test_an_english_study_has_an_english_workbook(results, model, study, recommendations):
    """Sheet names and headers follow the study's language."""
    english = study.model_copy(update={"language": "en"})
    content = collective_report(results, model, english, english.wave(), recommendations)
    made = results_workbook(
        results, respondents(3), answers(model, 3), empty(JOURNAL), model, english, content.values
    )
    names = openpyxl.load_workbook(BytesIO(made)).sheetnames
    assert names == ["Read me", "Answers", "Counts", "Journal", "Values", "Codes"]


def test_the_places_between_two_axes_are_figures_too(study):
    """The workbook counts the people at each place, and each cell comes from these counts."""
    model = load_model("capgemini2012", SETTINGS).model
    results = collective(model, study)
    content = collective_report(results, model, study, study.wave(), Recommendations(code="none"))
    made = results_workbook(
        results, empty(RESPONDENTS), empty(ANSWERS), empty(JOURNAL), model, study, content.values
    )
    assert list(unpublished_figures(made, content.values)) == []
    sheet = openpyxl.load_workbook(BytesIO(made))["Effectifs"]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("quadrant.")]
    assert sum(row[4] for row in rows) == len(results.quadrant)
    assert all(" sur " in row[3] for row in rows)
    cells = [n for name, n in content.values.items() if name.startswith("quadrant.cell.")]
    assert (len(cells), sum(cells)) == (4, len(results.quadrant))
