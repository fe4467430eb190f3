"""Files exported through LimeSurvey's pages hold what its remote interface gives."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from config.errors import PlatformError
from config.loading import load_model
from config.maturity_model import MaturityModel
from config.settings import Settings
from tasks.survey.adopting import adopt, read_questionnaire
from tasks.survey.exports import ExportFolder, open_questionnaire
from tasks.survey.exports.wordings import coded
from tasks.survey.questionnaire import compare, remarks
from tasks.survey.source import Participant
from tests.survey.exported_files import (
    ARCHIVE,
    EXPORTED,
    SURVEY,
    TYPES,
    inside,
    pulled,
    put,
    read,
    valdore,
)

CODES = ["codes.csv", "codes.xlsx", "comma.csv", "tab.csv", "em.csv", "people.csv", "unmasked.xlsx"]
Opened = Callable[..., ExportFolder]


@pytest.fixture
def model(tmp_path: Path) -> MaturityModel:
    """The model of survey 641001."""
    return valdore(tmp_path)


@pytest.fixture
def opened(tmp_path: Path, model: MaturityModel) -> Opened:
    """Open a folder that holds some of the exported files."""

    def folder(*names: str, language: str = "fr") -> ExportFolder:
        for name in names:
            put(tmp_path / "exports", name)
        return ExportFolder(tmp_path / "exports", model, (SURVEY,), language)

    return folder


# --- the same responses -------------------------------------------------------------------------


@pytest.mark.parametrize("name", CODES)
def test_answer_codes_are_those_of_the_remote_interface(name: str, opened: Opened) -> None:
    """Value for value, whatever the separator, the format or the form of the headings."""
    assert read(opened(name)) == pulled()


@pytest.mark.parametrize("name", ["full.csv", "full.xlsx", "full_en.csv"])
@pytest.mark.parametrize("beside", [True, False], ids=["with its questionnaire", "alone"])
def test_full_answers_become_their_codes(
    name: str, beside: bool, opened: Opened, tmp_path: Path
) -> None:
    """By the questionnaire's texts or the model's; the comments that LimeSurvey loses are told."""
    exports = opened(name)
    if beside:
        put(tmp_path / "exports", "questionnaire.lss", inside(ARCHIVE, ".lss"))
    expected = {number: row | {"STR2[comment]": ""} for number, row in pulled().items()}

    assert read(exports) == expected
    assert any("STR2[comment] sont vides" in one for one in exports.notices(SURVEY))


def test_archive_holds_the_same_responses(opened: Opened) -> None:
    """But for `]]>`, which LimeSurvey writes `]] >` into its archives."""
    expected = pulled()
    expected[13]["COM"] = expected[13]["COM"].replace("]]>", "]] >")

    assert read(opened(ARCHIVE)) == expected


def test_every_type_of_question_is_read(tmp_path: Path) -> None:
    """Dual scales, rankings, two-way arrays, boxes with comments: in each form, the same values."""
    questionnaire = open_questionnaire(EXPORTED / f"survey_archive_{TYPES}.lsa", "fr")
    adoption = adopt(read_questionnaire(questionnaire, TYPES), date(2026, 11, 22))
    path = tmp_path / "config" / "models" / f"{adoption.model_code}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(adoption.model, "utf-8")
    model = load_model(adoption.model_code, Settings(home=tmp_path)).model
    names = ("types_codes.csv", "types_full.csv", "types_em.csv", f"survey_archive_{TYPES}.lsa")
    for name in names:
        folder = tmp_path / name
        put(folder, name)
        exports = ExportFolder(folder, model, (TYPES,))
        assert read(exports, TYPES) == pulled("types_rpc.json"), name
        assert compare(exports.structure(TYPES, "fr"), model) == ()


def test_participants_columns_are_not_kept(opened: Opened) -> None:
    """A name or an address exported beside the answers goes no further."""
    rows = read(opened("people.csv"))
    assert "firstname" in (EXPORTED / "people.csv").read_text("utf-8")
    assert not {key for row in rows.values() for key in row} & {"firstname", "email", "attribute_1"}


# --- participants, structure --------------------------------------------------------------------


@pytest.mark.parametrize("names", [("codes.csv", "tokens.csv"), (ARCHIVE,)])
def test_participants_are_those_of_the_remote_interface(
    names: tuple[str, ...], opened: Opened
) -> None:
    """From the exported list or from the archive, with their attributes."""
    told = json.loads((EXPORTED / "participants.json").read_text("utf-8"))

    people = opened(*names).participants(SURVEY, ("attribute_1", "attribute_2"))

    assert people == tuple(
        Participant(
            platform_id=one["tid"],
            token=one["token"],
            **one["participant_info"],
            attributes={key: one[key] for key in ("attribute_1", "attribute_2")},
            completed=one["completed"] != "N",
        )
        for one in told
    )


def test_without_a_list_there_are_no_participants(opened: Opened) -> None:
    """As on a platform without a participants table; and no version is told."""
    exports = opened("codes.csv")
    assert exports.participants(SURVEY, ()) is None
    assert exports.version() is None


@pytest.mark.parametrize("names", [("codes.csv",), ("em.csv",), ("full.xlsx",), (ARCHIVE,)])
def test_structure_is_the_models(
    names: tuple[str, ...], opened: Opened, model: MaturityModel
) -> None:
    """Headings alone are enough to know that every question is there."""
    structure = opened(*names).structure(SURVEY, "fr")
    assert compare(structure, model) == ()
    assert remarks(structure, model) == ()


def test_questionnaire_beside_tells_what_changed(
    opened: Opened, model: MaturityModel, tmp_path: Path
) -> None:
    """With the questionnaire's file, an option that the model does not know is named."""
    content = inside(ARCHIVE, ".lss").replace(b"<![CDATA[NSP]]>", b"<![CDATA[SO]]>")
    exports = opened("codes.csv")
    put(tmp_path / "exports", "limesurvey_survey_641001.lss", content)
    differences = compare(exports.structure(SURVEY, "fr"), model)
    assert any("STR1 n’a plus l’option NSP" in one for one in differences)


# --- what cannot be read ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["codetext.csv", "fulltext.csv", "abbreviated.csv"])
def test_other_headings_are_named_with_the_way_out(name: str, opened: Opened) -> None:
    """The message says what the headings are, and how to export again, step by step."""
    with pytest.raises(PlatformError, match="ne sont pas des codes de question") as caught:
        read(opened(name))
    assert name in caught.value.message
    assert "choisissez «\u00a0Code de la question\u00a0»" in caught.value.remedy


def spoilt(opened: Opened, tmp_path: Path, old: str, new: str, name: str = "codes.csv") -> str:
    """The message on an exported file in which something was replaced."""
    content = (EXPORTED / name).read_text("utf-8")
    assert old in content
    exports = opened()
    put(tmp_path / "exports", name, content.replace(old, new).encode())
    with pytest.raises(PlatformError) as caught:
        read(exports)
    return caught.value.message.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"STR1"', '"STR9"', "– STR1 (« Une feuille de route numérique"),
        ('"OUT[SQ002]"', '"OUT[SQ009]"', "– OUT[SQ002]"),
        ('"submitdate"', '"envoi"', "– submitdate"),
        ('"STR2"', '"STR1"', "plusieurs colonnes ont le même intitulé : « STR1 »"),
        ('\n"3";', '\n"2";', "ligne 4 : la réponse 2 s’y trouve deux fois"),
        ('\n"3";', '\n"trois";', "ligne 4 : la première colonne n’est pas un numéro"),
        ('\n"3";', '\n"";', "ligne 4 : la première colonne n’est pas un numéro"),
        ('"2026-11-09 09:11:30"', '"09/11/2026 09:11"', "ligne 2, colonne submitdate"),
        ('"Y";"";"";"";"C2"', '"1";"2";"2";"";"C2"', "ligne 2, colonne DONN[SQ001]"),
    ],
)
def test_spoilt_files_are_told(
    old: str, new: str, told: str, opened: Opened, tmp_path: Path
) -> None:
    """A column that is missing or there twice, a number, a date, a box: each by its place."""
    assert told in spoilt(opened, tmp_path, old, new)


@pytest.mark.parametrize(
    "text",
    [
        "Plutôt oui & bien",
        '<span class="fw-normal">Plutôt oui &amp; bien</span>',
        "PLUTÔT OUI & BIEN",
    ],
)
def test_markup_of_an_answer_does_not_count(text: str) -> None:
    """Some of LimeSurvey's exports leave it in full answers, others take it out."""
    column = coded({"fr": {"C3": "Plutôt oui & bien", "C2": "Plutôt non"}})
    assert column.code(text, "fr") == {"C3"}
    assert column.code("Plutôt", "fr") == frozenset()


def test_unknown_full_answer_is_named_never_guessed(opened: Opened, tmp_path: Path) -> None:
    """A text that is no option is told by line and column, though it looks like one."""
    message = spoilt(opened, tmp_path, '"Chef de service"', '"Cheffe de service"', "full.csv")
    assert "– ligne 2, colonne ROLE" in message
    assert "– ligne 15, colonne ROLE" in message
    assert "Cheffe" not in message  # messages are shown in pages where no answer may stand


def test_full_answer_of_two_options_is_refused(opened: Opened, tmp_path: Path) -> None:
    """Two options with the same text cannot be told apart."""
    exports = opened("full.csv")
    same = inside(ARCHIVE, ".lss").replace("Tout à fait".encode(), "Plutôt oui".encode())
    put(tmp_path / "exports", "questionnaire.lss", same)
    with pytest.raises(PlatformError, match="à aucune option, ou à plusieurs") as caught:
        read(exports)
    assert "ligne 2, colonne OUT[SQ002]" in caught.value.message


def test_unknown_code_passes_to_be_set_aside_later(opened: Opened, tmp_path: Path) -> None:
    """A code that the model does not know is an answer all the same: cleaning names it."""
    exports = opened()
    content = (EXPORTED / "codes.csv").read_text("utf-8").replace('"R2";"A3"', '"R2";"ZZ"', 1)
    put(tmp_path / "exports", "codes.csv", content.encode())
    assert read(exports)[1]["STR1"] == "ZZ"


def test_file_saved_by_a_spreadsheet_is_read_with_a_word(opened: Opened, tmp_path: Path) -> None:
    """Windows' encoding, few quotes: read, and told; a column of one's own is left out."""
    with (EXPORTED / "codes.csv").open(encoding="utf-8-sig", newline="") as stream:
        heading, first, *_ = csv.reader(stream, delimiter=";")
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([[*heading, "Mon avis à moi"], [*first, "à revoir"]])
    exports = opened()
    put(tmp_path / "exports", "resultats.csv", text.getvalue().encode("cp1252"))

    assert read(exports) == {1: pulled()[1]}
    told = " ".join(exports.notices(SURVEY)).replace("\u00a0", " ")
    assert "n’est pas en UTF-8" in told
    assert "« Mon avis à moi »" in told


def test_active_survey_without_responses_is_no_failure(opened: Opened, tmp_path: Path) -> None:
    """LimeSurvey then exports one line of nothing."""
    heading = (EXPORTED / "codes.csv").read_text("utf-8-sig").splitlines()[0]
    empty = ";".join(['""'] * len(heading.split(";")))
    exports = opened()
    put(tmp_path / "exports", "codes.csv", f"{heading}\r\n{empty}\r\n".encode())
    assert [*exports.windows(SURVEY)] == []


def test_messages_are_in_the_readers_language(opened: Opened) -> None:
    """English staff read English, down to the steps of a new export."""
    with pytest.raises(PlatformError, match="are not question codes") as caught:
        read(opened("fulltext.csv", language="en"))
    assert "choose “Question code”" in caught.value.remedy
