"""Draw the first template of the weekly note; staff restyle the .docx afterwards.

    python -m report_templates.draw_weekly_note [FOLDER]

writes the templates of `FILES`, as `draw_collective_report` does for the report.
"""

import sys
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from report_templates.drawing import charts
from report_templates.drawing.page import TEXT_WIDTH, Pen, shade
from report_templates.drawing.sheet import blank
from tasks.word.anchors import stamp_template
from tasks.word.authoring import ChartKind, add_field
from tasks.word.typography import Profile

FILES: dict[Profile, str] = {
    "fr-FR": "weekly_note.docx",
    "fr-CH": "weekly_note_fr_ch.docx",
    "en": "weekly_note_en.docx",
}
KEYS = 4
"""Key figures at the top."""


def draw(profile: Profile) -> bytes:
    """Return the template in a language and its typography, as the bytes of a .docx."""
    document = blank(profile)
    _fit_two_pages(document)
    pen = Pen(document, profile)
    _top(pen)
    _changes(pen)
    _participation(pen)
    _quality(pen)
    _steps(pen)
    _footer(document, pen)
    buffer = BytesIO()
    document.save(buffer)
    return stamp_template(buffer.getvalue())


def _fit_two_pages(document: Document) -> None:
    """The report's styles, smaller: a note is read at a glance."""
    sizes = {"Title": 20, "Subtitle": 11.5, "Heading 1": 13.5, "List Bullet": 10, "Normal": 10}
    for name, size in sizes.items():
        document.styles[name].font.size = Pt(size)
    spaces = {
        "Surtitre": (7, 1),
        "Title": (0, 1),
        "Subtitle": (0, 7),
        "Heading 1": (9, 3),
        "List Bullet": (0, 1.5),
        "Lecture": (5, 5),
        "Graphique": (0, 4),
    }
    for name, (before, after) in spaces.items():
        look = document.styles[name].paragraph_format
        look.space_before, look.space_after = Pt(before), Pt(after)
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(1.6)
    _key_style(document, "Chiffre clé", "Heading 1", (5, 0))
    _key_style(document, "Légende de chiffre clé", "Petite note", (0, 6))
    for spread in document.styles["Subtitle"].element.rPr.findall(qn("w:spacing")):
        document.styles["Subtitle"].element.rPr.remove(spread)
    settings = document.settings.element
    for update in settings.findall(qn("w:updateFields")):
        settings.remove(update)  # no table of contents: nothing for Word to ask about


def _key_style(document: Document, name: str, base: str, spaces: tuple[float, float]) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    source = document.styles[base]
    style.base_style = document.styles["Normal"]
    style.element.append(deepcopy(source.element.rPr))
    look = style.paragraph_format
    look.alignment = WD_ALIGN_PARAGRAPH.CENTER
    look.space_before, look.space_after = Pt(spaces[0]), Pt(spaces[1])


def _top(pen: Pen) -> None:
    band = pen.grid((TEXT_WIDTH,))
    shade(band.rows[0].cells[0], accent=1)
    inside = pen.inside(band.rows[0].cells[0])
    inside.write("Surtitre", "{{ report.programme or '\u00a0' }}")
    inside.write("Title", pen.say("Note de la semaine"))
    inside.write("Subtitle", "{{ report.title }}").paragraph_format.space_after = Pt(0)
    inside.write("Subtitle", "{{ report.wave }} – {{ report.day }}")
    keys = pen.grid((TEXT_WIDTH / KEYS,) * KEYS)
    for place, cell in enumerate(keys.rows[0].cells):
        inside = pen.inside(cell)
        inside.write("Chiffre clé", f"{{{{ keys[{place}].value }}}}")
        inside.write("Légende de chiffre clé", f"{{{{ keys[{place}].label }}}}")


def _changes(pen: Pen) -> None:
    pen.heading(1, pen.say("Ce qui a changé depuis la dernière édition"))
    pen.write("Étiquette", pen.say("Dans le rapport"))
    _lines(pen, "passages")
    with pen.when("figures"):
        pen.write("Étiquette", pen.say("Dans les chiffres"))
        _lines(pen, "figures")
    with pen.when("waiting"):
        pen.write("Lecture", "{{ waiting }}")


def _participation(pen: Pen) -> None:
    pen.heading(1, pen.say("Qui a répondu"))
    pen.write("Normal", "{{ participation }}")
    with pen.when("mails"):
        pen.write("Normal", "{{ mails }}")
    pen.write("Étiquette", pen.say("Envois depuis l’ouverture"))
    chart = pen.write("Graphique")
    chart.paragraph_format.space_before = Pt(4)  # the tallest bar bears its count above it
    charts.bars(
        chart,
        ChartKind.COLUMNS,
        "answers-by-day",
        (pen.say("Envois"),),
        ((1, 3),),
        (TEXT_WIDTH, 3.0),
    )
    with pen.when("rows"):
        table = pen.table(
            (pen.say("Point de vue"), pen.say("Ont répondu")),
            ("{{ row.label }}", "#{{ row.answered }}"),
            "row in rows",
            (11.6, 5.0),
        )
        table.rows[0].cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    with pen.when("withheld"):
        pen.write("Petite note", "{{ withheld }}")


def _quality(pen: Pen) -> None:
    pen.heading(1, pen.say("Qualité des données reçues"))
    with pen.each("sentence in quality"):
        pen.write("List Bullet", "{{ sentence }}")
    with pen.when("has_journal"):
        pen.write(
            "Petite note",
            pen.say("Le détail est au journal du classeur des résultats, réservé à l’équipe."),
        )


def _steps(pen: Pen) -> None:
    pen.heading(1, pen.say("Que faire maintenant"))
    _lines(pen, "steps", together=True)


def _lines(pen: Pen, name: str, *, together: bool = False) -> None:
    with pen.each(f"line in {name}"):
        line = pen.write(
            "List Bullet", ("{{ line.lead }}", "Amorce"), pen.say(" : {{ line.text }}")
        )
        if together:
            line.paragraph_format.keep_with_next = True


def _footer(document: Document, pen: Pen) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = False
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Footer"]
    foot.add_run("{{ report.title }} – {{ report.day }}\t" + pen.say("Page") + " ")
    add_field(foot, "PAGE", "1")
    foot.add_run(pen.say(" sur "))
    add_field(foot, "NUMPAGES", "1")


def main() -> None:
    """Write the templates into the folder given, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for profile, name in FILES.items():
        (folder / name).write_bytes(draw(profile))


if __name__ == "__main__":
    main()
