"""Step 2 of a study: guides for everybody, notes back in Word and Excel, the report that follows.

Twelve guides filled in Word form, two people in the workbook, one who could not be met.
"""

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from docx import Document
from openpyxl import load_workbook
from ruamel.yaml import YAML

from config.settings import Settings
from flows.collecting import CollectRequest, Gathered, collect_folder, remarks
from flows.demo import INTERVIEWS
from flows.guides import GuidesRequest, prepare_guides
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps.guides import to_interview
from flows.summary import Summary, as_markdown
from tasks.interviews.collecting import Collected
from tasks.interviews.form import NOTES, Column
from tasks.interviews.guide_form import TOPIC, Field, GuideForm
from tasks.interviews.guide_rehearsal import fill_guide
from tasks.interviews.making import PERSON_COLUMNS
from tasks.interviews.model import NoteKind, PositionChange
from tasks.interviews.review_workbook import COLUMNS, ReviewForm
from tasks.interviews.workbooks import find_columns
from tasks.survey.sandbox.demo import week_date
from tasks.word.forms import key_of, write_fields
from tests.conftest import DEMO, directly, refresh_demo

AFTER = week_date(DEMO, 3) + INTERVIEWS
SOFFICE = shutil.which("soffice")
DOUBTFUL = "Une parole dont l’accord est incertain."
UNPUBLISHED = "jamais publiée"
REFUSED = "Le portail des familles est parti"  # refused by the reviewer
REWORDED = "Un lexique de deux pages"


class Campaign(NamedTuple):
    """What the journey leaves behind."""

    settings: Settings
    setup: Setup
    filled: tuple[Path, ...]  # guides with notes
    expected: int  # notes typed, in Word and in Excel
    gathered: Gathered
    reviewed: tuple[int, int]  # passages that a reviewer let through, and left
    summary: Summary  # of the refresh after the interviews

    @property
    def two(self) -> tuple[str, ...]:
        """The pseudonyms of two people who were met."""
        return tuple(path.stem for path in self.filled[:2])


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


def type_in_doubt(path: Path) -> int:
    """Type a quote whose consent cannot be read for certain; returns how many notes."""
    texts = {Field(TOPIC, "quote", 1): DOUBTFUL, Field(TOPIC, "consent", 1): "oui sans doute"}
    named = {key_of(field.name): text for field, text in texts.items()}
    path.write_bytes(write_fields(path.read_bytes(), named))
    return 1


def review(path: Path | None, setup: Setup) -> tuple[int, int]:
    """Decide on every passage in the review workbook, as its reader would.

    Some are left undecided, one is refused, one is reworded. Returns how many may appear, and how
    many were left.
    """
    assert path is not None
    form = ReviewForm(setup.loaded.model, setup.study, setup.wave)
    workbook = load_workbook(path)
    sheet, at = workbook[form.sheet], {column: n for n, column in enumerate(COLUMNS, start=1)}
    let_through = left = 0
    for row in range(2, sheet.max_row + 1):
        text = str(sheet.cell(row, at[Column.TEXT]).value)
        refused = sheet.cell(row, at[Column.CONSENT]).value == "aucun"
        decision = "non" if text.startswith(REFUSED) else "oui"
        if UNPUBLISHED in text and not refused:
            left += 1
            continue
        sheet.cell(row, at[Column.REVIEWED], decision)
        sheet.cell(row, at[Column.BY], "A. B.")
        if text.startswith(REWORDED):
            sheet.cell(row, at[Column.EDITED], "Un lexique court, pour les membres de l’assemblée.")
        let_through += decision == "oui" and not refused
    workbook.save(path)
    return let_through, left


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
    in_doubt = type_in_doubt(filled[0])
    saved_by_libreoffice(filled, settings.home / "var")
    others = sorted(set(people.values()) - {path.stem for path in filled})
    in_excel = type_into_workbook(setup, others[:2])
    shared = [*script["subjects"], *script["remarks"]]
    expected = sum(len(one["notes"]) for one in script["interviews"]) + in_excel + in_doubt
    expected += sum(1 for one in shared if one.get("number") in numbers)
    gathered = collect_folder(CollectRequest(study="demo", as_of=str(AFTER)), settings, directly)
    reviewed = review(gathered.workbook, setup)
    summary = refresh_demo(settings, 3, AFTER)
    return Campaign(settings, setup, tuple(filled), expected, gathered, reviewed, summary)


@pytest.mark.slow
def test_every_note_is_accounted_for(campaign: Campaign) -> None:
    """Typed is found; found is read or waits; read is counted, printed, waits or is kept back."""
    collected = campaign.gathered.collected
    assert [doubt.text.split(" | ") for _, doubt in collected.doubts] == [
        [DOUBTFUL, "oui sans doute"]
    ]
    assert collected.refused == ()
    assert sum(one.found for one in collected.sources) == campaign.expected
    read = campaign.expected - 1
    assert (collected.merged.count, collected.repeated) == (read, 0)
    came_in, became = campaign.gathered.tables
    assert came_in[-1][1:] == (str(campaign.expected), str(read), "1")
    assert len(came_in) == 1 + 1 + 15 + 1  # heading, workbook, guides, total
    assert became[-1][1] == str(read) == str(sum(int(row[1]) for row in became[1:-1]))


@pytest.mark.slow
def test_staff_are_shown_the_account_everywhere(campaign: Campaign) -> None:
    """The refresh ends with the same count, after the review; no words on the run's page."""
    came_in, became = campaign.summary.notes
    read = campaign.expected - 1
    counts = dict(became[1:])
    assert came_in[-1][1:] == (str(campaign.expected), str(read), "1")
    let_through, left = campaign.reviewed
    assert left > 0
    assert counts["Peuvent paraître"] == str(let_through)
    assert counts["Attendent une relecture"] == str(left)
    assert counts["Ensemble"] == str(read)
    page = as_markdown(campaign.summary)
    assert f"| Ensemble | {campaign.expected} | {read} | 1 |" in page
    assert DOUBTFUL not in page
    (told,) = remarks(campaign.gathered, words=False)
    assert "accord de citation" in told
    assert DOUBTFUL not in told
    assert DOUBTFUL in remarks(campaign.gathered, words=True)[0]


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
        for n in campaign.gathered.collected.merged.notes
        if not n.text.startswith("dit par")
    )  # fmt: skip
    assert read == typed


@pytest.mark.slow
def test_what_the_interviews_changed_is_in_the_report(campaign: Campaign) -> None:
    """Moves, quotes, brakes and needs, subjects, remarks: what was let through, and no more."""
    assert campaign.summary.interviewed == 14
    document = Document(str(dict(campaign.summary.files)["Rapport collectif"]))
    cells = [cell.text for table in document.tables for cell in table._cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert "Ce que les entretiens ont changé." in text
    assert "14 personnes rencontrées" in text
    script = told()
    notes = [note for one in script["interviews"] for note in one["notes"]]
    mentioned = [n["text"] for n in notes if n["kind"] in ("brake", "lever", "need", "example")]
    quoted = [n["text"] for n in notes if n["kind"] == "quote" and "consent" in n]
    printed = [
        words
        for words in (*mentioned, *quoted, *(one["text"] for one in script["remarks"]))
        if UNPUBLISHED not in words and not words.startswith((REFUSED, REWORDED))
    ]
    absent = [words for words in printed if " ".join(words.split()) not in " ".join(text.split())]
    assert len(printed) > 30
    assert absent == []
    assert {one["label"] for one in script["subjects"] if UNPUBLISHED not in one["text"]} <= {
        label for label in (one["label"] for one in script["subjects"]) if label in text
    }
    assert "Un lexique court, pour les membres de l’assemblée." in text
    for words in (REFUSED, REWORDED, UNPUBLISHED, DOUBTFUL):
        assert words not in text


@pytest.mark.slow
def test_collecting_again_changes_nothing(campaign: Campaign) -> None:
    """The same folder read twice leaves the same notes in the store, in the same order."""
    study, wave = campaign.setup.study.code, campaign.setup.wave.code
    with campaign.setup.store() as store:
        before = store.notes(study, wave)
    again = collect_folder(
        CollectRequest(study="demo", as_of=str(AFTER)), campaign.settings, directly
    ).collected
    with campaign.setup.store() as store:
        assert store.notes(study, wave) == before
    assert again.merged.count == campaign.gathered.collected.merged.count


@pytest.mark.slow
def test_guides_are_made_again_for_those_not_met(campaign: Campaign) -> None:
    """After the interviews one person is left; a guide made again keeps what was typed in it."""
    chosen: list[str] = []

    def step(_title: str, run: Callable[..., object], *args: object) -> object:
        done = run(*args)
        if run is not to_interview:
            return done
        assert isinstance(done, tuple)
        chosen.extend(done)
        return campaign.two

    request = GuidesRequest(study="demo", as_of=str(AFTER))
    before = [path.read_bytes() for path in campaign.filled[:2]]
    prepare_guides(request, campaign.settings, step)
    assert len(chosen) == 1
    assert not set(chosen) & {path.stem for path in campaign.filled}
    study, wave = campaign.setup.study.code, campaign.setup.wave.code
    with campaign.setup.store() as store:
        kept = store.notes(study, wave)
    for path, content in zip(campaign.filled[:2], before, strict=True):
        assert path.read_bytes() != content, "the interviews moved the results it shows"
        collect_one(campaign, path)
    with campaign.setup.store() as store:
        assert store.notes(study, wave) == kept


@pytest.mark.slow
def test_a_guide_renamed_and_typed_in_again_is_the_same_source(campaign: Campaign) -> None:
    """Whatever staff call the file, it takes the place of what it said; no note counts twice."""
    path = campaign.filled[1]
    content = path.read_bytes()
    renamed = path.with_name("Entretien avec Mme Untel, relu.docx")
    key = key_of(Field(TOPIC, "results").name)
    try:
        renamed.write_bytes(write_fields(content, {key: "Autre chose, finalement."}))
        (source,) = collect_one(campaign, renamed).sources
        study, wave = campaign.setup.study.code, campaign.setup.wave.code
        with campaign.setup.store() as store:
            notes = [n for n in store.notes(study, wave).notes if n.respondent == path.stem]
            assert not any("Untel" in name for name in store.notes_by_source(study, wave))
    finally:
        renamed.unlink()
        collect_one(campaign, path)
    assert (source.name, source.file) == (path.name, renamed.name)
    assert [n.text for n in notes if n.kind is NoteKind.RESULTS] == ["Autre chose, finalement."]


@pytest.mark.slow
def test_a_guide_taken_away_counts_no_more(campaign: Campaign) -> None:
    """A consent taken back by removing the guide takes effect, is told, and can be undone."""
    study, wave = campaign.setup.study.code, campaign.setup.wave.code
    path = campaign.filled[3]
    request = CollectRequest(study="demo", as_of=str(AFTER))
    aside = campaign.settings.home / path.name
    path.rename(aside)
    try:
        gathered = collect_folder(request, campaign.settings, directly)
        with campaign.setup.store() as store:
            without = store.notes(study, wave)
    finally:
        aside.rename(path)
    again = collect_folder(request, campaign.settings, directly)
    with campaign.setup.store() as store:
        back = store.notes(study, wave)
    told = [one for one in remarks(gathered, words=False) if "plus dans le dossier" in one]
    assert len(told) == 1
    assert path.name in told[0]
    assert path.stem not in {note.respondent for note in without.notes} | without.interviewed
    assert not any("plus dans le dossier" in one for one in remarks(again, words=False))
    assert path.stem in back.interviewed
    assert back.count == campaign.gathered.collected.merged.count


def collect_one(campaign: Campaign, path: Path) -> Collected:
    """Collect a single file of the study."""
    folder = str(path.relative_to(campaign.settings.home))
    request = CollectRequest(study="demo", as_of=str(AFTER), folder=folder)
    return collect_folder(request, campaign.settings, directly).collected


@pytest.mark.slow
def test_a_guide_under_the_name_of_somebody_else_is_refused(campaign: Campaign) -> None:
    """Two guides for one person: nobody can tell whose notes these are, so staff are asked."""
    mine, other = campaign.filled[2], campaign.filled[3]
    folder = campaign.settings.home / "reçus"
    folder.mkdir()
    wrong = folder / f"{other.stem} entretien.docx"
    wrong.write_bytes(mine.read_bytes())
    for name in ("un.docx", "deux.docx"):
        (folder / name).write_bytes(mine.read_bytes())
    request = CollectRequest(study="demo", as_of=str(AFTER), folder="reçus")
    gathered = collect_folder(request, campaign.settings, directly)
    (refused,) = gathered.collected.refused
    assert f"le guide de {mine.stem} à l’intérieur" in refused.why
    assert other.stem in refused.why
    assert gathered.collected.several == (mine.stem,)
    assert any("plusieurs guides" in one for one in remarks(gathered, words=False))
    assert "un.docx" not in " ".join(remarks(gathered, words=False))


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
