"""Nobody can be recognised: every file, table and page that the demo leaves is searched."""

import html
import io
import re
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from config.settings import PRODUCT_CONFIG, Settings
from flows.demo import INTERVIEWS
from flows.guides import GuidesRequest, prepare_guides
from flows.summary import as_markdown
from tasks.survey.sandbox.demo import week_date
from tests.conftest import DEMO, Demo, directly

FILES = ("Rapport collectif", "Classeur des résultats", "Notes d’entretien")
UNPUBLISHED = "phrase jamais publiée"  # in quotes without consent or review
PSEUDONYM = re.compile(r"\bp\d{2}\b")


def people() -> list[dict[str, Any]]:
    """The demo's respondents, as the platform knows them."""
    script = YAML(typ="safe").load(PRODUCT_CONFIG / "demo" / "respondents.yaml")
    return list(script["respondents"])


def secrets() -> list[str]:
    """Every token, e-mail address and full name, as `texts` shows them."""
    names = [f"{person['firstname']} {person['lastname']}" for person in people()]
    others = [person[key] for person in people() for key in ("token", "email")]
    return [secret.casefold() for secret in (*names, *others)]


def named() -> set[str]:
    """Full names of those who agreed to a quote under their name, and whose quote was reviewed."""
    script = YAML(typ="safe").load(PRODUCT_CONFIG / "demo" / "interviews.yaml")
    agreed = {
        interview["number"]
        for interview in script["interviews"]
        for note in interview["notes"]
        if note.get("consent") == "named" and note.get("reviewed")
    }
    return {f"{p['firstname']} {p['lastname']}" for p in people() if p["number"] in agreed}


def texts(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Every text inside a file: the members of archives, and archives inside archives."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from texts(archive.read(member), f"{name}!{member}")
    else:
        text = re.sub(r"<[^>]+>", " ", content.decode("utf-8", "replace"))
        yield name, html.unescape(text).casefold()


def found(demo: Demo, label: str) -> Path:
    """One of the files of the last refresh."""
    return dict(demo.summary.files)[label]


@pytest.mark.parametrize(
    "label", ["Rapport collectif", "Classeur des résultats", "Notes d’entretien"]
)
def test_no_file_bears_a_name_an_address_or_a_token(played_demo: Demo, label: str) -> None:
    """Every member of every file is searched; only a consent to be named lets a name through."""
    path = found(played_demo, label)
    inside = list(texts(path.read_bytes(), path.name))
    assert len(inside) > 5
    allowed = {name.casefold() for name in named()} if label == "Rapport collectif" else set()
    leaks = {secret for _, text in inside for secret in secrets() if secret in text}
    assert leaks <= allowed


NAMED_BY_CONSENT = ("Rapport collectif", "history")
"""The only files beside the guides that may bear a name: of those who agreed to it."""


def test_no_file_of_the_installation_bears_more(played_demo: Demo) -> None:
    """Reports of every week, their history, notes, workbooks, review: every member of each."""
    files = [path for path in played_demo.settings.home.rglob("*") if path.is_file()]
    searched = [path for path in files if not path.name.startswith("maturity.sqlite")]
    assert {path.suffix for path in searched} >= {".docx", ".xlsx"}
    assert any("history" in path.parts for path in searched)
    agreed = {name.casefold() for name in named()}
    for path in searched:
        inside = "\n".join(text for _, text in texts(path.read_bytes(), path.name))
        leaks = {secret for secret in secrets() if secret in f"{path.name.casefold()}\n{inside}"}
        may = path.name.startswith(NAMED_BY_CONSENT[0]) or NAMED_BY_CONSENT[1] in path.parts
        assert leaks <= (agreed if may else set()), path.name


@pytest.fixture(scope="module")
def guides(played_demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of the demo with a guide for everybody."""
    settings = Settings(home=tmp_path_factory.mktemp("guides") / "copie")
    shutil.copytree(played_demo.settings.home, settings.home)
    day = week_date(DEMO, 3) + INTERVIEWS
    request = GuidesRequest(study="demo", as_of=day.isoformat(), people="all")
    made = prepare_guides(request, settings, directly)
    assert made.written == len(people())
    assert [secret for secret in secrets() if secret in f"{made}".casefold()] == []
    return settings


def test_a_guide_names_its_own_person_and_nobody_else(guides: Settings) -> None:
    """One name in each guide, and no address or token, not even of its reader."""
    names = {f"{p['firstname']} {p['lastname']}".casefold() for p in people()}
    found: list[str] = []
    for path in guides.home.rglob("Guides*/*.docx"):
        inside = "\n".join(text for _, text in texts(path.read_bytes(), path.name))
        words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)")
        told = set(words.findall(inside))
        assert len(told) == 1, path.name
        assert not [secret for secret in secrets() if secret not in names and secret in inside]
        found += told
    assert sorted(found) == sorted(names)


def test_the_store_keeps_guides_without_the_name(guides: Settings) -> None:
    """What is issued bears a pseudonym; the name is typed into the file alone."""
    with sqlite3.connect(guides.home / "var" / "maturity.sqlite") as connection:
        kept = "".join(_cells(connection, "issues"))
    leaks = {secret for secret in secrets() if secret in kept}
    assert leaks <= {name.casefold() for name in named()}


def test_the_report_bears_no_pseudonym(played_demo: Demo) -> None:
    """A shared document says nothing of who; pseudonyms stay with the programme team."""
    path = found(played_demo, "Rapport collectif")
    hits = [(w, PSEUDONYM.findall(text)) for w, text in texts(path.read_bytes(), "r")]
    assert [hit for hit in hits if hit[1]] == []


def test_the_report_bears_no_unreviewed_or_refused_word(played_demo: Demo) -> None:
    """A quote, subject or remark without consent or review is in the notes and nowhere else."""
    notes = "".join(t for _, t in texts(found(played_demo, "Notes d’entretien").read_bytes(), "n"))
    assert UNPUBLISHED in notes
    for label in ("Rapport collectif", "Classeur des résultats"):
        inside = "".join(t for _, t in texts(found(played_demo, label).read_bytes(), label))
        assert UNPUBLISHED not in inside


def test_comments_of_the_questionnaire_are_not_quoted(played_demo: Demo) -> None:
    """What people typed for the programme team is not printed in the shared report."""
    report = "".join(t for _, t in texts(found(played_demo, "Rapport collectif").read_bytes(), "r"))
    comments = [
        str(v)[:40].casefold() for p in people() for k, v in p["answers"].items() if k.endswith("T")
    ]
    assert comments
    assert [comment for comment in comments if comment in report] == []


def test_names_and_tokens_live_in_one_table(played_demo: Demo) -> None:
    """Every other table of the store is searched, compressed bodies included."""
    with sqlite3.connect(played_demo.settings.home / "var" / "maturity.sqlite") as connection:
        names = [
            row[0]
            for row in connection.execute("select name from sqlite_master where type='table'")
        ]
        content = {name: "".join(_cells(connection, name)) for name in names}
    assert all(person["token"].casefold() in content["participants"] for person in people())
    elsewhere = "".join(text for name, text in content.items() if name != "participants")
    # The report's own issues are kept: they bear the names of those who agreed to be named.
    leaks = {secret for secret in secrets() if secret in elsewhere}
    assert leaks <= {name.casefold() for name in named()}


def _cells(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    for row in connection.execute(f"select * from {table}"):  # noqa: S608 - a name of our own
        for value in row:
            yield _readable(value)


def _readable(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value).casefold()
    try:
        value = zlib.decompress(value)
    except zlib.error:
        return value.decode("utf-8", "replace").casefold()
    return "".join(text for _, text in texts(value, ""))


def test_the_run_s_page_bears_nothing_of_anybody(played_demo: Demo) -> None:
    """The summary that Prefect shows has no pseudonym, name, address or token."""
    page = as_markdown(played_demo.summary).casefold()
    assert not PSEUDONYM.search(page)
    assert [secret for secret in secrets() if secret in page] == []
