"""What the fields, charts and styles of a template are called in LISEZMOI.md, for staff."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.catalogue import say
from flows.setup import PRODUCT_TEMPLATES

GUIDE = "LISEZMOI.md"
_CHAPTERS = {"collective_report": 1, "interview_guide": 2, "weekly_note": 3}  # order in LISEZMOI
_LOOPS = {
    "collective_report": {"axis": "axes", "d": "axes.dimensions", "o": "others"},
    "interview_guide": {"d": "dimensions"},
}
_STYLES = {
    "Title": "Titre",
    "Subtitle": "Sous-titre",
    "Heading 1": "Titre 1",
    "Heading 2": "Titre 2",
    "Heading 3": "Titre 3",
    "TOC Heading": "En-tête de table des matières",
    "toc 1": "TM 1",
    "toc 2": "TM 2",
    "Caption": "Légende",
    "List Bullet": "Liste à puces",
    "Quote": "Citation",
    "Header": "En-tête",
    "Footer": "Pied de page",
}


@dataclass(frozen=True)
class TemplateWords:
    """Descriptions by path, by chart and by style; empty in a language that has no LISEZMOI."""

    fields: Mapping[str, str]  # paths without `[]`
    charts: Mapping[str, str]  # names up to the first tag: `stages-`
    styles: Mapping[str, str]
    language: str

    @classmethod
    def read(cls, kind: str, language: str) -> "TemplateWords":
        """Read the tables of LISEZMOI.md for a kind of template."""
        if language != "fr":
            return cls({}, {}, {}, language)
        chapters = re.split(r"^# ", (PRODUCT_TEMPLATES / GUIDE).read_text("utf-8"), flags=re.M)
        fields = {
            name: text
            for cell, text in _rows(chapters[_CHAPTERS[kind]], "champ")
            for name in _paths(cell, _LOOPS.get(kind, {}))
        }
        charts = {_chart(cell): text for cell, text in _rows(chapters[1], "texte de remplacement")}
        styles = {
            name.strip(" …"): text
            for cell, text in _rows(chapters[1], "style")
            for name in cell.split(",")
        }
        return cls(fields, charts, styles, language)

    def field(self, path: str) -> str:
        """Return what a value is, or the nearest thing that holds it; else its path."""
        plain = path.replace("[]", "")
        known = plain
        while known and known not in self.fields:
            known = known.rpartition(".")[0]
        return self.fields.get(known, plain)

    def chart(self, name: str) -> str:
        """Return what a chart shows, else its name."""
        return self.charts.get(_chart(name), name)

    def style(self, name: str) -> str:
        """Return a style's name as Word shows it in the reader's language."""
        return say(_STYLES[name], self.language) if name in _STYLES else name

    def style_use(self, name: str) -> str:
        """Return what a style is for; empty: one of the author's own."""
        shown = self.style(name)
        known = [start for start in self.styles if shown.startswith(start)]
        return self.styles[max(known, key=len)] if known else ""


def _rows(chapter: str, first: str) -> Iterator[tuple[str, str]]:
    """Yield the first two cells of the rows of the table whose first column has this title."""
    _, _, table = chapter.partition(f"| {first} |")
    for row in table.partition("\n\n")[0].splitlines()[2:]:
        cell, text = row.strip("|").replace("\\|", "/").split("|")[:2]
        yield cell.strip(), re.sub(r" \(`.*?\)|`", "", text).strip()


def _paths(cell: str, loops: Mapping[str, str]) -> Iterator[str]:
    """Yield the paths that a cell names; `.name` goes on from the first of them."""
    first = ""
    for name in re.findall(r"`([^`]+)`", re.sub(r"\(.*?\)", "", cell)):
        name = name.removesuffix(".*")
        if name.startswith("."):
            name = first.rpartition(".")[0] + name
        head, dot, rest = name.partition(".")
        first = loops.get(head, head) + dot + rest
        yield first


def _chart(name: str) -> str:
    """The fixed start of a chart's name: `{{ 'stages-' ~ d.code }}` → `stages-`."""
    plain = name.strip("`").removeprefix("chart:").strip()
    found = re.search(r"'([^']*)'", plain)
    return found[1] if found else plain
