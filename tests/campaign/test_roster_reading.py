"""Participants lists: every doubtful row is named with what to do, nothing is guessed."""

import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from config.errors import ParticipantsError
from config.loading import load_study
from config.settings import Settings
from config.study import SideRule, Study
from tasks.campaign.roster import ListColumns, Roster, example_list, read_roster, refuse_doubtful
from tests.campaign.staff import HEADINGS, csv_list, person

STUDY: Study = load_study("demo", Settings()).model_copy(
    update={"side_rule": SideRule(attribute="service", values={"Voirie": "policy"})}
)
COLUMNS = ListColumns.of(STUDY, ("fr", "en"))


def workbook(rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook whose first sheet is « Liste »."""
    book = Workbook()
    book.active.title = "Liste"
    for sheet, content in (
        (book.active, rows),
        *((book.create_sheet(n), r) for n, r in sheets.items()),
    ):
        for row in content:
            sheet.append([*row])
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def row(number: int, **more: str) -> list[str]:
    """A row in the order of the headings."""
    return [*person(number, **more).values()]


def read(content: bytes, name: str = "liste.xlsx") -> Roster:
    """Read a list."""
    return read_roster(content, name, COLUMNS)


def plain(text: object) -> str:
    """A text with plain spaces."""
    return str(text).replace("\u00a0", " ")


def only_fault(content: bytes, name: str = "liste.xlsx") -> str:
    """The one fault of a list."""
    (fault,) = read(content, name).faults
    return plain(fault)


def test_a_clear_list_is_read_whole() -> None:
    """Fifteen people: fifteen lines, with their values under the platform's names."""
    roster = read(workbook([HEADINGS, *(row(n) for n in range(15))]))
    assert len(roster.lines) == 15
    assert roster.faults == roster.remarks == ()
    assert roster.lines[3].values == {
        "firstname": "Prénom3", "lastname": "Nom3", "email": "personne03@example.org",
        "language": "fr", "attribute_1": "poste 3", "attribute_2": "Voirie",
    }  # fmt: skip
    assert roster.lines[3].row == 5


@pytest.mark.parametrize(
    "headings",
    [
        ("PRÉNOM", "NOM", "Mél.", "Langue", "poste", "SERVICE"),
        ("First name", "Last name", "E-mail", "Language", "Post", "Department"),
        ("prenom", "nom de famille", "adresse électronique", "langue", "attribute_1", "service "),
        ("Prénom\u00a0", "Nom", "\u200bCourriel", "Langue", "Poste", "Ser\u00advice"),
    ],
)
def test_headings_are_known_in_french_and_english(headings: Sequence[str]) -> None:
    """Accents, capitals, spaces and invisible characters do not matter; codes and labels do."""
    roster = read(workbook([headings, row(1)]))
    assert roster.remarks == ()
    assert roster.lines[0].values["attribute_2"] == "Voirie"
    assert roster.lines[0].values["email"] == "personne01@example.org"


def test_headings_may_stand_under_a_title_and_columns_in_any_order() -> None:
    """A title, an empty row and a column of notes change nothing but a remark."""
    roster = read(workbook([
        ["Personnes à inviter"], [], ["Remarques", "Courriel", "Nom", "Prénom"],
        ["à rappeler", "a@example.org", "Nom", "Prénom"], [], ["", "b@example.org", "Nom2", "X"],
    ]))  # fmt: skip
    assert [line.row for line in roster.lines] == [4, 6]
    assert plain(roster.remarks[0]) == "Colonnes laissées de côté : Remarques."
    assert "language" not in roster.lines[0].values


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_as_spreadsheets_write_it(encoding: str, separator: str) -> None:
    """Each usual encoding and separator; a separator inside quotes is part of the value."""
    text = separator.join(("Prénom", "Nom", "Courriel", "Service")) + "\r\n"
    text += separator.join(("Zoé", f'"Nom{separator} composé"', "zoe@example.org", "Œuvre"))
    roster = read(text.encode(encoding), "liste.csv")
    assert roster.lines[0].values == {
        "firstname": "Zoé", "lastname": " ".join(f"Nom{separator} composé".split()),
        "email": "zoe@example.org", "attribute_2": "Œuvre",
    }  # fmt: skip


def test_debris_of_copy_and_paste_is_tidied() -> None:
    """No-break spaces, invisible characters, trailing spaces, mailto: and language names."""
    roster = read(workbook([
        HEADINGS,
        ["\u200bAnne\u00a0Marie ", "Du\u202frand", " mailto:A.D@Example.org ", "anglais",
         "x\u200d", ""],
    ]))  # fmt: skip
    assert roster.lines[0].values == {
        "firstname": "Anne Marie", "lastname": "Du rand", "email": "A.D@example.org",
        "language": "en", "attribute_1": "x", "attribute_2": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("Courriel", "anne@example", "adresse électronique valable"),
        ("Courriel", "anne durand@example.org", "adresse électronique valable"),
        ("Courriel", "a@example.org; b@example.org", "adresse électronique valable"),
        ("Courriel", "hélène@example.org", "adresse électronique valable"),
        ("Courriel", "Anne <a@example.org>", "adresse électronique valable"),
        ("Courriel", "", "la case est vide"),
        ("Nom", "", "la case est vide"),
        ("Prénom", " \u00a0\u200b", "la case est vide"),
        ("Langue", "allemand", "le questionnaire n’existe pas dans cette langue"),
        ("Nom", "x" * 151, "151 caractères"),
        ("Nom", "<b>Durand", "l’un des signes"),
        ("Poste", "{TOKEN}", "l’un des signes"),
        ("Poste", "@SUM(A1)", "formule"),
        ("Nom", "+33 1", "formule"),
    ],
)
def test_each_doubtful_cell_is_named(column: str, value: str, told: str) -> None:
    """Sheet, row, column, what is wrong, what to do; the other rows are read."""
    content = workbook([HEADINGS, row(1), row(2, **{column: value}), row(3)])
    fault = only_fault(content)
    assert fault.startswith(f"onglet « Liste », ligne 3, colonne « {column} » : ")
    assert told in fault
    assert fault.count(".") >= 2  # what, and what to do
    assert [line.row for line in read(content).lines] == [2, 4]


def test_formulas_are_refused_and_never_evaluated() -> None:
    """A formula whose value looks like an address is named, in Excel as in CSV."""
    book = load_workbook(io.BytesIO(workbook([HEADINGS, row(1), row(2)])))
    book["Liste"]["C2"] = '="a"&"@example.org"'
    assert "c’est une formule" in only_fault(saved(book))
    told = only_fault(csv_list([person(1, Nom='=HYPERLINK("http://x")')]), "liste.csv")
    assert told.startswith("ligne 2, colonne « Nom » : c’est une formule")


def test_merged_cells_and_errors_are_named() -> None:
    """A merged cell hides whose value it is; #N/A is none."""
    book = load_workbook(io.BytesIO(workbook([HEADINGS, row(1), row(2)])))
    book["Liste"].merge_cells("F2:F3")
    assert "fusionnée" in only_fault(saved(book))
    book = load_workbook(io.BytesIO(workbook([HEADINGS, row(1)])))
    book["Liste"]["B2"] = "#N/A"
    assert "erreur de calcul" in only_fault(saved(book))


def test_one_address_for_two_people_makes_both_doubtful() -> None:
    """Capitals do not tell addresses apart; each row names the other."""
    roster = read(workbook([HEADINGS, row(1), row(2), row(3, Courriel="Personne01@Example.ORG")]))
    assert roster.doubtful_rows == (2, 4)
    told = [plain(fault) for fault in roster.faults]
    assert "la même adresse est aussi à la ligne 4" in told[0]
    assert "la même adresse est déjà à la ligne 2" in told[1]


def test_a_row_repeated_counts_once_and_is_told() -> None:
    """The very same row twice does no harm."""
    roster = read(workbook([HEADINGS, row(1), row(1)]))
    assert len(roster.lines) == 1
    assert plain(roster.remarks[0]) == "Ligne 2 répétée à la ligne 3 : comptée une fois."


def test_one_name_under_two_addresses_is_a_remark() -> None:
    """It may be two people: staff are told, nothing is held back."""
    twice = row(2, Prénom="PRÉNOM1", Nom="nom1")
    roster = read(workbook([HEADINGS, row(1), twice]))
    assert len(roster.lines) == 2
    assert plain(roster.remarks[0]).startswith("Lignes 2, 3 : le même nom sous plusieurs adresses.")


def test_a_value_without_a_side_is_a_remark_that_does_not_quote_it() -> None:
    """The rows and the values that the study knows are told."""
    roster = read(workbook([HEADINGS, row(1), row(2, Service="Cabinet secret")]))
    (remark,) = map(plain, roster.remarks)
    assert "« Service », lignes 3 :" in remark
    assert "Valeurs connues : Voirie." in remark
    assert "secret" not in remark


def test_hidden_rows_are_read_and_told() -> None:
    """A filter left on does not silently drop people."""
    book = load_workbook(io.BytesIO(workbook([HEADINGS, row(1), row(2)])))
    book["Liste"].row_dimensions[3].hidden = True
    roster = read(saved(book))
    assert len(roster.lines) == 2
    assert plain(roster.remarks[0]).endswith(": 3.")


def test_three_doubtful_rows_of_fifteen_stop_the_twelve() -> None:
    """The message names the three with what to do, and says that nothing was sent."""
    rows = [row(n) for n in range(12)] + [
        row(12, Courriel="douze"), row(13, Nom=""), row(14, Langue="breton"),
    ]  # fmt: skip
    roster = read(workbook([HEADINGS, *rows]))
    assert len(roster.lines) == 12
    with pytest.raises(ParticipantsError) as raised:
        refuse_doubtful(roster, "fr")
    told = plain(raised.value)
    assert "3 lignes douteuses sur 15. Rien n’a été envoyé" in told
    assert all(f"ligne {number}" in told for number in (14, 15, 16))
    assert "--sans-les-lignes-douteuses" in told


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"PK\x03\x04 no workbook", "liste.xlsx", "pas un classeur Excel lisible"),
        (b"", "liste.xlsx", "pas un classeur Excel lisible"),
        (b"\x00\x01\x02;\x00", "liste.csv", "pas un fichier CSV lisible"),
        (b"", "liste.csv", "pas de ligne d’intitulés"),
        (b"a;b\r\n1;2", "liste.csv", "pas de ligne d’intitulés"),
        (csv_list([]), "liste.csv", "personne sous ses intitulés"),
        (csv_list([person(1)]), "liste.pdf", "ni un classeur Excel"),
        (b"Nom;Courriel\r\nA;a@example.org", "liste.csv", "il manque Prénom"),
        ("Prénom;Nom;Courriel;Mél\r\n".encode(), "liste.csv", "plusieurs colonnes pour Courriel"),
        (csv_list([person(n) for n in range(5001)]), "liste.csv", "trop grand"),
        (b"x" * 5_000_001, "liste.xlsx", "trop grand"),
        (workbook([HEADINGS, row(1)], Autre=[HEADINGS, row(2)]), "l.xlsx", "plusieurs onglets"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused(content: bytes, name: str, told: str) -> None:
    """Each says what is the matter and what to do; none is a traceback."""
    with pytest.raises(ParticipantsError) as raised:
        read(content, name)
    assert told in plain(raised.value.message)
    assert raised.value.remedy


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A small file that unpacks to more than a list ever needs."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 120_000_000)
    with pytest.raises(ParticipantsError, match="trop grand"):
        read(stream.getvalue())


DOCUMENT_TYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        ("sheet1", b"</sheetData>",
         b'</sheetData><mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>', "trop grand"),
        ("sheet1", b"</sheetData>",
         b'</sheetData><hyperlinks><hyperlink ref="A2:XFD99" location="x"/></hyperlinks>',
         "trop grand"),
        ("sheet1", b"</sheetData>", b'<row r="900000"/></sheetData>', "trop grand"),
        ("sheet1", b"</sheetData>", b"<row/>" * 5_001 + b"</sheetData>", "trop grand"),
        ("sheet1", b"<worksheet", DOCUMENT_TYPE + b"<worksheet", "pas un classeur"),
        ("styles", b"<styleSheet", DOCUMENT_TYPE + b"<styleSheet", "pas un classeur"),
        ("sheet1", b"</sheetData>", b"", "pas un classeur"),
    ],
)  # fmt: skip
def test_a_few_bytes_that_ask_for_a_whole_machine_are_refused(
    part: str, old: bytes, new: bytes, told: str
) -> None:
    """Merged areas, links, row numbers and entities are met before anything is built of them."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([HEADINGS, row(1)]))) as good,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            content = good.read(name)
            assert part not in name or old in content
            bad.writestr(name, content.replace(old, new, 1) if part in name else content)
    with pytest.raises(ParticipantsError, match=told):
        read(stream.getvalue())


@given(st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=6))
def test_no_cell_breaks_the_reading(cells: list[list[str]]) -> None:
    """Whatever stands in a CSV, it is read, named, or the file is refused."""
    lines = ["Prénom;Nom;Courriel;Service", *(";".join(row) for row in cells)]
    with suppress(ParticipantsError):
        roster = read("\r\n".join(lines).encode("utf-8", "replace"), "liste.csv")
        assert not {line.row for line in roster.lines} & set(roster.doubtful_rows)


def test_the_example_is_a_list_with_one_row_that_is_refused() -> None:
    """Its headings are all known, and a row left in by mistake reaches no platform."""
    roster = read(example_list(COLUMNS))
    assert roster.lines == roster.remarks == ()
    assert len(roster.doubtful_rows) == 1
