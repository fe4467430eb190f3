"""Which file of a folder is taken, and what becomes of those that are not whole or not safe."""

import io
import shutil
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import PlatformError
from config.maturity_model import MaturityModel
from tasks.survey.exports import (
    ExportFolder,
    completion,
    exports_folder,
    losing_none,
    open_questionnaire,
)
from tasks.survey.exports.refusals import Unreadable
from tasks.survey.exports.tables import csv_table, xlsx_table
from tests.survey.exported_files import (
    ARCHIVE,
    EXPORTED,
    SURVEY,
    inside,
    pulled,
    put,
    read,
    valdore,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of exports."""
    path = tmp_path / "exports"
    path.mkdir()
    return path


@pytest.fixture
def model(tmp_path: Path) -> MaturityModel:
    """The model of survey 641001."""
    return valdore(tmp_path)


def taken(folder: Path, model: MaturityModel, *surveys: int) -> str:
    """The name of the file taken."""
    return ExportFolder(folder, model, surveys or (SURVEY,)).taken(SURVEY).file.name


def told(folder: Path, model: MaturityModel) -> str:
    """What is said of the files of a folder, taken or not, with plain spaces."""
    exports = ExportFolder(folder, model, (SURVEY,))
    try:
        return "\n".join(exports.notices(SURVEY)).replace("\u00a0", " ")
    except PlatformError as error:
        return error.message.replace("\u00a0", " ")


# --- the newest ---------------------------------------------------------------------------------


def test_newest_file_is_taken(folder: Path, model: MaturityModel) -> None:
    """By the moment it was written, whatever its name and its kind."""
    put(folder, "codes.csv", day=3)
    put(folder, "full.xlsx", day=2)
    put(folder, ARCHIVE, day=1)
    assert taken(folder, model) == "codes.csv"
    put(folder, "em.csv", day=4)
    assert taken(folder, model) == "em.csv"


def test_of_the_same_moment_the_archive_is_taken(folder: Path, model: MaturityModel) -> None:
    """It is whole and needs no setting; then a workbook, then a CSV file."""
    put(folder, "codes.csv")
    put(folder, "codes.xlsx")
    assert taken(folder, model) == "codes.xlsx"
    put(folder, ARCHIVE)
    assert taken(folder, model) == ARCHIVE


def test_list_of_participants_is_not_taken_for_answers(folder: Path, model: MaturityModel) -> None:
    """Though it is the newest CSV file."""
    put(folder, "codes.csv", day=1)
    put(folder, "tokens.csv", day=2)
    assert taken(folder, model) == "codes.csv"


def test_other_surveys_files_are_left_out(folder: Path, model: MaturityModel) -> None:
    """Known by their name, or by what is inside an archive."""
    put(folder, "results-survey641001.csv", (EXPORTED / "codes.csv").read_bytes(), day=1)
    put(folder, "results-survey555.csv", (EXPORTED / "codes.csv").read_bytes(), day=2)
    put(folder, "copie.lsa", (EXPORTED / "survey_archive_419226.lsa").read_bytes(), day=3)
    assert taken(folder, model) == "results-survey641001.csv"
    sentences = told(folder, model)
    assert "« results-survey555.csv » laissé de côté : il vient de l’enquête 555" in sentences
    assert "« copie.lsa » laissé de côté : il vient de l’enquête 419226" in sentences


def test_with_several_surveys_a_name_must_tell_which(folder: Path, model: MaturityModel) -> None:
    """Answers of one wave never enter another."""
    put(folder, "codes.csv", day=2)
    put(folder, "vague 641001 du 22.csv", (EXPORTED / "codes.csv").read_bytes(), day=1)
    assert taken(folder, model, SURVEY, 7) == "vague 641001 du 22.csv"
    assert taken(folder, model) == "codes.csv"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("~$codes.csv", "le verrou d’un fichier ouvert"),
        (".~lock.codes.csv#", "le verrou d’un fichier ouvert"),
        ("results-survey641001.csv.crdownload", "téléchargement n’est pas terminé"),
        ("results-survey641001.xlsx.part", "téléchargement n’est pas terminé"),
        ("results-survey641001.pdf", "seuls les fichiers CSV, XLSX, LSA et LSS sont lus"),
    ],
)
def test_what_is_no_export_is_left_out(
    name: str, why: str, folder: Path, model: MaturityModel
) -> None:
    """Locks, downloads under way, other formats: one sentence each, and the export is read."""
    put(folder, "codes.csv", day=1)
    put(folder, name, b"\0\1\2", day=2)
    assert taken(folder, model) == "codes.csv"
    assert f"« {name} » laissé de côté" in told(folder, model)
    assert why in told(folder, model)


@pytest.mark.parametrize("name", ["codes.csv", "codes.xlsx", ARCHIVE])
@pytest.mark.parametrize("share", [0, 0.3, 0.7, 0.99])
def test_half_copied_file_gives_way_to_the_one_before(
    name: str, share: float, folder: Path, model: MaturityModel
) -> None:
    """However much of it is there already; the sentence says so."""
    whole = (EXPORTED / name).read_bytes()
    put(folder, "em.csv", day=1)
    put(folder, name, whole[: int(len(whole) * share)], day=2)
    assert taken(folder, model) == "em.csv"
    assert f"« {name} » laissé de côté" in told(folder, model)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(min_value=1))
def test_csv_cut_anywhere_loses_whole_lines_at_most(cut: int) -> None:
    """A cut in the middle of a line is seen; at the end of one, fewer responses are left."""
    whole = (EXPORTED / "codes.csv").read_bytes()
    at = cut % len(whole)
    try:
        table = csv_table(whole[:at])
    except Unreadable:
        return
    assert table.lines == csv_table(whole).lines[: len(table.lines)]


def test_nothing_to_read_lists_what_was_found(folder: Path, model: MaturityModel) -> None:
    """Without any whole export the error names each file, and how to export."""
    put(folder, "codes.csv", b"")
    with pytest.raises(PlatformError, match="Aucun export lisible") as caught:
        taken(folder, model)
    assert "codes.csv" in caught.value.message
    assert "Exportez à nouveau" in caught.value.remedy


# --- dangerous files ----------------------------------------------------------------------------


def archive_with(name: str, suffix: str, content: bytes) -> bytes:
    """An archive in which one file was replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(EXPORTED / name) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member.endswith(suffix) else old.read(member))
    return made.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'
LAUGHS = (
    b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><document>&b;</document>'
)


@pytest.mark.parametrize("content", [ENTITY, LAUGHS, b"\xef\xbb\xbf<!-- x -->" + LAUGHS])
@pytest.mark.parametrize(
    ("name", "part"),
    [(ARCHIVE, ".lss"), (ARCHIVE, ".lsr"), (ARCHIVE, ".lst"), ("codes.xlsx", "sheet1.xml")],
)
def test_declared_entities_are_refused(
    name: str, part: str, content: bytes, folder: Path, model: MaturityModel
) -> None:
    """In an archive and in a workbook, whatever they stand for."""
    put(folder, name, archive_with(name, part, content))
    assert "il déclare des entités XML" in told(folder, model)


def test_entities_cannot_hide_in_another_encoding(folder: Path, model: MaturityModel) -> None:
    """UTF-16 and UTF-7 are refused before anything is parsed."""
    for content in (
        LAUGHS.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?><d/>',
    ):
        put(folder, ARCHIVE, archive_with(ARCHIVE, ".lsr", content))
        assert "il déclare des entités XML" in told(folder, model)


@pytest.mark.parametrize("name", ["bombe.lsa", "bombe.xlsx"])
def test_zip_bomb_is_refused_unopened(
    name: str, folder: Path, model: MaturityModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What unpacks without measure is known before it is unpacked."""
    monkeypatch.setattr("tasks.survey.exports.opening.MAX_BYTES", 100_000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("survey_641001.lss", b"0" * 1_000_000)
    put(folder, name, made.getvalue())
    assert "démesuré une fois décompressé" in told(folder, model)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"<xml/>", b"\xd0\xcf\x11\xe0" * 200, b"\n\n"])
@pytest.mark.parametrize("name", ["faux.xlsx", "faux.lsa", "faux.csv", "faux.lss"])
def test_false_files_are_never_a_traceback(
    name: str, content: bytes, folder: Path, model: MaturityModel
) -> None:
    """Whatever the bytes, staff get a sentence."""
    put(folder, name, content)
    assert "Aucun export lisible" in told(folder, model) or "intitulés" in told(folder, model)


def test_formula_stays_text() -> None:
    """An answer that a spreadsheet would compute is read as it was typed, from either form."""
    masked = {one for line in xlsx_table((EXPORTED / "codes.xlsx").read_bytes()).lines
              for one in line.values}  # fmt: skip
    plain = {one for line in xlsx_table((EXPORTED / "unmasked.xlsx").read_bytes()).lines
             for one in line.values}  # fmt: skip
    assert "=1+1" in masked
    assert masked == plain


# --- where the folder is ------------------------------------------------------------------------


def test_folder_must_be_there_and_inside(tmp_path: Path) -> None:
    """No link leads out of the working folder, and a folder that is missing is named."""
    home, outside = tmp_path / "home", tmp_path / "dehors"
    (home / "exports").mkdir(parents=True)
    outside.mkdir()
    (home / "lien").symlink_to(outside)
    assert exports_folder(home, PurePosixPath("exports"), "fr") == (home / "exports").resolve()
    with pytest.raises(PlatformError, match="sort du dossier de travail"):
        exports_folder(home, PurePosixPath("lien"), "fr")
    with pytest.raises(PlatformError, match="n’existe pas"):
        exports_folder(home, PurePosixPath("exports/etude"), "fr")


def test_files_in_folders_below_are_not_read(folder: Path, model: MaturityModel) -> None:
    """Old exports can be put away in a folder of their own."""
    put(folder, "codes.csv", day=1)
    put(folder / "anciens", "full.csv", day=2)
    assert taken(folder, model) == "codes.csv"


# --- a filtered export --------------------------------------------------------------------------


def responses(*numbers: int, partial: tuple[int, ...] = ()) -> tuple[dict[str, str | int], ...]:
    """Responses of these numbers."""
    return tuple({"id": n, "submitdate": "" if n in partial else "2026-11-22"} for n in numbers)


def passes(before: tuple[dict[str, str | int], ...], now: tuple[dict[str, str | int], ...]) -> bool:
    """Whether an export is taken after a pull."""
    handed_on = []
    try:
        handed_on += losing_none([now], completion(before), "export.csv", "fr")
    except PlatformError:
        return False
    assert handed_on == [now]
    return True


def test_export_that_lost_more_than_a_few_is_stopped() -> None:
    """Two of twenty may have been deleted; three were left out of the export."""
    twenty = responses(*range(1, 21))
    assert passes(twenty, responses(*range(1, 25)))
    assert passes(twenty, responses(*range(3, 21)))
    assert not passes(twenty, responses(*range(4, 21)))
    assert not passes(twenty, ())
    assert passes((), responses(1))
    with pytest.raises(PlatformError, match="filtré à l’export"):
        list(losing_none([()], completion(twenty), "export.csv", "fr"))


def test_export_of_complete_responses_alone_is_stopped() -> None:
    """When all partial responses are gone at once; one that was completed is no loss."""
    before = responses(*range(1, 31), partial=(29, 30))
    assert not passes(before, responses(*range(1, 29)))
    assert passes(before, responses(*range(1, 31), partial=(30,)))
    assert passes(before, responses(*range(1, 30), partial=(29,)))
    assert passes(before, responses(*range(1, 31)))


# --- a questionnaire's file ---------------------------------------------------------------------


def test_questionnaire_file_tells_its_languages(tmp_path: Path) -> None:
    """From the structure alone or from an archive; the base language comes first."""
    alone = put(tmp_path, "questionnaire.lss", inside(ARCHIVE, ".lss"))
    for path in (alone, EXPORTED / ARCHIVE):
        found = open_questionnaire(path, "fr")
        assert found.languages(SURVEY) == ("fr", "en")
        assert found.survey_id == SURVEY
        assert found.structure(SURVEY, "en").questions[0].options["R2"] == "Head of unit"


def test_questionnaire_of_the_old_form_is_read(tmp_path: Path) -> None:
    """Before version 4 texts stood in the rows, one row a language."""
    found = open_questionnaire(put(tmp_path, "ancien.lss", OLD.encode()), "fr")
    french, english = (found.structure(5, language).questions for language in ("fr", "en"))
    assert [one.text for one in (*french, *english)] == ["Où ?", "Combien ?", "Where?", "How many?"]
    assert french[0].options == {"A1": "Ici", "A2": "Là"}
    assert found.columns == {"5X1X11": "OU", "5X1X11other": "OU[other]", "5X1X12SQ1": "NB[SQ1]"}


def test_file_without_a_questionnaire_is_told(tmp_path: Path) -> None:
    """A file of answers, or of nothing, is no questionnaire."""
    for content in (inside(ARCHIVE, ".lsr"), b"<document/>", b""):
        with pytest.raises(PlatformError, match="ne peut pas être lu"):
            open_questionnaire(put(tmp_path, "faux.lss", content), "fr")
    with pytest.raises(PlatformError, match="ne peut pas être lu"):
        open_questionnaire(tmp_path / "absent.lss", "fr")
    with pytest.raises(PlatformError, match="ne peut pas être lu"):
        open_questionnaire(Path(shutil.copy(EXPORTED / "codes.xlsx", tmp_path / "x.lsa")), "fr")


def test_pulled_again_from_another_form_nothing_changes(folder: Path, model: MaturityModel) -> None:
    """A team that exports a workbook one week and an archive the next sees no answer change."""
    put(folder, "codes.csv")
    exports = ExportFolder(folder, model, (SURVEY,))
    assert read(exports) == pulled()
    put(folder, "codes.xlsx", day=2)
    assert read(exports) == pulled()  # what was read stays, for the time of a refresh
    assert read(ExportFolder(folder, model, (SURVEY,))) == pulled()


def _rows(*rows: str) -> str:
    return "<rows>" + "".join(f"<row>{row}</row>" for row in rows) + "</rows>"


def _row(**columns: object) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in columns.items())


OLD = (
    "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>177</DBVersion>"
    + "<answers>"
    + _rows(
        _row(qid=11, code="A1", answer="Ici", sortorder=1, language="fr", scale_id=0),
        _row(qid=11, code="A2", answer="Là", sortorder=2, language="fr", scale_id=0),
        _row(qid=11, code="A1", answer="Here", sortorder=1, language="en", scale_id=0),
        _row(qid=11, code="A2", answer="There", sortorder=2, language="en", scale_id=0),
    )
    + "</answers><groups>"
    + _rows(
        *(_row(gid=1, sid=5, group_name="G", group_order=0, language=one) for one in ("fr", "en"))
    )
    + "</groups><questions>"
    + _rows(
        *(
            _row(qid=qid, parent_qid=0, sid=5, gid=1, type=kind, title=code, question=text,
                 other=other, question_order=qid, language=language)
            for qid, kind, code, other, texts in (
                (11, "L", "OU", "Y", {"fr": "Où ?", "en": "Where?"}),
                (12, "K", "NB", "N", {"fr": "Combien ?", "en": "How many?"}),
            )
            for language, text in texts.items()
        )
    )
    + "</questions><subquestions>"
    + _rows(
        *(
            _row(qid=13, parent_qid=12, sid=5, gid=1, type="T", title="SQ1", question=text,
                 question_order=1, language=language)
            for language, text in (("fr", "Agents"), ("en", "Staff"))
        )
    )
    + "</subquestions><surveys>"
    + _rows(_row(sid=5, language="fr", additional_languages="en", anonymized="N"))
    + "</surveys></document>"
)  # fmt: skip
