"""Erasing a person: nothing of them is found afterwards, and the study goes on."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from openpyxl import load_workbook

from config.errors import DisclosureError, StoreError, StudyFileError
from config.loading import load_model, load_study
from config.settings import Settings
from flows.closing import ClosingRequest, close_campaign
from flows.demo import INTERVIEWS
from flows.erase_person import erase_person
from flows.guides import GuidesRequest, prepare_guides
from flows.retention import retention, retention_warnings
from flows.summary import Summary
from tasks.erasing.certificate import Certificate
from tasks.interviews.model import NoteKind
from tasks.interviews.review_workbook import REVIEW
from tasks.store.repository import open_store
from tasks.survey.sandbox.demo import demo_platform, week_date
from tasks.survey.sandbox.server import running
from tests.conftest import DEMO, Demo, Team, directly, refresh_demo
from tests.leaks.test_demo import people, texts

AFTER = week_date(DEMO, 3) + INTERVIEWS
NUMBER = 1  # in config/demo: an elected member with a quote in the report


STAFF = "Une phrase de l’équipe."


def copy_of(settings: Settings, home: Path) -> Settings:
    """An installation copied so that it can be spoilt."""
    shutil.copytree(settings.home, home)
    return Settings(home=home)


@pytest.fixture
def installation(played_demo: Demo, tmp_path: Path) -> Settings:
    """The demo played to its end, copied."""
    return copy_of(played_demo.settings, tmp_path / "copie")


class Erased(NamedTuple):
    """The demo from which a person was erased, and what there was of them."""

    settings: Settings
    certificate: Certificate
    who: str  # their pseudonym
    planted: list[str]  # what tells of them, a quote last
    before: str  # everything there was
    sheets: list[str]  # of the notes workbook, before
    rows: list[tuple[object, ...]]  # of the review workbook, before


@pytest.fixture(scope="module")
def erased(played_demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Erased:
    """The demo after staff wrote a sentence in the report and a person was erased."""
    settings = copy_of(played_demo.settings, tmp_path_factory.mktemp("efface") / "copie")
    (path,) = folder_of(settings).glob("Rapport*.docx")
    document = Document(str(path))
    document.add_paragraph(STAFF)
    document.save(str(path))
    who = pseudonym_of(settings)
    planted = [*secrets(), quote_of(settings, who)[:30]]
    before = " ".join(text for _, text in everything(settings)) + rows_of(settings)
    sheets, rows = sheets_of(settings), reviewed(settings)
    certificate = erase_person("demo", token(), settings)
    return Erased(settings, certificate, who, planted, before, sheets, rows)


class Refreshed(NamedTuple):
    """A refresh after an erasure."""

    settings: Settings
    summary: Summary


@pytest.fixture(scope="module")
def waiting(erased: Erased, tmp_path_factory: pytest.TempPathFactory) -> Refreshed:
    """A copy of it, refreshed the day after."""
    settings = copy_of(erased.settings, tmp_path_factory.mktemp("apres") / "copie")
    return Refreshed(settings, refresh_demo(settings, 3, AFTER + timedelta(days=1)))


@pytest.fixture(scope="module")
def refreshed(waiting: Refreshed, tmp_path_factory: pytest.TempPathFactory) -> Refreshed:
    """A copy of that, in which staff chose to compute the results without the person."""
    settings = copy_of(waiting.settings, tmp_path_factory.mktemp("choix") / "copie")
    day = AFTER + timedelta(days=2)
    return Refreshed(settings, refresh_demo(settings, 3, day, after_erasure=True))


def folder_of(settings: Settings) -> Path:
    """The study's folder."""
    return settings.home / "rapports" / "demo"


def sheets_of(settings: Settings) -> list[str]:
    """The sheets of the notes workbook."""
    (notes,) = folder_of(settings).glob("Notes*.xlsx")
    return list(load_workbook(notes, read_only=True).sheetnames)


def reviewed(settings: Settings) -> list[tuple[object, ...]]:
    """The rows of the review workbook."""
    (review,) = folder_of(settings).glob(f"{REVIEW}*.xlsx")
    return [r for r in load_workbook(review).worksheets[0].iter_rows(values_only=True) if r[0]]


def secrets() -> list[str]:
    """Name, address, token and first comment of the person to erase."""
    person = next(one for one in people() if one["number"] == NUMBER)
    name = f"{person['firstname']} {person['lastname']}"
    comment = str(person["answers"]["D01T"])[:40]
    return [name, person["email"], person["token"], comment]


def token() -> str:
    """What the person is known by on the platform."""
    return secrets()[2]


def pseudonym_of(settings: Settings) -> str:
    """The pseudonym of the person to erase."""
    with open_store(settings.database) as store:
        identities = store.identities("demo", "V2026")
    return next(who for who, one in identities.items() if one.token == token())


def quote_of(settings: Settings, who: str) -> str:
    """A sentence of theirs that the report prints."""
    with open_store(settings.database) as store:
        notes = store.notes("demo", "V2026").notes
    return next(n.text for n in notes if n.respondent == who and n.kind is NoteKind.QUOTE)


def inside(path: Path) -> str:
    """Every text of a file, in one spelling."""
    text = " ".join(text for _, text in texts(path.read_bytes(), path.name))
    return " ".join(text.replace("’", "'").split())


def everything(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Every file of the installation with its text."""
    for path in sorted(settings.home.rglob("*")):
        if path.is_file():
            yield path, inside(path)


def rows_of(settings: Settings) -> str:
    """Every cell of every table, unpacked."""
    import sqlite3

    from tests.leaks.test_demo import _cells

    with sqlite3.connect(settings.home / "var" / "maturity.sqlite") as connection:
        names = [
            r[0] for r in connection.execute("select name from sqlite_master where type='table'")
        ]
        return "".join(cell for name in names for cell in _cells(connection, name))


def report_of(summary: Summary) -> Path:
    """The collective report of a refresh."""
    return dict(summary.files)["Rapport collectif"]


def test_nothing_of_an_erased_person_is_found(erased: Erased) -> None:
    """No table, no byte of the database file and no file of the folder holds anything of them."""
    database = erased.settings.home / "var" / "maturity.sqlite"
    for secret in erased.planted[1:]:  # the name stands in two cells
        assert secret.casefold().replace("’", "'") in erased.before.replace("’", "'")

    raw = b"".join(path.read_bytes() for path in database.parent.glob("maturity.sqlite*"))
    rows = rows_of(erased.settings).replace("’", "'")
    pseudonym = re.compile(rf"\b{erased.who}\b", re.IGNORECASE)
    for secret in erased.planted:
        assert secret.encode() not in raw
        assert secret.casefold().replace("’", "'") not in rows
    assert not pseudonym.search(rows)
    # In packed bytes three letters turn up by chance: the rows were read unpacked.
    for path, text in everything(erased.settings):
        assert not pseudonym.search(path.name)
        found = [s for s in erased.planted if s.casefold().replace("’", "'") in text]
        assert not found, (path.name, found)
        assert path.suffix == ".sqlite" or not pseudonym.search(text), path.name
    assert erased.certificate.removed["participants"] == 1
    assert erased.certificate.removed["responses"] >= 1


def test_the_next_refresh_works_and_lets_nobody_subtract(
    erased: Erased, waiting: Refreshed
) -> None:
    """It reads and stores, and tells why the published figures and documents stay as they are."""
    summary = waiting.summary
    assert (summary.answered, summary.figures_changed) == (14, 0)
    (said,) = (notice for notice in summary.notices if "par différence" in notice)
    assert "la vague est close" in said
    assert "--apres-effacement" in said
    assert "de lui-même" not in said, "no answer can come in any more"
    assert last_figures(waiting.settings) == last_figures(erased.settings)
    for pattern in ("Rapport*", "Note hebdo*", "Classeur*"):
        before, now = (
            {path.name: path.read_bytes() for path in folder_of(settings).glob(pattern)}
            for settings in (erased.settings, waiting.settings)
        )
        assert before, pattern
        assert now == before
    names = {path.name for _, path in summary.files}
    assert not [name for name in names if name.startswith(("Rapport", "Note hebdo", "Classeur"))]
    (kept,) = [notice for notice in summary.notices if notice.startswith("Restent")]
    assert all(word in kept for word in ("Rapport", "Note hebdo", "Classeur des résultats"))


def test_the_results_workbook_keeps_published_figures_alone(
    erased: Erased, refreshed: Refreshed
) -> None:
    """Counts of fifteen beside fourteen answers would be the fifteenth's; later all is back."""
    assert sheets_of_results(erased.settings) == ["Lisez-moi", "Effectifs", "Valeurs", "Lexique"]
    assert {"Réponses", "Journal"} < set(sheets_of_results(refreshed.settings))


def sheets_of_results(settings: Settings) -> list[str]:
    """The sheets of the results workbook."""
    (path,) = folder_of(settings).glob("Classeur*.xlsx")
    return list(load_workbook(path, read_only=True).sheetnames)


def test_closing_while_results_wait_promises_no_final_issue(erased: Erased, tmp_path: Path) -> None:
    """What is said is what is there, and how to get it; the closing stays to be finished."""
    settings = copy_of(erased.settings, tmp_path / "close")
    day = AFTER + timedelta(days=1)
    platform = demo_platform(load_model("datacites2", settings).model, DEMO, 3)
    with running(platform) as url:
        team = Team(settings, platform, url)
        request = ClosingRequest(study="demo", as_of=str(day), early=True)
        waits = close_campaign(request, team.settings, directly)
        assert "l’édition définitive n’est pas écrite" in dict(waits.rows)["Rapport collectif"]
        assert any("--apres-effacement" in step for step in waits.next_steps)
        assert not any("toutes les réponses" in step for step in waits.next_steps)
    with open_store(settings.database) as store:
        campaign = store.campaign("demo", "V2026")
    assert campaign is not None
    assert (campaign.closed_at is None, campaign.finished_at) == (False, None)


def test_guides_wait_as_well(waiting: Refreshed) -> None:
    """A guide would show the group without the person: it is refused, with what to do."""
    request = GuidesRequest(study="demo", as_of=str(AFTER + timedelta(days=1)))
    with pytest.raises(DisclosureError, match="différence") as refused:
        prepare_guides(request, waiting.settings, directly)
    assert "--apres-effacement" in str(refused.value.remedy)


def test_staff_may_choose_no_longer_to_count_them(erased: Erased, refreshed: Refreshed) -> None:
    """The platform still has the response: it is left out and said; figures are published."""
    summary = refreshed.summary
    assert (summary.answered, summary.new, summary.deleted) == (14, 0, 0)
    assert any("1 réponse effacée à la demande" in notice for notice in summary.notices)
    text = inside(report_of(summary))
    assert summary.figures_changed, "the results are published without them"
    assert "14 personnes" in text
    assert erased.planted[-1].casefold().replace("’", "'") not in text
    assert "passage retiré" not in text, "the merge takes the emptied paragraph out"
    assert token().casefold() not in rows_of(refreshed.settings)


def test_every_subject_is_told_without_them(refreshed: Refreshed) -> None:
    """No table is kept as it was with their answer in it, and none is withheld for it."""
    figures = last_figures(refreshed.settings)
    asked = people_per_subject(figures)
    assert len(asked) > 10
    assert set(asked.values()) == {14}
    assert any(".after.level." in name for name in figures)


def test_a_second_refresh_says_the_same(refreshed: Refreshed) -> None:
    """What the first refresh after an erasure shows is what the next one shows."""
    before = last_figures(refreshed.settings)
    refresh_demo(refreshed.settings, 3, AFTER + timedelta(days=3))
    assert last_figures(refreshed.settings) == before


def last_figures(settings: Settings) -> Mapping[str, object]:
    """The figures of the last report."""
    with open_store(settings.database) as store:
        issue = store.last_issue("demo", "V2026", "collective_report")
    assert issue is not None
    return issue.values


def people_per_subject(figures: Mapping[str, object]) -> Counter[str]:
    """Subject → people counted in its distribution, whatever they answered."""
    parts = {name: name.split(".") for name in figures}
    return Counter(
        {
            code: sum(
                int(str(value))
                for name, value in figures.items()
                if parts[name][:2] == ["dimension", code]
                and parts[name][2] in ("level", "silent")
                and len(parts[name]) == 4
            )
            for code in {p[1] for p in parts.values() if p[0] == "dimension"}
        }
    )


def test_what_staff_wrote_survives_an_erasure(refreshed: Refreshed) -> None:
    """The report stays one file, with the sentence of staff, after erasing and refreshing."""
    path = report_of(refreshed.summary)
    assert list(folder_of(refreshed.settings).glob("Rapport*.docx")) == [path]
    assert STAFF.casefold().replace("’", "'") in inside(path)


def test_others_lose_nothing(erased: Erased) -> None:
    """The other sheets of the notes workbook and rows of the review workbook are all there."""
    assert sheets_of(erased.settings) == [name for name in erased.sheets if name != erased.who]
    left = reviewed(erased.settings)
    assert left == [row for row in erased.rows if row[0] != erased.who]
    assert len(left) < len(erased.rows)


def test_the_certificate_names_nobody_and_says_what_is_left(erased: Erased) -> None:
    """It counts by kind, gives the response's number on LimeSurvey, and speaks of backups."""
    assert erased.certificate.path is not None
    text = inside(erased.certificate.path)
    assert not [s for s in (*erased.planted, erased.who) if s.casefold() in text]
    assert "enquête 640026" in text
    assert "sauvegardes" in text
    assert any("participants" in line for line in erased.certificate.lines("fr"))


def test_an_unknown_person_is_said_and_nothing_changes(installation: Settings) -> None:
    """A slip in the address erases nobody."""
    before = rows_of(installation)
    with pytest.raises(StoreError, match="Personne n’est connu"):
        erase_person("demo", "personne@ailleurs.example", installation)
    assert rows_of(installation) == before


def test_past_its_end_of_keeping_a_wave_keeps_only_figures(installation: Settings) -> None:
    """Names, answers and notes go; the figures of the issues and the report stay."""
    keep_until = load_study("demo", installation).wave().keep_until
    folder = installation.home / "rapports" / "demo"
    (report,) = folder.glob("Rapport*.docx")
    content = report.read_bytes()
    (folder / f"Rapport lu par {secrets()[0]}.pdf").write_bytes(b"%PDF-1.7")
    assert retention(installation, keep_until) == ()

    (certificate,) = retention(installation, keep_until + timedelta(days=1))

    rows = rows_of(installation)
    raw = (installation.home / "var" / "maturity.sqlite").read_bytes()
    for secret in secrets():
        assert secret.casefold() not in rows
        assert secret.encode() not in raw
    assert report.read_bytes() == content
    assert list(folder.glob("Notes*.xlsx")) == []
    assert certificate.removed["participants"] == 15
    (stranger,) = certificate.unsearched
    assert "Rapport lu par ….pdf" in stranger
    with open_store(installation.database) as store:
        issue = store.last_issue("demo", "V2026", "collective_report")
    assert issue is not None
    assert issue.values
    assert len(issue.responses) == 15
    assert retention(installation, keep_until + timedelta(days=2)) == ()


def test_staff_are_warned_thirty_days_before(settings: Settings) -> None:
    """Nothing before, one sentence from 30 days on, another once the day is past."""
    study = load_study("demo", settings)
    wave = study.wave()

    def said(day: date) -> str:
        return " ".join(retention_warnings(study, wave, day))

    assert said(wave.keep_until - timedelta(days=31)) == ""
    assert "seront à retirer" in said(wave.keep_until - timedelta(days=30))
    assert "lancez «\u00a0maturity retention\u00a0»" in said(wave.keep_until + timedelta(days=1))


def test_a_wave_past_its_end_is_not_pulled_again(installation: Settings) -> None:
    """A refresh after the end of keeping would bring everybody back: it is refused."""
    keep_until = load_study("demo", installation).wave().keep_until
    assert load_model(load_study("demo", installation).model, installation)
    with pytest.raises(StudyFileError, match="fin de conservation"):
        refresh_demo(installation, 3, keep_until + timedelta(days=1))
