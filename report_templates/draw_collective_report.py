"""Draw the first template of the collective report; staff restyle the .docx afterwards.

    python -m report_templates.draw_collective_report [FOLDER]

writes the templates of `FILES`: French, Swiss French, English. Running it again replaces what
staff changed: it is for whoever starts over, never part of a refresh.
"""

import sys
from io import BytesIO
from pathlib import Path

from report_templates.drawing.annexes import draw_annexes
from report_templates.drawing.dimensions import draw_dimensions
from report_templates.drawing.front import draw_front
from report_templates.drawing.overview import draw_overview
from report_templates.drawing.page import Pen
from report_templates.drawing.sheet import blank, empty_first_page, header_and_footer
from tasks.word.anchors import stamp_template
from tasks.word.typography import Profile

FILES: dict[Profile, str] = {
    "fr-FR": "collective_report.docx",
    "fr-CH": "collective_report_fr_ch.docx",
    "en": "collective_report_en.docx",
}


def draw(profile: Profile) -> bytes:
    """Return the template in a language and its typography, as the bytes of a .docx."""
    document = blank(profile)
    pen = Pen(document, profile)
    draw_front(pen)
    draw_overview(pen)
    draw_dimensions(pen)
    draw_annexes(pen)
    header_and_footer(document, pen, "{{ report.title }}", "{{ report.wave }} – {{ report.until }}")
    empty_first_page(document)
    buffer = BytesIO()
    document.save(buffer)
    return stamp_template(buffer.getvalue())


def main() -> None:
    """Write the templates into the folder given, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for profile, name in FILES.items():
        (folder / name).write_bytes(draw(profile))


if __name__ == "__main__":
    main()
