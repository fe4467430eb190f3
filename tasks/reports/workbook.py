"""The results workbook (Excel): where the report's figures come from, for the programme team."""

from collections.abc import Mapping
from io import BytesIO

import pandas as pd
from openpyxl import Workbook

from config.maturity_model import MaturityModel
from config.study import Study
from tasks.reports.chart_data import Drawer
from tasks.reports.figure import Figure
from tasks.reports.figures import all_figures
from tasks.reports.sheets import Column, write_sheet
from tasks.reports.voice import Voice
from tasks.reports.wide_answers import answer_columns, answer_rows, columns_of_items
from tasks.reports.workbook_texts import lexicon_rows, read_me_rows
from tasks.results import CollectiveResults

MOST_WRAPPED = 2_000
"""Above this many respondents long answers are not wrapped: the sheet opens faster."""


def results_workbook(
    results: CollectiveResults,
    respondents: pd.DataFrame,
    answers: pd.DataFrame,
    journal: pd.DataFrame,
    model: MaturityModel,
    study: Study,
    values: Mapping[str, str | int | float],
) -> bytes:
    """Return the workbook of one refresh as the bytes of an .xlsx.

    Sheets: what it is; clean answers by pseudonym; counts; journal of cleaning; every figure of
    the report with the cell it comes from; codes. No cell is a formula, whatever people wrote.

    Args:
        results: the collective results of the same refresh.
        respondents: a frame of the RESPONDENTS contract.
        answers: a frame of the ANSWERS contract.
        journal: a frame of the JOURNAL contract.
        model: texts of codes.
        study: language, sides, typography.
        values: the figures of the report, by name (`ReportContent.values`).
    """
    voice = Voice.of(study, model)
    drawer = Drawer.of(voice, model, study)
    book = Workbook(write_only=True)
    book.properties.title = voice.text(study.title)
    book.properties.creator = study.programme or "maturity-study"
    write_sheet(
        book,
        voice.say("Lisez-moi"),
        (Column(voice.say("Classeur de résultats"), 28), Column("", 100)),
        read_me_rows(voice, study, results),
        filters=False,
    )
    answers_sheet = voice.say("Réponses")
    columns = answer_columns(voice, model, respondents)
    write_sheet(
        book,
        answers_sheet,
        columns,
        answer_rows(drawer, model, respondents, answers),
        wrapped=len(respondents) <= MOST_WRAPPED,
    )
    last = len(respondents) + 1
    origins = {
        item: f"'{answers_sheet}'!{letter}2:{letter}{max(2, last)}"
        for item, letter in columns_of_items(model, respondents).items()
    }
    cells = _counts(book, drawer, results, origins)
    _journal(book, voice, journal)
    _values(book, drawer, results, values, cells)
    write_sheet(
        book,
        voice.say("Lexique"),
        (
            Column(voice.say("Nature"), 18),
            Column(voice.say("Code"), 14),
            Column(voice.say("Sens"), 90),
        ),
        lexicon_rows(voice, model, study),
    )
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _counts(
    book: Workbook, drawer: Drawer, results: CollectiveResults, origins: Mapping[str, str]
) -> dict[str, str]:
    """Write the counts; return name of a figure → its cell."""
    voice, name = drawer.voice, drawer.voice.say("Effectifs")
    counted = [one for one in all_figures(drawer, results) if not one.sources]
    columns = (
        Column(voice.say("Nom"), 34),
        Column(voice.say("Objet"), 44),
        Column(voice.say("Point de vue"), 26),
        Column(voice.say("Modalité"), 34),
        Column(voice.say("Effectif"), 10),
        Column(voice.say("Question"), 12),
        Column(voice.say("Colonne d’origine"), 22, link=True),
    )
    rows = [
        (one.name, one.about, one.view, one.label, one.value, one.item, origins.get(one.item, ""))
        for one in counted
    ]
    write_sheet(book, name, columns, rows)
    return {one.name: f"'{name}'!E{place}" for place, one in enumerate(counted, start=2)}


def _journal(book: Workbook, voice: Voice, journal: pd.DataFrame) -> None:
    columns = (
        Column(voice.say("Réponse"), 14),
        Column(voice.say("Question"), 14),
        Column(voice.say("Règle"), 22),
        Column(voice.say("Avant"), 36),
        Column(voice.say("Après"), 36),
        Column(voice.say("Raison"), 60),
    )
    names = ["response", "item", "rule", "before", "after", "reason"]
    write_sheet(book, voice.say("Journal"), columns, journal[names].itertuples(index=False))


def _values(
    book: Workbook,
    drawer: Drawer,
    results: CollectiveResults,
    values: Mapping[str, str | int | float],
    cells: Mapping[str, str],
) -> None:
    """Write every figure of the report with the cell, or the cells, it comes from."""
    voice, name = drawer.voice, drawer.voice.say("Valeurs")
    told = {one.name: one for one in all_figures(drawer, results)}
    columns = (
        Column(voice.say("Nom"), 44),
        Column(voice.say("Objet"), 44),
        Column(voice.say("Point de vue"), 26),
        Column(voice.say("Mesure"), 34),
        Column(voice.say("Valeur"), 12),
        Column(voice.say("Cellule d’origine"), 26, link=True),
    )
    rows = [
        (key, told[key].about, told[key].view, told[key].label, value, _origin(cells, told[key]))
        for key, value in values.items()
    ]
    write_sheet(book, name, columns, rows)


def _origin(cells: Mapping[str, str], figure: Figure) -> str:
    """The cell of a counted figure; for a derived one the cells it comes from, first to last."""
    if figure.name in cells:
        return cells[figure.name]
    found = [cell for name, cell in cells.items() if name.startswith(figure.sources)]
    if not found:
        return ""
    return found[0] if len(found) == 1 else f"{found[0]}:{found[-1].rpartition('!')[2]}"
