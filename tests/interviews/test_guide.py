"""The interview guide: made, filled in, ill-treated, read back."""

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.table import Table

from config.errors import NotesError, ReportUnreadable
from config.loading import load_model, load_study
from config.settings import Settings
from report_templates.draw_interview_guide import FILES, draw
from tasks.interviews.collecting import printed_texts
from tasks.interviews.form import Form
from tasks.interviews.guide_form import TOPIC, Field, GuideForm
from tasks.interviews.guide_reading import ReadGuide, read_guide, whose
from tasks.interviews.guide_rehearsal import ticked
from tasks.interviews.model import Consent, NoteKind, PositionChange
from tasks.interviews.own_answers import OwnAnswer
from tasks.reports.interview_guide import in_order, interview_guide
from tasks.results import CollectiveResults
from tasks.word.forms import anchor_fields, key_of, read_form, write_fields
from tasks.word.merge import Identity, merge, merge_words, stamped
from tasks.word.template import WordTemplate
from tests.reports import specimens

NOW = datetime(2026, 10, 5, 6, tzinfo=ZoneInfo("Europe/Paris"))
Fields = dict[Field, str]


@pytest.fixture(scope="module")
def guide() -> GuideForm:
    """The words of the demo's guides."""
    settings = Settings()
    study = load_study("demo", settings)
    return GuideForm(Form(load_model(study.model, settings).model, study, study.wave()))


@pytest.fixture(scope="module")
def collective(guide: GuideForm) -> CollectiveResults:
    """Collective results of every shape."""
    return specimens.collective(guide.form.model, guide.form.study)


def made(guide: GuideForm, results: CollectiveResults, own: dict[str, OwnAnswer]) -> bytes:
    """The guide of P07, as issued."""
    context, properties = interview_guide(results, own, "P07", guide)
    template = WordTemplate.open(draw("fr-FR"))
    content = anchor_fields(template.render(context, {}, properties))
    return stamped(content, Identity(guide.identity("P07"), "1"))


@pytest.fixture(scope="module")
def blank(guide: GuideForm, collective: CollectiveResults) -> bytes:
    """A guide as made for somebody who answered one level everywhere."""
    return made(guide, collective, own_of(guide, 1))


def own_of(guide: GuideForm, at: int) -> dict[str, OwnAnswer]:
    """The same level on every dimension."""
    level = guide.form.model.levels[at]
    return {
        one.code: OwnAnswer(level.code, level.label.say("fr"), "Plutôt oui", "un mot")
        for one in guide.form.model.dimensions
    }


def filled(content: bytes, texts: Fields) -> bytes:
    """A guide with something typed into some fields."""
    return write_fields(content, {key_of(field.name): text for field, text in texts.items()})


def changed(content: bytes, change: Callable[[Word], None]) -> bytes:
    """A guide that somebody worked on with a word processor."""
    document = Document(io.BytesIO(content))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(content: bytes, guide: GuideForm, blank: bytes) -> ReadGuide:
    """What is read in a guide."""
    known = printed_texts([blank], "Rapport automatique", "fr")
    return read_guide(read_form(content, "Rapport automatique"), guide, "P07", known)


def without_bookmarks(document: Word) -> None:
    """What a program that knows no bookmark leaves."""
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(document.element.body.iter(qn(name))):
            mark.getparent().remove(mark)


def notes_of(guide: GuideForm, part: str) -> Fields:
    """Something in every kind of field."""
    return {
        Field(part, "change"): ticked(guide, "change", PositionChange.REVISED),
        Field(part, "level"): ticked(guide, "level", guide.form.model.level_codes[2]),
        Field(part, "said"): "A relu la charte.\nPense au réseau.",
        Field(part, "brake"): "Le temps {{ 7*7 }} <w:p/> & co",
        Field(part, "quote"): "On avance.",
        Field(part, "consent"): ticked(guide, "consent", Consent.ANONYMOUS),
        Field(TOPIC, "subject"): "Archivage",
        Field(TOPIC, "subject_text"): "Personne ne s’en occupe.",
        Field(TOPIC, f"about_{guide.form.model.level_codes[0]}"): "Le mot endort.",
        Field(TOPIC, "about_"): "Le mot fait débat.",
        Field(TOPIC, "results"): "Surpris par le partage.",
        Field(TOPIC, "quote", 1): "Rien à ajouter.",
    }


def test_a_blank_guide_holds_nothing(guide: GuideForm, blank: bytes) -> None:
    """What the software prints is never taken for something staff wrote."""
    found = read(blank, guide, blank)
    assert found.notes.count == 0
    assert found.notes.doubts == ()
    assert found.notes.interviewed == frozenset()
    assert found.missing == ()


@pytest.mark.parametrize("bookmarks", [True, False])
def test_what_was_typed_comes_back(guide: GuideForm, blank: bytes, bookmarks: bool) -> None:
    """Positions, notes, quotes, subjects and remarks are read by bookmark, else by label."""
    content = filled(blank, notes_of(guide, "D05"))
    content = content if bookmarks else changed(content, without_bookmarks)
    found = read(content, guide, blank).notes
    assert found.doubts == ()
    kinds = [note.kind for note in found.notes]
    assert kinds == [NoteKind.POSITION, NoteKind.BRAKE, NoteKind.QUOTE, NoteKind.RESULTS,
                     NoteKind.QUOTE]  # fmt: skip
    position, brake, quote, _, other = found.notes
    assert (position.dimension, position.change) == ("D05", PositionChange.REVISED)
    assert position.revised_level == guide.form.model.level_codes[2]
    assert position.text == "A relu la charte.\nPense au réseau."
    assert brake.text == "Le temps {{ 7*7 }} <w:p/> & co"
    assert (quote.consent, quote.reviewed) == (Consent.ANONYMOUS, False)
    assert (other.dimension, other.consent) == (None, Consent.NONE)
    assert [(s.label, s.text) for s in found.subjects] == [
        ("Archivage", "Personne ne s’en occupe.")
    ]
    assert {(r.level, r.text) for r in found.remarks} == {
        (None, "Le mot fait débat."), (guide.form.model.level_codes[0], "Le mot endort."),
    }  # fmt: skip
    assert found.interviewed == {"P07"}


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ({"change": "☒ confirmée ☒ nuancée ☐ révisée", "said": "dit"}, "une case ne se lit pas"),
        ({"change": "révisée", "said": "dit"}, "choisissez la position révisée"),
        ({"change": "révisée", "level": "Adolescence", "said": "dit"}, "une case ne se lit pas"),
        ({"change": "confirmée", "level": "Éveil", "said": "dit"}, "demande « révisée »"),
        ({"said": "dit"}, "indiquez si la position"),
        ({"quote": "dit", "consent": "oui sans doute"}, "l’accord de citation"),
        ({"consent": "sans mon nom"}, "la citation manque"),
    ],
)
def test_a_doubtful_field_is_told_with_its_words(
    guide: GuideForm, blank: bytes, texts: dict[str, str], why: str
) -> None:
    """The heading, the reason and the words are given; nothing is guessed, nothing is dropped."""
    content = filled(blank, {Field("D05", role): text for role, text in texts.items()})
    found = read(content, guide, blank).notes
    assert found.notes == ()
    (doubt,) = found.doubts
    assert why in doubt.why.replace("\u00a0", " ")
    assert guide.part_title("D05") in doubt.where
    assert all(word in doubt.text for word in texts.get("said", texts.get("quote", "")).split())


def test_an_empty_consent_means_none(guide: GuideForm, blank: bytes) -> None:
    """Nobody is quoted because no box was ticked."""
    (note,) = read(filled(blank, {Field("D05", "quote"): "Des mots"}), guide, blank).notes.notes
    assert note.consent is Consent.NONE


def test_what_stands_in_no_field_is_told(guide: GuideForm, blank: bytes) -> None:
    """A sentence between two tables, behind a label or in a comment is listed with its place."""

    def scribble(document: Word) -> None:
        document.add_paragraph("Une phrase au bas de la page.")
        cell = next(c for t in document.tables for r in t.rows for c in r.cells
                    if c.text == "Frein")  # fmt: skip
        cell.paragraphs[0].add_run(" : le temps")
        run = document.paragraphs[0].runs[0]
        document.add_comment(run, text="Rappeler la personne", author="Une collègue")

    found = read(changed(blank, scribble), guide, blank)
    said = [doubt.text for doubt in found.notes.doubts]
    assert said == ["Une phrase au bas de la page.", "Frein : le temps", "Rappeler la personne"]
    assert found.notes.count == 0


def test_a_copied_line_is_a_second_quote(guide: GuideForm, blank: bytes) -> None:
    """The advice on the guide holds: copy the line for another quote on the same subject."""
    consent = ticked(guide, "consent", Consent.NAMED)
    content = filled(blank, {Field("D05", "quote"): "Un", Field("D05", "consent"): consent})

    def twice(document: Word) -> None:
        row = next(r for t in document.tables for r in t.rows if "Un" in [c.text for c in r.cells])
        copy = deepcopy(row._tr)
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            for mark in list(copy.iter(qn(name))):
                mark.getparent().remove(mark)
        next(t for t in copy.iter(qn("w:t")) if t.text == "Un").text = "Deux"
        row._tr.addnext(copy)

    found = read(changed(content, twice), guide, blank).notes
    assert [(n.text, n.consent) for n in found.notes] == [
        ("Un", Consent.NAMED), ("Deux", Consent.NAMED),
    ]  # fmt: skip
    assert found.doubts == ()


def test_what_was_deleted_is_listed_and_the_rest_is_read(guide: GuideForm, blank: bytes) -> None:
    """A whole table gone is one line, a row gone is its fields; the notes elsewhere are read."""

    def table_of(document: Word, code: str) -> Table:
        key = key_of(Field(code, "said").name)
        return next(t for t in document.tables if f"_g{key}" in t._tbl.xml)

    def cut(document: Word) -> None:
        whole = table_of(document, "D05")._tbl
        whole.getparent().remove(whole)
        row = table_of(document, "D06").rows[3]._tr
        row.getparent().remove(row)

    content = filled(blank, {Field("D07", "need"): "Du temps"})
    found = read(changed(content, cut), guide, blank)
    assert [note.text for note in found.notes.notes] == ["Du temps"]
    title = guide.part_title("D06")
    assert [place.replace("\u00a0", " ") for place in found.missing] == [
        f"« {guide.part_title('D05')} », tous les champs",
        f"« {title} », Levier",
        f"« {title} », Besoin",
    ]


def test_the_owner_is_known_by_what_is_inside(guide: GuideForm, blank: bytes) -> None:
    """By its identity; by the printed reference when a program dropped the identity."""
    everybody = {"P07", "P08"}.__contains__
    assert whose(read_form(blank), guide, everybody, "x.docx") == "P07"
    nameless = stamped(blank, Identity("", ""))
    assert whose(read_form(nameless), guide, everybody, "x.docx") == "P07"


@pytest.mark.parametrize(
    ("identity", "reference", "message"),
    [
        ("autre/V1/interview_guide/P07", "", "autre étude"),
        ("demo/V2026/interview_guide/P99", "", "autre étude"),
        ("", "autre · V1 · P07", "autre étude"),
        ("demo/V2026/interview_guide/P07", "demo · V2026 · P08", "un autre guide"),
    ],
)
def test_a_guide_of_somebody_else_is_refused(
    guide: GuideForm, blank: bytes, identity: str, reference: str, message: str
) -> None:
    """Another study, an unknown person, or two references that do not agree."""
    content = stamped(blank, Identity(identity, "1"))
    if reference:
        content = filled(content, {Field(TOPIC, "reference"): reference})
    with pytest.raises(NotesError, match=message):
        whose(read_form(content), guide, {"P07", "P08"}.__contains__, "x.docx")


def test_a_document_that_is_no_guide_is_refused(guide: GuideForm) -> None:
    """Any other Word file is told for what it is."""
    buffer = io.BytesIO()
    Document().save(buffer)
    with pytest.raises(NotesError, match="pas un guide"):
        whose(read_form(buffer.getvalue()), guide, {"P07"}.__contains__, "x.docx")


def repacked(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A file with one part changed or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in {*old.namelist(), part}:
            data = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(data) if name == part else data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("word/document.xml", lambda xml: b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
         + xml[xml.index(b"<w:document") :]),
        ("word/vbaProject.bin", lambda _: b"macro"),
        ("word/document.xml", lambda xml: xml[: len(xml) // 2]),
    ],
    ids=["entities", "macros", "damaged"],
)  # fmt: skip
def test_a_hostile_document_is_refused(
    blank: bytes, part: str, change: Callable[[bytes], bytes]
) -> None:
    """Entities, macros and damaged files give a message, and nothing is read from them."""
    with pytest.raises(ReportUnreadable):
        read_form(repacked(blank, part, change))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (OLE + "WordDocument".encode("utf-16-le"), "ancien format de Word (.doc)"),
        (b"%PDF-1.7", "abîmé"),
    ],
    ids=["password", "old", "other"],
)
def test_each_cause_of_an_unreadable_guide_is_said(content: bytes, why: str) -> None:
    """One cause alone, and what to do with a guide."""
    with pytest.raises(ReportUnreadable, match=re.escape(why)) as refused:
        read_form(content)
    assert refused.value.message.count(".") <= 2
    assert "relevez" in str(refused.value.remedy)
    with pytest.raises(ReportUnreadable, match="This document"):
        read_form(content, language="en")


def test_a_guide_made_again_keeps_what_was_typed(
    guide: GuideForm, blank: bytes, collective: CollectiveResults
) -> None:
    """New answers change figures and order; every field that staff filled in stays as it is."""
    edited = filled(blank, {**notes_of(guide, "D05"), Field(TOPIC, "name"): "Une Personne"})
    new = stamped(made(guide, collective, own_of(guide, 4)), Identity(guide.identity("P07"), "2"))
    result = merge(blank, edited, new, author="Rapport automatique", date=NOW, words=merge_words())
    before, after = (read(content, guide, blank) for content in (edited, result.content))
    assert set(after.notes.notes) == set(before.notes.notes)
    assert after.notes.subjects == before.notes.subjects
    assert after.missing == ()
    text = "\n".join(p.text for p in Document(io.BytesIO(result.content)).paragraphs)
    assert guide.form.model.levels[4].label.say("fr") in text
    cells = {c.text for c in Document(io.BytesIO(result.content)).tables[0].rows[0].cells}
    assert "Une Personne" in cells


def test_the_order_puts_differences_first_then_divisions(
    guide: GuideForm, collective: CollectiveResults
) -> None:
    """Most levels between the person and the group first; of equals, the least agreed first."""
    levels = guide.form.model.level_codes
    codes = in_order(collective.dimensions, own_of(guide, 4), levels)
    found = {one.code: one for one in collective.dimensions}
    keys = [
        (
            min(abs(4 - levels.index(level)) for level in found[code].reading.levels),
            -(found[code].reading.agreement or 0.0),
        )
        for code in codes
        if found[code].reading.levels
    ]
    assert keys == sorted(keys, reverse=True)
    assert sorted(codes) == sorted(found)


@pytest.mark.parametrize("profile", FILES)
def test_the_shipped_templates_render(
    guide: GuideForm, collective: CollectiveResults, profile: str
) -> None:
    """Every template that is shipped has all the fields of the guide."""
    from report_templates import draw_interview_guide

    folder = draw_interview_guide.__file__.rpartition("/")[0]
    context, properties = interview_guide(collective, own_of(guide, 0), "P07", guide)
    template = WordTemplate.open(f"{folder}/{FILES[profile]}")
    document = read_form(anchor_fields(template.render(context, {}, properties)))
    keys = {key for t in document.tables for row in t.rows for c in row for key in c.keys}
    assert keys == {key_of(field.name) for field in guide.fields}
