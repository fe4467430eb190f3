"""A list to fill in, so that staff know the columns."""

import io

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from config.catalogue import say
from tasks.campaign.roster.columns import ListColumns
from tasks.campaign.roster.model import EMAIL, FIRSTNAME, LANGUAGE, LASTNAME

ROWS = 500  # that have the drop-down lists
LONGEST_OFFER = 250  # characters of a drop-down list that Excel accepts
WIDTHS = {FIRSTNAME: 18, LASTNAME: 22, EMAIL: 36, LANGUAGE: 12}


def example_list(columns: ListColumns) -> bytes:
    """A workbook with the headings of a study and one invented row.

    Its address is one that cannot exist: a row left in by mistake is refused.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet(say("Participants", columns.language))
    codes = [*dict.fromkeys(columns.languages.values())]
    shown = [name for name in columns.labels if name != LANGUAGE or len(codes) > 1]
    example = {
        FIRSTNAME: say("Camille", columns.language),
        LASTNAME: say("Exemple", columns.language),
        EMAIL: "camille@exemple.invalid",
        LANGUAGE: codes[0],
        **{name: values[0] for name, values in columns.sides.items() if values},
    }
    sheet.append([columns.labels[name] for name in shown])
    sheet.append([example.get(name, "") for name in shown])
    for at, name in enumerate(shown, start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = WIDTHS.get(name, 24)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet[f"{letter}1"].fill = PatternFill("solid", fgColor="E7ECF2")
        sheet[f"{letter}2"].font = Font(italic=True, color="6B7280")
        choices = tuple(codes) if name == LANGUAGE else columns.sides.get(name, ())
        if choices and len(",".join(choices)) < LONGEST_OFFER:
            _offer(sheet, letter, choices)
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _offer(sheet: Worksheet, letter: str, choices: tuple[str, ...]) -> None:
    offered = DataValidation("list", formula1='"{}"'.format(",".join(choices)), allow_blank=True)
    offered.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(offered)
