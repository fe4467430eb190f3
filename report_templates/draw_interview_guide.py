"""Draw the first template of the interview guide; staff restyle the .docx afterwards.

    python -m report_templates.draw_interview_guide [FOLDER]

writes the templates of `FILES`: French, Swiss French, English. The fields of the notes are the
tags `…fields…` and `topics…`: one alone in its cell, its label in the cell before.
"""

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table

from report_templates.drawing.page import Pen, finish
from report_templates.drawing.sheet import blank, header_and_footer
from tasks.word.anchors import stamp_template
from tasks.word.typography import Profile

FILES: dict[Profile, str] = {
    "fr-FR": "interview_guide.docx",
    "fr-CH": "interview_guide_fr_ch.docx",
    "en": "interview_guide_en.docx",
}
WIDTH = 17.8  # centimetres between the margins
LABEL = 2.3
LINE = "B7C3CA"  # of the frames to write in
FIELDS = (LABEL, WIDTH / 2 - LABEL, LABEL, WIDTH / 2 - LABEL)
"""Widths of a row of notes: label, field, label, field."""


def draw(profile: Profile) -> bytes:
    """Return the template in a language and its typography, as the bytes of a .docx."""
    document = blank(profile)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm((21 - WIDTH) / 2)
    section.top_margin, section.bottom_margin = Cm(1.7), Cm(1.6)
    pen = Pen(document, profile)
    _front(pen)
    _dimensions(pen)
    _topics(pen)
    header_and_footer(document, pen, "{{ guide.title }}", "{{ guide.wave }} – {{ guide.until }}")
    buffer = BytesIO()
    document.save(buffer)
    return stamp_template(buffer.getvalue())


def _front(pen: Pen) -> None:
    pen.heading(1, pen.say("Guide d’entretien"))
    pen.write("Chapeau", "{{ guide.title }}", pen.say(" – "), "{{ guide.wave }}")
    _notes(
        pen,
        [
            (("Personne", "{{ guide.name }}"), ("Référence", "{{ guide.reference }}")),
            (("Entretien fait", "{{ guide.done }}"), None),
        ],
        0.7,
    )
    pen.heading(3, pen.say("À lire au début de l’entretien"))
    for sentence in _READ_OUT:
        pen.write("Lecture", pen.say(sentence))
    pen.heading(3, pen.say("Pour mener l’entretien"))
    for sentence in _ADVICE:
        pen.write("List Bullet", pen.say(sentence))
    with pen.when("guide.withheld"):
        pen.write("Petite note", "{{ guide.withheld }}")


_READ_OUT = (
    "Cet entretien prolonge le questionnaire auquel vous avez répondu. J’ai sous les yeux vos "
    "réponses et les résultats collectifs, tels que tout le monde pourra les lire. Vous pouvez "
    "confirmer ce que vous avez répondu, le nuancer ou le réviser : il n’y a pas de bonne réponse.",
    "Ce que vous dites reste dans l’équipe du programme. Votre nom figure sur ce guide et "
    "dans la liste des participants ; partout ailleurs vous portez un pseudonyme. Aucun résultat "
    "d’un groupe de moins de {{ guide.min_group }} personnes n’est montré.",
    "Je ne citerai vos mots qu’avec votre accord, donné citation par citation : avec votre nom, "
    "sans votre nom, ou pas du tout. Sans réponse de votre part, c’est non. Vous pouvez revenir "
    "sur un accord, arrêter l’entretien ou demander l’effacement de ce qui vous concerne à tout "
    "moment.",
)
_ADVICE = (
    "Les sujets viennent dans cet ordre : d’abord ceux où la personne et le groupe ne décrivent "
    "pas la même situation, puis ceux où le groupe est partagé. Commencez par là ; le reste selon "
    "le temps.",
    "Cochez en remplaçant ☐ par ☒ ou en tapant « x » devant le mot. Écrivez dans les cases ; elles "
    "s’agrandissent. Pour une seconde citation sur un sujet, copiez la ligne.",
    "Ce guide porte le nom d’une personne : ne le partagez pas, et détruisez les copies sur papier "
    "quand les notes sont reprises.",
)


def _dimensions(pen: Pen) -> None:
    pen.heading(2, pen.say("Les résultats, sujet par sujet"))
    with pen.each("d in dimensions"):
        pen.heading(3, "{{ d.title }}")
        pen.write(
            "Petit texte",
            (pen.say("Réponse donnée : "), "Amorce"),
            "{{ d.own }}. ",
            "{% if d.means %}",
            (pen.say("Moyens et ambitions : "), "Amorce"),
            "{{ d.means }}. {% endif %}",
            (pen.say("Le groupe : "), "Amorce"),
            "{{ d.group }} ",
            ("{{ d.cue }}", "Amorce"),
        ).paragraph_format.keep_with_next = True
        _strip(pen)
        with pen.when("d.comment"):
            wrote = pen.write("Petite note", pen.say("A écrit : « {{ d.comment }} »"))
            wrote.paragraph_format.keep_with_next = True
            wrote.paragraph_format.space_before = Pt(4)
        prompts = pen.write(
            "Petit texte",
            "{% for p in d.prompts %}{{ p }}{% if not loop.last %}" + pen.say(" – ") + "{% endif %}"
            "{% endfor %}",
        )
        prompts.paragraph_format.keep_with_next = True
        prompts.paragraph_format.space_before = Pt(4)
        _notes(
            pen,
            [
                (
                    ("Position", "{{ d.fields.change }}"),
                    ("Position révisée", "{{ d.fields.level }}"),
                ),
                (("Ce qui a été dit", "{{ d.fields.said }}"), None),
                (("Exemple", "{{ d.fields.example }}"), ("Frein", "{{ d.fields.brake }}")),
                (("Levier", "{{ d.fields.lever }}"), ("Besoin", "{{ d.fields.need }}")),
                (("Citation", "{{ d.fields.quote }}"), ("Accord", "{{ d.fields.consent }}")),
            ],
            0.65,
            together=True,
        )


def _strip(pen: Pen) -> None:
    """The levels side by side, with one mark a person; the person's own level is coloured."""
    table = pen.document.add_table(rows=2, cols=4)
    table.style = pen.document.styles["Tableau de l’étude"]
    texts = (("{{ guide.level_word }}", "{{ l.own }}{{ l.label }}"),
             (pen.say("Personnes"), "{{ l.people }}"))  # fmt: skip
    for row, (label, text) in zip(table.rows, texts, strict=True):
        row.cells[0].paragraphs[0].add_run(label)
        row.cells[0].paragraphs[0].style = pen.document.styles["Petite note"]
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        first, middle, last = (cell.paragraphs[0] for cell in row.cells[1:])
        first.add_run("{%tc for l in d.levels %}")
        middle.add_run("{% cellbg l.fill %}" + text)
        last.add_run("{%tc endfor %}")
        for paragraph in (first, middle, last):
            paragraph.style = pen.document.styles["Cellule d’annexe chiffre"]
            paragraph.paragraph_format.keep_with_next = True
    _plain_first_row(table)
    finish(table, (LABEL, 3.1, 3.1, 3.1))
    _whole_rows(table)


def _plain_first_row(table: Table) -> None:
    """Take the table style's dark header row away."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "0")
        look.set(qn("w:val"), "0000")


Labelled = tuple[str, str]


def _notes(
    pen: Pen,
    rows: list[tuple[Labelled, Labelled | None]],
    height: float,
    *,
    loop: str = "",
    together: bool = False,
) -> None:
    """Rows of labels and fields; a row without a second field is one wide field.

    Together: on one page, with what stands above.
    """
    table = pen.document.add_table(rows=0, cols=4)
    table.style = pen.document.styles["Tableau de l’étude"]
    if loop:
        _tag_row(pen, table, f"{{%tr for {loop} %}}")
    for first, second in rows:
        row = table.add_row()
        row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        cells = row.cells
        _labelled(pen, cells[0], cells[1], first)
        if second is None:
            cells[1].merge(cells[3])
        else:
            _labelled(pen, cells[2], cells[3], second)
    if loop:
        _tag_row(pen, table, "{%tr endfor %}")
    _plain_first_row(table)
    finish(table, FIELDS)
    _whole_rows(table)
    for row in table.rows[:-1] if together else ():
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _tag_row(pen: Pen, table: Table, tag: str) -> None:
    cells = table.add_row().cells
    for cell in cells:
        cell.paragraphs[0].style = pen.document.styles["Cellule"]
    cells[0].paragraphs[0].add_run(tag)


def _labelled(pen: Pen, label: Any, field: Any, texts: Labelled) -> None:  # noqa: ANN401 - cells
    words, tag = texts
    label.paragraphs[0].style = pen.document.styles["Petite note"]
    label.paragraphs[0].add_run(words if words.startswith("{") else pen.say(words))
    field.paragraphs[0].style = pen.document.styles["Cellule"]
    field.paragraphs[0].add_run(tag)
    _framed(label, ("top", "bottom"))
    _framed(field, ("top", "left", "bottom", "right"))


def _framed(cell: Any, sides: Sequence[str]) -> None:  # noqa: ANN401 - cells
    """Thin lines, so that the room to write in is seen on paper."""
    borders = OxmlElement("w:tcBorders")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)


def _whole_rows(table: Table) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _topics(pen: Pen) -> None:
    pen.heading(2, pen.say("Quatre questions d’ensemble"), new_page=True)
    wide = [
        ("1. Les résultats", "Qu’est-ce qui surprend, rassure ou manque dans les résultats "
         "collectifs ?", ("Les résultats", "{{ topics.results }}")),
        ("2. La cohérence", "Les moyens et les choix vont-ils avec les ambitions affichées ?",
         ("La cohérence", "{{ topics.coherence }}")),
    ]  # fmt: skip
    for title, question, field in wide:
        pen.heading(3, pen.say(title))
        pen.write("Petit texte", pen.say(question))
        _notes(pen, [(field, None)], 2.0)
    pen.heading(3, pen.say("3. Les sujets que personne ne prend en compte"))
    pen.write("Petit texte", pen.say("De quoi personne ne s’occupe-t-il, et qui compte pourtant ?"))
    _notes(
        pen,
        [(("Sujet", "{{ s.label }}"), ("Pourquoi, comment", "{{ s.text }}"))],
        0.9,
        loop="s in topics.subjects",
    )
    pen.heading(3, pen.say("4. La notion de maturité et ses étapes"))
    pen.write(
        "Petit texte",
        pen.say("Ces mots parlent-ils ? Conviennent-ils à la situation de la collectivité ?"),
    )
    _notes(pen, [(("{{ a.label }}", "{{ a.field }}"), None)], 0.9, loop="a in topics.abouts")
    pen.heading(3, pen.say("D’autres citations"))
    _notes(
        pen,
        [(("Citation", "{{ q.text }}"), ("Accord", "{{ q.consent }}"))],
        0.9,
        loop="q in topics.quotes",
    )
    pen.write(
        "Petite note", pen.say("Merci. Relisez les accords avec la personne avant de partir.")
    )


def main() -> None:
    """Write the templates into the folder given, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for profile, name in FILES.items():
        (folder / name).write_bytes(draw(profile))


if __name__ == "__main__":
    main()
