"""A refresh from the platform to the files, step by step, without Prefect."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from config.errors import PlatformError, QuestionnaireMismatch, ReportLocked, StudyFileError
from config.settings import Settings
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.summary import Summary, as_markdown
from flows.wiring import STEPS, refresh

Play = Callable[[int], Summary]


def files(summary: Summary) -> dict[str, Path]:
    """Label of each file → where it is."""
    return dict(summary.files)


def text_of(path: Path) -> str:
    """All paragraphs of a Word file."""
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_three_weeks_give_files_that_grow(demo_week: Play) -> None:
    """Nine, thirteen, then fifteen answers, each refresh told as what is new since the last."""
    first, second, third = demo_week(1), demo_week(2), demo_week(3)
    assert [s.answered for s in (first, second, third)] == [9, 13, 15]
    # In week 2 somebody finishes what they had begun, and somebody changes an answer.
    assert [(s.new, s.changed) for s in (second, third)] == [(3, 2), (2, 0)]
    assert first.figures_changed is None
    assert third.figures_changed
    assert set(files(third)) == {
        "Rapport collectif", "Note hebdomadaire", "Classeur des résultats", "Notes d’entretien",
    }  # fmt: skip
    assert all(path.is_file() for path in files(third).values())
    assert len(load_workbook(files(third)["Notes d’entretien"]).sheetnames) == 1 + 15 + 3


def test_the_same_week_again_changes_nothing(demo_week: Play) -> None:
    """A second refresh without news finds nothing new and gives the same report."""
    first = demo_week(1)
    before = files(first)["Rapport collectif"].read_bytes()
    again = demo_week(1)
    assert (again.new, again.changed, again.deleted) == (0, 0, 0)
    assert again.figures_changed == 0
    assert text_of(files(again)["Rapport collectif"]) == text_of(files(first)["Rapport collectif"])
    assert before


def test_what_staff_wrote_survives_the_refresh(demo_week: Play) -> None:
    """A sentence of staff stays in the report, the figures come up to date, the former file too."""
    path = files(demo_week(1))["Rapport collectif"]
    document = Document(str(path))
    document.add_paragraph("Une phrase de l’équipe.")
    document.save(str(path))
    summary = demo_week(2)
    assert files(summary)["Rapport collectif"] == path
    assert "Une phrase de l’équipe." in text_of(path)
    assert "13 personnes sur 15" in text_of(path)
    assert any("Actualisé" in line for line in summary.log), summary.log
    note = text_of(files(summary)["Note hebdomadaire"])
    assert "Actualisé" in note
    (kept,) = (path.parent / "history").glob("*.docx")
    assert "Une phrase de l’équipe." in text_of(kept)
    assert "9 personnes sur 15" in text_of(kept)


def test_the_summary_page_bears_no_pseudonym(demo_week: Play) -> None:
    """What Prefect's page shows is counts and file names."""
    page = as_markdown(demo_week(2))
    assert "13 sur 15" in page
    assert re.findall(r"\bP\d{2,}\b|[Pp]ersonne \d", page) == []


def test_the_steps_run_in_their_order(settings: Settings) -> None:
    """The runner is told each step's title before it runs; a failing step stops the rest."""
    told: list[str] = []

    def step(title: str, run: Callable[..., object], *args: object) -> object:
        told.append(title)
        return run(*args)

    with pytest.raises(PlatformError, match="ne sont pas réglés"):
        refresh(RefreshRequest(study="demo"), settings, step)
    assert told == list(STEPS[:2])


def test_an_unknown_wave_names_the_known_ones(settings: Settings) -> None:
    """A slip in the form is answered with what exists."""
    with pytest.raises(StudyFileError, match="n’a pas de vague") as caught:
        prepare(RefreshRequest(study="demo", wave="V1999"), settings)
    assert "V2026" in caught.value.remedy


def test_an_output_folder_that_cannot_be_made_is_said(settings: Settings) -> None:
    """A file in the place of the folder stops before anything is pulled."""
    (settings.home / "rapports").write_text("un fichier", encoding="utf-8")
    with pytest.raises(ReportLocked, match="devrait être un dossier"):
        prepare(RefreshRequest(study="demo"), settings)


def test_a_question_removed_on_the_platform_stops_the_refresh(
    demo_week: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the question; the last good report stays, and nothing is pulled."""
    from tasks.survey.limesurvey import LimeSurvey

    report = files(demo_week(1))["Rapport collectif"]
    before = report.read_bytes()
    whole = LimeSurvey.structure

    def shortened(self: LimeSurvey, survey_id: int, language: str) -> object:
        structure = whole(self, survey_id, language)
        kept = tuple(q for q in structure.questions if q.code != "D07N")
        return type(structure)(structure.survey_id, structure.title, kept)

    monkeypatch.setattr(LimeSurvey, "structure", shortened)
    with pytest.raises(QuestionnaireMismatch, match="D07N"):
        demo_week(2)
    assert report.read_bytes() == before
