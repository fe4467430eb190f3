"""One render of a compiled template: text, charts, numbering, tables, zip."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from typing import Any

from tasks.word import marks
from tasks.word.anchors import place_anchors
from tasks.word.bookmarks import renumber_bookmarks
from tasks.word.chart_parts import WORKBOOK_TYPE, ChartUse, use_chart
from tasks.word.charts import ChartData
from tasks.word.drawings import place_charts
from tasks.word.errors import refusal
from tasks.word.grids import repair_grids
from tasks.word.package import CONTENT_TYPES, DECLARATION, relationships_name, relationships_xml
from tasks.word.plan import Plan
from tasks.word.program import check_well_formed
from tasks.word.properties import DocumentProperties, core_part, settings_in, styles_in
from tasks.word.sequences import number_sequences
from tasks.word.toc import fill_contents
from tasks.word.zipfiles import KEPT, Member, write_zip

_LOCALIZE = {"styles": styles_in, "settings": settings_in}


class Rendering:
    """The work of one render: numbers given so far and charts used so far."""

    def __init__(self, plan: Plan, charts: Mapping[str, ChartData]) -> None:
        """Start a render of this plan with these charts."""
        self._plan = plan
        self._charts = charts
        self._uses: list[ChartUse] = []
        self._drawing_ids = count(1001)  # headers copied as they are keep small numbers
        self._bookmark_ids = count(1001)

    def write(self, context: Mapping[str, Any], properties: DocumentProperties) -> bytes:
        """Return the .docx."""
        plan = self._plan
        written = {name: self._part(name, context) for name in plan.programs}
        members = [Member.pack(CONTENT_TYPES, self._content_types())]
        main = relationships_name(plan.package.main)
        members += [Member.pack(name, data) for name, data in written.items()]
        members.append(Member.pack(main, self._document_links(main)))
        members += self._properties(context, properties)
        members += plan.unchanged
        members += [member for use in self._uses for member in use.members]
        return write_zip(members)

    def _part(self, name: str, context: Mapping[str, Any]) -> bytes:
        text = self._plan.programs[name].render(context)
        if marks.BLOCK_START in text:
            text = place_charts(text, self._use, self._plan.empty_style)
        if "<w:bookmark" in text:
            text = renumber_bookmarks(text, self._bookmark_ids)
        text = place_anchors(text, self._bookmark_ids)
        if marks.CONTENTS in text:
            plan = self._plan
            text = fill_contents(text, plan.contents, plan.styles, self._bookmark_ids)
        text = _number(number_sequences(text), self._drawing_ids)
        if marks.GRID in text:
            text = repair_grids(text)
        data = (DECLARATION + text).encode()
        check_well_formed(name, data, self._plan.language)
        return data

    def _use(self, index: int, name: str) -> ChartData | str:
        """Add the parts of a chart and return its drawing, or its data when there are none."""
        placed = self._plan.charts[index]
        data = self._charts.get(name)
        if data is None:
            raise self._refuse("Le graphique « {name} » n’existe pas.", name)
        if data.is_empty:
            return data
        number = self._plan.first_chart + len(self._uses)
        try:
            use = use_chart(placed.source, data, number, self._plan.package.main)
        except ValueError as error:
            sentence = "Le graphique « {name} » du modèle n’a pas la forme de ses données."
            raise self._refuse(sentence, name) from error
        self._uses.append(use)
        return placed.drawing.fill(use.link.id, len(self._uses), data.description)

    def _refuse(self, sentence: str, name: str) -> Exception:
        remedy = "Corrigez le texte de remplacement du graphique dans le modèle (« chart : nom »)."
        return refusal(sentence, remedy, self._plan.language, name=name)

    def _content_types(self) -> bytes:
        overrides = "".join(
            f'<Override PartName="/{part}" ContentType="{content_type}"/>'
            for use in self._uses
            for part, content_type in use.overrides
        )
        base = self._plan.package.parts[CONTENT_TYPES].decode()
        workbooks = f'<Default Extension="xlsx" ContentType="{WORKBOOK_TYPE}"/>'
        first = "" if 'Extension="xlsx"' in base or not self._uses else workbooks
        return _append(base, "Types", first + overrides)

    def _document_links(self, name: str) -> bytes:
        folder = self._plan.package.main.rsplit("/", 1)[0]
        links = "".join(
            f'<Relationship Id="{use.link.id}" Type="{use.link.type}" '
            f'Target="{use.link.target.removeprefix(folder + "/")}"/>'
            for use in self._uses
        )
        none = relationships_xml(name, ())
        return _append(self._plan.package.parts.get(name, none).decode(), "Relationships", links)

    def _properties(
        self, context: Mapping[str, Any], properties: DocumentProperties
    ) -> list[Member]:
        plan, parts = self._plan, self._plan.package.parts
        members = [
            _localized(kind, name, parts[name], properties.language)
            for kind, name in plan.localized.items()
        ]
        if plan.core is not None:
            texts = {tag: text.render(context) for tag, text in plan.core_texts.items()}
            core = core_part(parts[plan.core], texts, properties)
            members.append(Member.pack(plan.core, core))
        return members


@lru_cache(maxsize=64)
def _localized(kind: str, name: str, data: bytes, language: str) -> Member:
    return Member.pack(name, _LOCALIZE[kind](language, data), KEPT)


def _append(xml: str, root: str, children: str) -> bytes:
    if xml.rstrip().endswith("/>"):
        xml = xml.rstrip().removesuffix("/>") + f"></{root}>"
    return xml.replace(f"</{root}>", f"{children}</{root}>").encode()


def _number(text: str, numbers: "count[int]") -> str:
    """Give each drawing the next id of the document."""
    first, *rest = text.split(marks.DRAWING_ID)
    return first + "".join(f"{next(numbers)}{piece}" for piece in rest)
