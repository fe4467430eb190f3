"""Step 2 of a study: guides for everybody, notes back in Word and Excel, the report that follows.

Twelve guides filled in Word form, two people in the workbook, one who could not be met.
"""

import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from docx import Document
from openpyxl import load_workbook
from ruamel.yaml import YAML

from config.settings import Settings
from flows.collecting import CollectRequest, collect_folder, remarks, rows
from flows.demo import INTERVIEWS
from flows.guides import GuidesRequest, prepare_guides
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.summary import Summary
from tasks.interviews.collecting import Collected
from tasks.interviews.form import NOTES, Column
from tasks.interviews.guide_form import GuideForm
from tasks.interviews.guide_rehearsal import fill_guide
from tasks.interviews.making import PERSON_COLUMNS
from tasks.interviews.model import PositionChange
from tasks.interviews.reading import find_columns
from tasks.survey.sandbox.demo import week_date
from tests.conftest import DEMO, directly, refresh_demo

AFTER = week_date(DEMO, 3) + INTERVIEWS
SOFFICE = shutil.which("soffice")


class Campaign(NamedTuple):
    """What the journey leaves behind."""

    settings: Settings
    setup: Setup
    filled: tuple[Path, ...]  # guides with notes
    expected: int  # notes typed, in Word and in Excel
    collected: Collected
    summary: Summary  # of the refresh after the interviews


def told() -> dict[str, Any]:
    """The demo's script of interviews."""
    return dict(YAML(typ="safe").load(DEMO / "interviews.yaml"))


def pseudonyms(setup: Setup) -> Mapping[int, str]:
    """Number of a person in the demo → pseudonym."""
    people = YAML(typ="safe").load(DEMO / "respondents.yaml")["respondents"]
    with setup.store() as store:
        tokens = {
            one.token: who
            for who, one in store.identities(setup.study.code, setup.wave.code).items()
        }
    return {one["number"]: tokens[one["token"]] for one in people if one["token"] in tokens}


def saved_by_libreoffice(paths: list[Path], folder: Path) -> None:
    """Open and save every file with LibreOffice, as an interviewer would."""
    if SOFFICE is None:
        return
    out = folder / "saved"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "docx", "--outdir", str(out)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=240)
    for path in paths:
        shutil.move(out / path.name, path)


def type_into_workbook(setup: Setup, people: list[str]) -> int:
    """Confirm the first dimension of two people in the workbook; returns how many notes."""
    path = setup.file(NOTES, ".xlsx")
    workbook = load_workbook(path)
    word = next(w for w, c in setup.form.changes.items() if c is PositionChange.CONFIRMED)
    for person in people:
        header, columns = find_columns(workbook[person], setup.form, PERSON_COLUMNS)
        workbook[person].cell(header + 1, columns[Column.CHANGE], word)
        workbook[person].cell(header + 1, columns[Column.TEXT], f"dit par {person}")
    workbook.save(path)
    return len(people)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Fifteen guides, twelve filled in Word, two people in Excel, one missing; then collected."""
    settings = Settings(home=tmp_path_factory.mktemp("interviews"))
    refresh_demo(settings, 3, week_date(DEMO, 3))
    request = GuidesRequest(study="demo", as_of=str(week_date(DEMO, 3)), people="all")
    made = prepare_guides(request, settings, directly)
    assert made.written == 15
    setup = prepare(RefreshRequest(study="demo", as_of=str(AFTER)), settings)
    script, people = told(), pseudonyms(setup)
    numbers = [one["number"] for one in script["interviews"]]
    guide = GuideForm(setup.form)
    filled = [made.folder / f"{people[number]}.docx" for number in numbers]
    for number, path in zip(numbers, filled, strict=True):
        path.write_bytes(fill_guide(path.read_bytes(), guide, script, number))
    saved_by_libreoffice(filled, settings.home / "var")
    others = sorted(set(people.values()) - {path.stem for path in filled})
    in_excel = type_into_workbook(setup, others[:2])
    shared = [*script["subjects"], *script["remarks"]]
    expected = sum(len(one["notes"]) for one in script["interviews"]) + in_excel
    expected += sum(1 for one in shared if one.get("number") in numbers)
    collected = collect_folder(CollectRequest(study="demo", as_of=str(AFTER)), settings, directly)
    summary = refresh_demo(settings, 3, AFTER)
    return Campaign(settings, setup, tuple(filled), expected, collected, summary)


@pytest.mark.slow
def test_every_note_is_accounted_for(campaign: Campaign) -> None:
    """What was typed is what was found; what was found is what was read or is to be looked at."""
    collected = campaign.collected
    assert [(d.where, d.why, d.text) for _, d in collected.doubts] == []
    assert collected.refused == ()
    assert sum(one.found for one in collected.sources) == campaign.expected
    assert sum(one.read for one in collected.sources) == campaign.expected
    assert collected.merged.count == campaign.expected - collected.repeated
    assert collected.repeated == 0
    table = rows(collected, "fr")
    assert table[-1][1:] == (str(campaign.expected), str(campaign.expected), "0")
    assert len(table) == 1 + 1 + 15 + 1  # heading, workbook, guides, total
    assert remarks(collected, "fr", words=False) == ()


@pytest.mark.slow
def test_the_words_are_those_of_the_script(campaign: Campaign) -> None:
    """Each note comes back with its kind, its dimension, its level and its consent."""
    typed = Counter(
        (note["kind"], note.get("dimension"), " ".join(note["text"].split()),
         note.get("change"), note.get("revised_level"), note.get("consent", "none"))
        for one in told()["interviews"] for note in one["notes"]
    )  # fmt: skip
    read = Counter(
        (str(n.kind), n.dimension, " ".join(n.text.split()), n.change and str(n.change),
         n.revised_level, str(n.consent))
        for n in campaign.collected.merged.notes
        if not n.text.startswith("dit par")
    )  # fmt: skip
    assert read == typed


@pytest.mark.slow
def test_what_the_interviews_changed_is_in_the_report(campaign: Campaign) -> None:
    """The refresh after the interviews counts them and tells what they changed."""
    assert campaign.summary.interviewed == 14
    path = dict(campaign.summary.files)["Rapport collectif"]
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert "Ce que les entretiens ont changé." in text


@pytest.mark.slow
def test_collecting_again_changes_nothing(campaign: Campaign) -> None:
    """The same folder read twice leaves the same notes in the store, in the same order."""
    study, wave = campaign.setup.study.code, campaign.setup.wave.code
    with campaign.setup.store() as store:
        before = store.notes(study, wave)
    again = collect_folder(
        CollectRequest(study="demo", as_of=str(AFTER)), campaign.settings, directly
    )
    with campaign.setup.store() as store:
        assert store.notes(study, wave) == before
    assert again.merged.count == campaign.collected.merged.count


@pytest.mark.slow
def test_guides_are_made_again_for_those_not_met(campaign: Campaign) -> None:
    """After the interviews one person is left; a guide made again keeps what was typed in it."""
    left = prepare_guides(
        GuidesRequest(study="demo", as_of=str(AFTER)), campaign.settings, directly
    )
    assert left.written == 1
    prepare_guides(
        GuidesRequest(study="demo", as_of=str(AFTER), people="all"), campaign.settings, directly
    )
    again = collect_folder(
        CollectRequest(study="demo", as_of=str(AFTER)), campaign.settings, directly
    )
    assert [one.found for one in again.sources] == [one.found for one in campaign.collected.sources]
    assert set(again.merged.notes) == set(campaign.collected.merged.notes)
    assert again.doubts == ()


@pytest.mark.slow
def test_names_are_in_the_guides_and_nowhere_in_the_store(campaign: Campaign) -> None:
    """The name is typed into the file alone; what the store keeps of a guide is a pseudonym."""
    study, wave = campaign.setup.study.code, campaign.setup.wave.code
    with campaign.setup.store() as store:
        identities = store.identities(study, wave)
        for path in campaign.filled:
            name = f"{identities[path.stem].firstname} {identities[path.stem].lastname}"
            cells = {c.text for t in Document(str(path)).tables for r in t.rows for c in r.cells}
            assert name in cells
            for issue in store.issues(study, wave, f"interview_guide/{path.stem}"):
                assert name.encode() not in b"".join(_members(issue.content))


def _members(content: bytes) -> list[bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]
