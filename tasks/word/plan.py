"""A whole template compiled: what changes at each render, and what is copied as it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree

from config.catalogue import say
from config.errors import TemplateError
from tasks.word import marks
from tasks.word.anchors import mark_anchors
from tasks.word.chart_parts import ChartSource
from tasks.word.drawings import Drawing, Marker, cut_drawings, find_markers
from tasks.word.errors import refusal
from tasks.word.opening import open_package
from tasks.word.package import CONTENT_TYPES, Package, parse, relationships_name
from tasks.word.program import IN_PROPERTIES, Program, compile_property, compile_text
from tasks.word.proofreading import Typed, slips, typed_paragraphs, unnamed_charts
from tasks.word.properties import property_texts
from tasks.word.sequences import cut_sequences, mark_sequences
from tasks.word.styles import Styles
from tasks.word.toc import Contents, cut_contents, mark_contents
from tasks.word.zipfiles import KEPT, Member

EMPTY_STYLE = "Graphique sans données"
_BODY = "dans le corps du document"
_PLACES = {
    "header": "dans un en-tête",
    "footer": "dans un pied de page",
    "footnotes": "dans une note de bas de page",
    "endnotes": "dans une note de fin",
}
# Word's own ids of paragraphs must be unique, which they are no longer once a loop has turned.
_PARAGRAPH_ID = re.compile(r' w14:(?:paraId|textId)="[0-9A-Fa-f]*"')
_DRAWING_ID = re.compile(r'(<wp:docPr\b[^>]*?\bid=")\d+(")')


@dataclass(frozen=True)
class PlacedChart:
    """A chart of the template: its drawing, its source, its name as typed."""

    drawing: Drawing
    source: ChartSource
    name: str


@dataclass(frozen=True)
class Plan:
    """A compiled template; its package no longer holds the prototypes of charts."""

    package: Package
    styles: Styles
    programs: Mapping[str, Program]
    charts: tuple[PlacedChart, ...]
    contents: tuple[Contents, ...]
    core_texts: Mapping[str, Program]
    language: str

    @cached_property
    def localized(self) -> Mapping[str, str]:
        """Names of the parts that hold the document's language, by kind."""
        main = self.package.main
        found = {kind: self.package.linked(main, kind) for kind in ("styles", "settings")}
        return {kind: name for kind, name in found.items() if name is not None}

    @cached_property
    def core(self) -> str | None:
        """Name of the part with the core properties."""
        return self.package.linked("", "core-properties")

    @cached_property
    def unchanged(self) -> tuple[Member, ...]:
        """The parts that every render copies, packed."""
        main = self.package.main
        written = {CONTENT_TYPES, relationships_name(main), self.core}
        written |= {*self.programs, *self.localized.values()}
        parts = self.package.parts.items()
        return tuple(Member.pack(name, data, KEPT) for name, data in parts if name not in written)

    @cached_property
    def first_chart(self) -> int:
        """Number of the first chart, such that no part that stays bears it."""
        numbers = re.findall(r"chart(\d+)\.\w+\b", " ".join(self.package.parts))
        return 1 + max(map(int, numbers), default=0)

    @property
    def empty_style(self) -> str | None:
        """Id of the paragraph style for the sentence in place of a chart without data."""
        return self.styles.id_of(EMPTY_STYLE)


@lru_cache(maxsize=16)
def compile_plan(data: bytes, language: str) -> Plan:
    """Compile the content of a .docx; see `WordTemplate.open`."""
    package = open_package(data, language)
    main = package.main
    styles = _styles(package)
    root = parse(package.parts[main])
    contents = mark_contents(root)
    mark_anchors(root)
    mark_sequences(root)
    markers = find_markers(root)
    for slip in _slips(package, root, styles, language):
        raise slip
    text, drawings = cut_drawings(etree.tostring(root, encoding="unicode"), markers)
    text = cut_contents(cut_sequences(text))
    charts = tuple(
        PlacedChart(drawing, _source(package, marker, language), marker.name)
        for drawing, marker in zip(drawings, markers, strict=True)
    )
    rest = package.without_links(main, (marker.link for marker in markers))
    programs = {main: _compile(text, say(_BODY, language), styles, language)}
    programs.update(_side_programs(rest, styles, language))
    return Plan(rest, styles, programs, charts, contents, _core_texts(rest, language), language)


def _compile(text: str, place: str, styles: Styles, language: str) -> Program:
    numbered = _DRAWING_ID.sub(rf"\g<1>{marks.DRAWING_ID}\2", _PARAGRAPH_ID.sub("", text))
    return compile_text(numbered, place, styles.headings, language)


def _side_programs(package: Package, styles: Styles, language: str) -> dict[str, Program]:
    """Compile headers, footers and notes that hold tags."""
    programs = {}
    for name, place in _sides(package, language):
        xml = etree.tostring(parse(package.parts[name]), encoding="unicode")
        programs[name] = _compile(xml, place, styles, language)
    return programs


def _sides(package: Package, language: str) -> Iterator[tuple[str, str]]:
    """Yield the headers, footers and notes that hold braces: part, and how to speak of it."""
    for link in package.links(package.main):
        if link.kind in _PLACES and b"{" in package.parts.get(link.target, b""):
            yield link.target, say(_PLACES[link.kind], language)


def _styles(package: Package) -> Styles:
    name = package.linked(package.main, "styles")
    return Styles.read(package.parts[name] if name else None)


def find_slips(data: bytes, language: str) -> tuple[TemplateError, ...]:
    """Return every slip in the typing of a template; `compile_plan` stops at the first.

    Raises:
        TemplateError: the file is no harmless Word document.
    """
    package = open_package(data, language)
    root = parse(package.parts[package.main])
    find_markers(root)
    return tuple(_slips(package, root, _styles(package), language))


def _slips(
    package: Package, root: etree._Element, styles: Styles, language: str
) -> Iterator[TemplateError]:
    """Slips of the body (its named charts are marked), of headers, notes and properties."""
    body = typed_paragraphs(root, say(_BODY, language), styles.headings, language)
    yield from unnamed_charts(root, body)
    yield from slips(body)
    for name, place in _sides(package, language):
        side = parse(package.parts[name])
        yield from slips(typed_paragraphs(side, place, styles.headings, language))
    for text in _core(package).values():
        yield from slips((Typed(text, say(IN_PROPERTIES, language), language),))


def _source(package: Package, marker: Marker, language: str) -> ChartSource:
    links = {link.id: link.target for link in package.links(package.main)}
    try:
        return ChartSource.read(package, links[marker.link])
    except (KeyError, ValueError, AttributeError) as error:
        raise refusal(
            "Le graphique « {name} » du modèle ne contient aucune série, ou sa partie manque.",
            "Insérez de nouveau ce graphique dans Word, avec au moins une série d’exemple.",
            language,
            name=marker.name,
        ) from error


def _core(package: Package) -> dict[str, str]:
    name = package.linked("", "core-properties")
    return {} if name is None else property_texts(package.parts[name])


def _core_texts(package: Package, language: str) -> dict[str, Program]:
    texts = _core(package).items()
    return {tag: compile_property(text, language) for tag, text in texts if "{" in text}
