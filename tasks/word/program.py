"""A part of a template compiled to a jinja program that writes XML text.

docxtpl turns its tags into jinja (`{%p %}`, `{%tr %}`, `{%tc %}`, `{{r }}`, `{% cellbg %}`…);
this module does so once, keeps the program, and knows which line stands under which heading.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from jinja2 import Template, TemplateSyntaxError, UndefinedError, meta
from jinja2.exceptions import SecurityError

from config.catalogue import say
from config.errors import TemplateError
from tasks.word import marks
from tasks.word.anchors import weave_anchors
from tasks.word.docxtpl_tags import to_jinja
from tasks.word.environment import TEXT, XML, TemplateEnvironment, refused_expression
from tasks.word.errors import refusal
from tasks.word.paths import used_paths

_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
_NUMBERED = re.compile(f"{marks.CHART}\\d+{marks.CHART_NAME}|{marks.CONTENTS}\\d+{marks.CONTENTS}")
_CHART_NUMBER = re.compile(f"{marks.CHART}(\\d+){marks.CHART_NAME}")
_LITERALS = {"{_{": "{{ '{{' }}", "}_}": "{{ '}}' }}", "{_%": "{{ '{%' }}", "%_}": "{{ '%}' }}"}
_LITERAL = re.compile("|".join(map(re.escape, _LITERALS)))
_CELL_ORDER = {
    name: rank
    for rank, name in enumerate(
        (
            *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap"),
            *("tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
        )
    )
}
_CELL = re.compile(r"(<w:tcPr[^>]*>)(.*?)(</w:tcPr>)", re.DOTALL)
_CHILD = re.compile(r"<w:(\w+)(?:\s[^>]*)?(?:/>|>.*?</w:\1>)", re.DOTALL)
_TABLE = re.compile(r"<w:tbl>(?:(?!</?w:tbl>).)*", re.DOTALL)
# docxtpl leaves column tags between cells, and computed widths in `w:gridSpan`.
_COLUMN_TAG = re.compile(r'(?:</w:tc>|</w:trPr>|<w:tr(?: [^>]*)?>)\{|<w:gridSpan w:val="\{')
_BREAKS = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*[\n\t][^<]*)(?=</w:t>)")

IN_PROPERTIES = "dans les propriétés du document"


@dataclass(frozen=True)
class Source:
    """The text of a part as jinja reads it, and how to speak of a place in it."""

    lines: tuple[str, ...]  # one per paragraph
    place: str  # the part in words: « dans l'en-tête »
    headings: frozenset[str]  # style ids of headings
    language: str

    def where(self, line: int) -> dict[str, str]:
        """Return the nearest heading above a line and the line's text, as facts of a message."""
        return {"place": self.heading(line), "text": visible_text(self.lines[line - 1])}

    def heading(self, line: int) -> str:
        """Return the nearest heading above a line in words, else the part."""
        title = self.title(line)
        return say("sous le titre « {title} »", self.language, title=title) if title else self.place

    def title(self, line: int) -> str:
        """Return the nearest heading above a line without its statements; empty: there is none."""
        for text in reversed(self.lines[:line]):
            style = re.search(r'<w:pStyle w:val="([^"]*)"', text)
            title = visible_text(_STATEMENT.sub("", text))
            if style and style[1] in self.headings and title:
                return title
        return ""

    def refuse(self, sentence: str, line: int, **facts: object) -> TemplateError:
        """Return the error to raise for a tag on this line."""
        remedy = "Corrigez cette balise dans le modèle, ou retirez-la."
        return refusal(sentence, remedy, self.language, **self.where(line), **facts)


@dataclass(frozen=True)
class Program:
    """A compiled part: `render` gives its XML; the marks are still in it."""

    source: Source
    template: Template
    fields: frozenset[str]
    paths: Mapping[str, int]  # what it reads (see `tasks.word.paths`) → first line

    def charts(self) -> Iterator[tuple[int, int]]:
        """Yield the number of each chart in the part, and its line."""
        for line, text in enumerate(self.source.lines, 1):
            for found in _CHART_NUMBER.finditer(text):
                yield int(found[1]), line

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the part with its fields filled.

        Raises:
            TemplateError: a field that does not exist, or anything that jinja refuses; names
                the field and the nearest heading.
        """
        template = self.template
        try:
            text = "".join(template.root_render_func(template.new_context(dict(context))))
        except Exception as error:
            raise self._explain(error) from error
        text = text.replace("\n<w:p ", "<w:p ").replace("\n<w:p>", "<w:p>")
        return _BREAKS.sub(_break_lines, text) if "\n" in text or "\t" in text else text

    def _explain(self, error: Exception) -> TemplateError:
        line = _line_of(error, self.template)
        if isinstance(error, UndefinedError):
            field = _undefined_field(error, self.source.lines[line - 1])
            sentence = "Le champ « {field} » n’existe pas ({place}, dans « {text} »)."
            return self.source.refuse(sentence, line, field=field)
        if isinstance(error, SecurityError):
            sentence = "Le modèle demande une chose interdite ({place}, dans « {text} »)."
            return self.source.refuse(sentence, line)
        sentence = "Une balise ne peut pas être remplie ({place}, dans « {text} »)."
        return self.source.refuse(sentence, line)


def visible_text(xml: str, limit: int = 120) -> str:
    """Return what a reader sees of a piece of XML, cut at `limit` characters."""
    tags: list[str] = []

    def keep(found: re.Match[str]) -> str:
        tags.append(found.group())
        return f"\x00{len(tags) - 1}\x00"

    text = re.sub(r"<[^>]*>|[\x01-\x08\x0e-\x1f]", "", _TAG.sub(keep, _NUMBERED.sub("", xml)))
    text = re.sub(r"\x00(\d+)\x00", lambda found: tags[int(found[1])], text)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _line_of(error: BaseException, template: Template) -> int:
    """Return the line of a template's source at which an error was raised."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__jinja_template__") is template:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _undefined_field(error: UndefinedError, line: str) -> str:
    found = re.search(r"'([^']*)'(?: is undefined)?$", error.message or "")
    name = found[1] if found else "?"
    dotted = re.search(rf"[\w.]*\b{re.escape(name)}\b", " ".join(_TAG.findall(line)))
    return dotted[0] if dotted else name


def _break_lines(found: re.Match[str]) -> str:
    opening = '<w:t xml:space="preserve">'
    text = found[2].replace("\n", f"</w:t><w:br/>{opening}")
    return found[1] + text.replace("\t", f"</w:t><w:tab/>{opening}")


def compile_text(xml: str, place: str, headings: frozenset[str], language: str) -> Program:
    """Compile the text of a part of a template.

    Args:
        xml: the part, its charts already replaced by marks.
        place: the part in words, for messages.
        headings: style ids of headings.
        language: of messages.

    Raises:
        TemplateError: a tag that jinja cannot read, or that asks for what is not allowed.
    """
    text = _repair_cells(to_jinja(xml))
    text = _LITERAL.sub(lambda found: _LITERALS[found.group()], _mark_grids(text))
    text = re.sub(r"<w:p([ >])", r"\n<w:p\1", text)
    source = Source(tuple(text.split("\n")), place, headings, language)
    return _program(text, source, XML, weave_anchors)


def compile_property(text: str, language: str) -> Program:
    """Compile a text of the document's properties; its values are not escaped.

    Raises:
        TemplateError: see `compile_text`.
    """
    lines = tuple(text.split("\n"))
    source = Source(lines, say(IN_PROPERTIES, language), frozenset(), language)
    return _program(text, source, TEXT, lambda text, _: text)


def _program(
    text: str,
    source: Source,
    environment: TemplateEnvironment,
    prepare: Callable[[str, TemplateEnvironment], str],
) -> Program:
    try:
        text = prepare(text, environment)
        tree = environment.parse(text)
        refused = refused_expression(tree)
        template = environment.from_string(text)
    except TemplateSyntaxError as error:
        raise source.refuse(
            "Une balise ne se comprend pas ({place}, dans « {text} »).", error.lineno
        ) from error
    if refused is not None:
        sentence = "Le modèle demande « {name} », ce qui est interdit ({place}, dans « {text} »)."
        raise source.refuse(sentence, refused[0], name=refused[1])
    fields = frozenset(meta.find_undeclared_variables(tree)) - environment.globals.keys()
    return Program(source, template, fields, used_paths(tree))


def _repair_cells(source: str) -> str:
    """Put cell properties that docxtpl adds (`cellbg`, `colspan`, `vm`) in the schema's order."""
    tags: list[str] = []

    def hide(found: re.Match[str]) -> str:
        tags.append(found.group())
        return f"\x00{len(tags) - 1}\x00"

    def order(found: re.Match[str]) -> str:
        children = list(_CHILD.finditer(found[2]))
        if "".join(child.group() for child in children) != found[2]:
            return found.group()  # something else between: a tracked change, leave it
        ranked = sorted(children, key=lambda child: _CELL_ORDER.get(child[1], len(_CELL_ORDER)))
        return found[1] + "".join(child.group() for child in ranked) + found[3]

    ordered = _CELL.sub(order, _TAG.sub(hide, source))
    return re.sub("\x00(\\d+)\x00", lambda found: tags[int(found[1])], ordered)


def _mark_grids(source: str) -> str:
    """Mark the tables of which a tag may change the number of columns."""

    def mark(found: re.Match[str]) -> str:
        table = found.group()
        if _COLUMN_TAG.search(table) is None:
            return table
        return f"<w:tbl>{marks.GRID}{table[len('<w:tbl>') :]}"

    return _TABLE.sub(mark, source)


def check_well_formed(name: str, xml: bytes, language: str) -> None:
    """Parse a part that was written, and keep nothing.

    Raises:
        TemplateError: the part is not well-formed; Word would not open the file.
    """
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as error:
        raise refusal(
            "Le modèle donne un document que Word n’ouvrirait pas (partie « {part} »).",
            "Vérifiez que chaque balise ouverte est fermée dans le même paragraphe, "
            "la même ligne ou la même cellule.",
            language,
            part=name,
        ) from error
