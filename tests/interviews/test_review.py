"""The review of what may be printed: decided in a workbook, read back, never guessed."""

import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from config.errors import NotesError
from config.loading import load_model, load_study
from config.settings import Settings
from tasks.interviews.flags import FlagKind, WatchList, flags, watch_list
from tasks.interviews.form import Column
from tasks.interviews.merging import mentions, quotes, subjects
from tasks.interviews.model import Consent, Note, NoteKind, Notes, RemarkNote, SubjectNote
from tasks.interviews.rehearsal import confirm_reviewed
from tasks.interviews.review_reading import ReadReview, read_review
from tasks.interviews.review_workbook import COLUMNS, ReviewForm, make_review
from tasks.interviews.reviewing import Reviews, passages, reviewed_notes, within_crowd
from tasks.survey.source import Participant

TODAY = date(2026, 11, 22)
NAME = "Relecture.xlsx"
NOTES = Notes(
    (
        Note("P01", "D01", NoteKind.QUOTE, "Claire Dumas a tout fait.", consent=Consent.NAMED),
        Note("P02", "D01", NoteKind.QUOTE, "=1+1 fait deux", consent=Consent.ANONYMOUS,
             reviewed=True),
        Note("P03", "D02", NoteKind.QUOTE, "Ne me citez pas.", reviewed=True),
        Note("P03", "D02", NoteKind.BRAKE, "Le temps manque."),
    ),
    (SubjectNote("P01", "L’écologie", "Personne n’en parle."),),
    (RemarkNote(None, None, "Le mot gêne."),),
)  # fmt: skip


@pytest.fixture(scope="module")
def form() -> ReviewForm:
    """The demo study's words."""
    settings = Settings()
    study = load_study("demo", settings)
    study = study.model_copy(update={"review_words": ("Pôle Avenir",)})
    return ReviewForm(load_model("datacites2", settings).model, study, study.wave())


def person(number: int, first: str, last: str, post: str, department: str = "") -> Participant:
    """Somebody invited."""
    return Participant(number, f"t{number}", first, last, f"{first}.{last}@x.fr".lower(),
                       {"attribute_1": post, "attribute_2": department})  # fmt: skip


@pytest.fixture(scope="module")
def watch(form: ReviewForm) -> WatchList:
    """What to flag in a study of four people."""
    people = (
        person(1, "Claire", "Dumas", "Directrice des routes", "Voirie"),
        person(2, "Léo", "Saint-Prix", "Élu", "Assemblée"),
        person(3, "Ana", "Rey", "Chargée de données", "Informatique"),
        person(4, "Max", "Roux", "Responsable numérique", "Informatique"),
    )
    return watch_list(people, form.study, form.model)


def made(form: ReviewForm, watch: WatchList, reviews: Reviews | None = None) -> bytes:
    """The workbook of these notes."""
    return make_review(form, passages(NOTES), reviews or {}, watch)


def type_in(
    content: bytes, form: ReviewForm, text: str, cells: dict[Column, object]
) -> tuple[bytes, str]:
    """Fill in cells of the row of a passage; returns the workbook and the last cell's place."""
    workbook: Workbook = load_workbook(io.BytesIO(content))
    sheet = workbook[form.sheet]
    places = {str(cell.value): cell.column for cell in sheet[1]}
    texts = [c.value for (c,) in sheet.iter_rows(min_col=4, max_col=4)]
    row, where = texts.index(text) + 1, ""
    for column, value in cells.items():
        cell = sheet.cell(row=row, column=places[form.headings[column]])
        cell.value = value
        where = cell.coordinate
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue(), where


def whole(content: bytes, form: ReviewForm) -> ReadReview:
    """A workbook as it was read, against these notes."""
    return read_review(content, form, NAME, passages(NOTES), TODAY)


def read(content: bytes, form: ReviewForm) -> Reviews:
    """The decisions of a workbook without a doubtful cell."""
    found = whole(content, form)
    assert found.doubts == ()
    return found.decisions


DECIDED = {Column.EDITED: "Une collègue a tout fait.", Column.REVIEWED: "oui", Column.BY: "A. B."}


def test_an_untouched_workbook_decides_nothing(form: ReviewForm, watch: WatchList) -> None:
    """Nothing is printed by « Relu » of the notes, which says neither who nor when."""
    content = made(form, watch)
    assert read(content, form) == {}
    assert quotes(reviewed_notes(NOTES, {}), {}, {}) == {}
    told = load_workbook(io.BytesIO(content))[form.sheet].iter_rows()
    waiting = [row[3].value for row in told if form.noted in [cell.value for cell in row]]
    assert waiting == ["=1+1 fait deux"]


def test_confirming_what_the_notes_call_reviewed(form: ReviewForm, watch: WatchList) -> None:
    """A reviewer's « oui » lets it through, with who and when; the others go on waiting."""
    decisions = read(confirm_reviewed(made(form, watch), form, "A. B."), form)
    (review,) = decisions.values()
    assert (review.by, review.on) == ("A. B.", TODAY.isoformat())
    printed = quotes(reviewed_notes(NOTES, decisions), {}, {})
    assert [quote.text for quote in printed["D01"]] == ["=1+1 fait deux"]


def test_what_is_printed_is_the_edited_form(form: ReviewForm, watch: WatchList) -> None:
    """A decision comes back with who and when, and replaces the words."""
    content, _ = type_in(made(form, watch), form, "Claire Dumas a tout fait.", DECIDED)
    (review,) = read(content, form).values()
    assert (review.by, review.on, review.reviewed) == ("A. B.", "2026-11-22", True)
    printed = quotes(reviewed_notes(NOTES, {review.key: review}), {}, {"P01": "Claire Dumas"})
    assert ("Une collègue a tout fait.", "Claire Dumas") in [
        (quote.text, quote.attribution) for quote in printed["D01"]
    ]


def test_the_reviewer_lowers_the_consent_and_silences_the_side(
    form: ReviewForm, watch: WatchList
) -> None:
    """Named becomes anonymous, and the side is not told though the rules would allow it."""
    cells = DECIDED | {Column.RETAINED: "sans mon nom", Column.SIDE: "non"}
    content, _ = type_in(made(form, watch), form, "Claire Dumas a tout fait.", cells)
    notes = reviewed_notes(NOTES, read(content, form))
    said = {q.text: q.attribution for q in quotes(notes, {"P01": "Élus"}, {"P01": "C. D."})["D01"]}
    assert said["Une collègue a tout fait."] == ""


def test_a_row_begun_is_not_printed(form: ReviewForm, watch: WatchList) -> None:
    """An edited form without « Relu » holds back even what the notes call reviewed."""
    cells: dict[Column, object] = {Column.EDITED: "Un et un font deux"}
    content, _ = type_in(made(form, watch), form, "=1+1 fait deux", cells)
    assert "D01" not in quotes(reviewed_notes(NOTES, read(content, form)), {}, {})


def test_a_consent_refused_stays_refused_and_that_is_told(
    form: ReviewForm, watch: WatchList
) -> None:
    """Consent « none », an empty cell included, stays none, and the reviewer hears of it."""
    cells = DECIDED | {Column.RETAINED: "avec mon nom"}
    content, where = type_in(made(form, watch), form, "Ne me citez pas.", cells)
    found = whole(content, form)
    (doubt,) = found.doubts
    assert "n’a pas donné son accord" in doubt.why
    assert (doubt.respondent, form.sheet in doubt.where) == ("P03", True)
    assert "D02" not in quotes(reviewed_notes(NOTES, found.decisions), {}, {})
    assert where  # the cells were there


@pytest.mark.parametrize(
    ("text", "cells", "said"),
    [
        ("=1+1 fait deux", DECIDED | {Column.RETAINED: "avec mon nom"}, "pas élevé"),
        (
            "=1+1 fait deux",
            {Column.BY: "A.", Column.REVIEWED: "oui", Column.EDITED: "=HYPERLINK(1)"},
            "formule",
        ),
        ("Le mot gêne.", DECIDED | {Column.REVIEWED: "peut-être"}, "n’est pas dans la liste"),
        ("Le mot gêne.", {Column.BY: "A.", Column.REVIEWED: "oui", Column.EDITED: ""}, "écrivez"),
        ("Le mot gêne.", {Column.REVIEWED: "oui", Column.BY: ""}, "dites qui a relu"),
        ("=1+1 fait deux", {Column.TEXT: "Deux et deux."}, "a été modifiée"),
        ("Personne n’en parle.", DECIDED | {Column.LABEL: ""}, "écrivez"),
    ],
)
def test_a_doubtful_cell_is_named_and_its_row_waits(
    form: ReviewForm, watch: WatchList, text: str, cells: dict[Column, object], said: str
) -> None:
    """Sheet, cell and what to do are told; nothing of the row appears; other rows count."""
    content, _ = type_in(made(form, watch), form, "Le temps manque.", DECIDED)
    content, where = type_in(content, form, text, cells)
    found = whole(content, form)
    (doubt,) = found.doubts
    assert said in doubt.why
    assert form.sheet in doubt.where
    if len(cells) == 1 or said in ("pas élevé", "formule", "dites qui a relu"):
        assert where in doubt.where
    assert all(str(value) not in doubt.why for value in cells.values() if len(str(value)) > 5)
    printed = reviewed_notes(NOTES, found.decisions)
    assert [note.text for note in printed.notes if note.reviewed] == ["Une collègue a tout fait."]
    assert not any(one.reviewed for one in (*printed.subjects, *printed.remarks))


def test_a_named_participant_holds_the_row_back(form: ReviewForm, watch: WatchList) -> None:
    """The row waits, its cell is told, the others count; a speaker may let their own name stand."""

    def naming(text: str, but: str | None) -> bool:
        return "Claire Dumas" in text and but != "P01"

    cells = {Column.REVIEWED: "oui", Column.BY: "A. B."}
    content, _ = type_in(made(form, watch), form, "Claire Dumas a tout fait.", cells)
    content, _ = type_in(content, form, "Le temps manque.", cells)
    lowered, where = type_in(
        content, form, "Claire Dumas a tout fait.", {Column.RETAINED: "sans mon nom"}
    )
    found = read_review(lowered, form, NAME, passages(NOTES), TODAY, naming)
    (doubt,) = found.doubts
    assert "nommé" in doubt.why
    assert where[1:] in doubt.where
    printed = reviewed_notes(NOTES, found.decisions)
    assert [note.text for note in printed.notes if note.reviewed] == ["Le temps manque."]
    agreed = read_review(content, form, NAME, passages(NOTES), TODAY, naming)
    assert agreed.doubts == ()


def test_a_passage_with_two_decisions_waits(form: ReviewForm, watch: WatchList) -> None:
    """A row copied and decided on differently is told; neither decision holds."""
    content, _ = type_in(made(form, watch), form, "Le temps manque.", DECIDED)
    workbook = load_workbook(io.BytesIO(content))
    sheet = workbook[form.sheet]
    row = next(r for r in sheet.iter_rows() if "Le temps manque." in [c.value for c in r])
    sheet.append([cell.value for cell in row])
    sheet.cell(sheet.max_row, list(COLUMNS).index(Column.EDITED) + 1, "Autre chose")
    buffer = io.BytesIO()
    workbook.save(buffer)
    found = whole(buffer.getvalue(), form)
    assert ["deux décisions" in doubt.why for doubt in found.doubts] == [True]
    assert mentions(reviewed_notes(NOTES, found.decisions)) == {}


def test_brakes_and_needs_are_reviewed(form: ReviewForm, watch: WatchList) -> None:
    """What a guide brings is printed once somebody has read it, in the form they gave it."""
    assert mentions(reviewed_notes(NOTES, {})) == {}
    cells = DECIDED | {Column.EDITED: "Le temps est rare."}
    content, _ = type_in(made(form, watch), form, "Le temps manque.", cells)
    notes = reviewed_notes(NOTES, read(content, form))
    assert mentions(notes) == {"D02": {"brake": ("Le temps est rare.",)}}


def test_a_subject_takes_the_label_of_the_review(form: ReviewForm, watch: WatchList) -> None:
    """Staff's label groups subjects; without a review not even the label is printed."""
    assert subjects(reviewed_notes(NOTES, {})) == ()
    cells = DECIDED | {Column.LABEL: "Sobriété"}
    content, _ = type_in(made(form, watch), form, "Personne n’en parle.", cells)
    (subject,) = subjects(reviewed_notes(NOTES, read(content, form)))
    assert (subject.label, subject.mentions, subject.details) == ("Sobriété", 1, ())


def test_a_subject_noted_by_its_label_alone_can_be_reviewed(form: ReviewForm) -> None:
    """Without a sentence of explanation there is still something to decide on."""
    label_alone = Notes(subjects=(SubjectNote("P01", "L’écologie", ""),))
    (passage,) = passages(label_alone)
    other = Notes(subjects=(SubjectNote("P01", "Les archives", ""),))
    assert passage.label == "L’écologie"
    assert passage.key != passages(other)[0].key
    content = make_review(form, (passage,), {}, WatchList({}))
    decided = {Column.REVIEWED: "oui", Column.BY: "A."}
    workbook = load_workbook(io.BytesIO(content))
    for column, value in decided.items():
        workbook[form.sheet].cell(2, list(COLUMNS).index(column) + 1, value)
    buffer = io.BytesIO()
    workbook.save(buffer)
    found = read_review(buffer.getvalue(), form, NAME, (passage,), TODAY)
    assert found.doubts == ()
    assert [s.label for s in subjects(reviewed_notes(label_alone, found.decisions))] == [
        "L’écologie"
    ]


def test_words_without_consent_wait_for_a_crowd() -> None:
    """Of three people met, everybody knows who they are: only labels and quotes are printed."""
    notes = replace(
        NOTES,
        notes=tuple(replace(note, reviewed=True) for note in NOTES.notes),
        subjects=(replace(NOTES.subjects[0], reviewed=True),),
        remarks=(replace(NOTES.remarks[0], reviewed=True),),
    )
    few = within_crowd(replace(notes, interviewed=frozenset({"P01", "P02", "P03"})), 4)
    assert (mentions(few), few.remarks, few.subjects[0].text) == ({}, (), "")
    assert [subject.label for subject in subjects(few)] == ["L’écologie"]
    assert quotes(few, {}, {}).keys() == quotes(notes, {}, {}).keys()
    enough = replace(notes, interviewed=frozenset({"P01", "P02", "P03", "P04"}))
    assert within_crowd(enough, 4) == enough


def test_another_file_is_refused(form: ReviewForm) -> None:
    """What is no workbook, or not this one, is said, with what to do."""
    with pytest.raises(NotesError) as caught:
        read(b"PK but no workbook", form)
    assert "mettez-le de côté" in caught.value.remedy


def test_a_decision_on_other_words_is_void_and_kept_in_sight(
    form: ReviewForm, watch: WatchList
) -> None:
    """When the notes change, the passage waits anew; the former decision stands at the end."""
    content, _ = type_in(made(form, watch), form, "Claire Dumas a tout fait.", DECIDED)
    reviews = read(content, form)
    changed = Notes((Note("P01", "D01", NoteKind.QUOTE, "Claire a tout fait !",
                          consent=Consent.NAMED),))  # fmt: skip
    assert quotes(reviewed_notes(changed, reviews), {}, {}) == {}
    again = make_review(form, passages(changed), reviews, watch, content)
    rows = list(load_workbook(io.BytesIO(again))[form.sheet].iter_rows(values_only=True))
    assert len(rows) == 3
    assert "sans objet" in str(rows[2])
    assert read_review(again, form, NAME, passages(changed), TODAY).decisions == reviews


def test_nothing_new_leaves_the_file_as_it_is(form: ReviewForm, watch: WatchList) -> None:
    """Formatting and order of staff stay when there is nothing to add."""
    first = made(form, watch)
    assert make_review(form, passages(NOTES), {}, watch, first) is first


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("demandez à CLAIRE", FlagKind.NAME, "CLAIRE"),
        ("les Dumas sont partout", FlagKind.NAME, "Dumas"),
        ("l’avis de Leo Saint Prix", FlagKind.NAME, "Leo Saint Prix"),
        ("le directeur des routes l’a dit", FlagKind.POST, "directeur des routes"),
        ("les élues en parlent", None, ""),
        ("à la voirie", FlagKind.POST, "voirie"),
        ("tout le Val de Sorlune", FlagKind.PLACE, "Val"),
        ("au pole avenir", FlagKind.LISTED, "pole avenir"),
        ("écrivez à a.b@c.fr", FlagKind.ADDRESS, "a.b@c.fr"),
        ("comme dit P07", FlagKind.PSEUDONYM, "P07"),
        ("le clairon sonne, la donnée numérique circule", None, ""),
    ],
)
def test_words_that_point_at_somebody_are_flagged(
    watch: WatchList, text: str, kind: FlagKind | None, words: str
) -> None:
    """Accents, case, plural and hyphens do not matter; whole words alone count."""
    found = flags(text, watch)
    if kind is None:
        assert found == ()
    else:
        assert (found[0].kind, found[0].words) == (kind, words)


@pytest.fixture(scope="module")
def close_watch(form: ReviewForm) -> WatchList:
    """What to flag in a study of five people with posts of a few letters and ordinary names."""
    people = (
        person(1, "Hélène", "Roux-Lefèvre", "Directrice générale des services", "Direction"),
        person(2, "Jean-Marc", "Petit", "Chef de projet des systèmes d’information", "Maison"),
        person(3, "Li", "Wu", "DSI", "Informatique"),
        person(4, "Rose", "Marchand", "Présidente", "Petite enfance"),
        person(5, "Aïcha", "Ben Saïd", "Chargée de mission", "Archives"),
    )
    return watch_list(people, form.study, form.model)


@pytest.mark.parametrize(
    "text",
    [
        "la directrice générale", "un directeur général", "la DGS", "la D.G.S.", "notre dsi",
        "Madame la Présidente", "la présidence", "l’informaticienne", "l’archiviste",
        "un élu sorlunais", "comme dit p94", "H. R.-L.", "HRL", "Mme R.", "J.-M.", "Jeanmarc",
        "Bensaid", "ROUXLEFEVRE", "Rou\u200bx", "M. Petit", "la petite enfance", "Li", "Rose",
    ],
)  # fmt: skip
def test_other_ways_to_name_somebody_are_flagged(close_watch: WatchList, text: str) -> None:
    """Initials, acronyms, the other gender, what is derived from a post or place, joined names."""
    assert flags(f"Comme {text} le dit.", close_watch)


@pytest.mark.parametrize(
    "text",
    [
        "une petite équipe", "le projet avance", "l’information circule", "à la maison",
        "une rose et un marchand", "il lit peu", "le mme système", "notre mission", "la SI",
    ],
)  # fmt: skip
def test_common_words_are_not_flagged(close_watch: WatchList, text: str) -> None:
    """A list that flags every second passage is read by nobody."""
    assert flags(text, close_watch) == ()
