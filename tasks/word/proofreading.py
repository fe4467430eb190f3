"""The tags of a template read as they were typed, before docxtpl and jinja see them.

docxtpl drops what stands beside a `{%p %}` tag, and jinja notices a lost `endif` far from where it
is missing: read in the paragraphs themselves, a slip is named where the author made it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from config.catalogue import say
from config.errors import TemplateError
from tasks.word.drawings import CHART_TAG, unmarked_charts
from tasks.word.errors import refusal
from tasks.word.styles import w

_HIDDEN = re.compile(r"\{#.*?#\}|\{%\s*raw\s*%\}.*?\{%\s*endraw\s*%\}", re.DOTALL)
_INSIDE = r"""(?>'[^'{}]*'|"[^"{}]*"|'[{}%]+'|"[{}%]+"|(?!\{\{|\{%|\{#)[^\n])*?"""
_TAG = re.compile(rf"\{{\{{{_INSIDE}\}}\}}|\{{%{_INSIDE}%\}}")
_LONE = re.compile(
    r"(?:\{\{|\{%|\{#)[^{}\x00]*\}?|\{?[^{}\x00]*(?:\}\}|%\}|#\})|\{(?=\x00)|(?<=\x00)\}"
)
_STATEMENT = re.compile(r"\{%[-+]?(?:(p|tr|tc|r)(?=\s))?\s*(\w+)(.*?)%\}")
_ALONE = re.compile(r"\{[{%](p|tr|tc) [^{}]*[}%]\}")
_OPENING = frozenset(("if", "for", "filter", "macro", "call", "with", "block", "set"))
_BRANCHES = {"elif": ("if",), "else": ("if", "for")}
_UNITS = {
    "p": "La balise « {tag} » doit occuper seule un paragraphe ({place}, dans « {text} »).",
    "tr": "La balise « {tag} » doit occuper seule une ligne ({place}, dans « {text} »).",
    "tc": "La balise « {tag} » doit occuper seule une cellule ({place}, dans « {text} »).",
}


@dataclass(frozen=True)
class Typed:
    """A paragraph as its author typed it, or a text of the properties (no element)."""

    text: str
    place: str  # in words: « sous le titre « Synthèse » »
    language: str
    near: str = ""  # the last text before it, or its own, without statements
    element: etree._Element | None = None
    is_heading: bool = False

    def refuse(self, sentence: str, remedy: str, **facts: object) -> TemplateError:
        """Return the error to raise for a slip in this paragraph."""
        text = shortened(self.text)
        return refusal(
            sentence,
            remedy,
            self.language,
            place=self.place,
            text=text,
            near=self.near or text,
            **facts,
        )

    def unit(self, prefix: str) -> etree._Element | None:
        """Return what a tag with this prefix replaces: the paragraph, row or cell around it."""
        if self.element is None or prefix in ("", "p", "r"):
            return self.element
        return next(self.element.iterancestors(w(prefix)), None)


@dataclass(frozen=True)
class _Tag:
    at: Typed
    text: str
    prefix: str
    word: str
    leads: bool  # what stands behind it begins with a heading

    def matches(self, end: "_Tag", *, closely: bool) -> bool:
        """Tell whether a tag closes this one; closely: of the same kind and in the same box."""
        if f"end{self.word}" != end.word:
            return False
        return not closely or (self.prefix == end.prefix and self._holder() is end._holder())

    def _holder(self) -> etree._Element | None:
        unit = self.at.unit(self.prefix)
        return None if unit is None else unit.getparent()


def shortened(text: str, limit: int = 120) -> str:
    """Return a text on one line, cut at `limit` characters."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def typed_paragraphs(
    root: etree._Element, place: str, headings: frozenset[str], language: str
) -> tuple[Typed, ...]:
    """Return the paragraphs of a part, each with the heading above it.

    Args:
        root: the part.
        place: the part in words, for what stands above the first heading.
        headings: style ids of headings.
        language: of messages.
    """
    found, near = [], ""
    for paragraph in root.iter(w("p")):
        text = _own_text(paragraph)
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        title = shortened(_STATEMENT.sub("", text))
        near = title or near
        is_heading = style is not None and style.get(w("val")) in headings and bool(title)
        if is_heading:
            place = say("sous le titre « {title} »", language, title=title)
        found.append(Typed(text, place, language, near, paragraph, is_heading))
    return tuple(found)


def _own_text(paragraph: etree._Element) -> str:
    """The text of a paragraph without that of text boxes in it."""
    texts = (
        text.text or ""
        for text in paragraph.iter(w("t"))
        if next(text.iterancestors(w("p")), None) is paragraph
    )
    return "".join(texts)


def unnamed_charts(root: etree._Element, paragraphs: Sequence[Typed]) -> Iterator[TemplateError]:
    """Yield the error of each chart that would show its example figures in every report."""
    unnamed = list(unmarked_charts(root))
    for paragraph in paragraphs:
        if any(paragraph.element is one for one in unnamed):
            yield paragraph.refuse(
                "Un graphique ne dit pas quelles données il montre ({place}).",
                "Écrivez dans son paragraphe la balise {tag}, ou « chart: nom » dans son texte de "
                "remplacement, que LibreOffice efface en enregistrant ; LISEZMOI.md donne les "
                "noms.",
                tag="{{ chart('nom') }}",
            )


def slips(paragraphs: Sequence[Typed]) -> Iterator[TemplateError]:
    """Yield the error of each tag that was typed wrongly or lost its other half.

    Args:
        paragraphs: of a part; the tags of charts that do have a chart are taken out already.
    """
    whole = "\n".join(paragraph.text.replace("\n", " ") for paragraph in paragraphs)
    texts = _HIDDEN.sub(_lines_of, whole).split("\n")[: len(paragraphs)]
    for paragraph, text in zip(paragraphs, texts, strict=True):
        yield from _lone_braces(paragraph, text)
        yield from _beside_text(paragraph, text)
        yield from _without_chart(paragraph, text)
    yield from _unpaired(paragraphs, texts)


def _lines_of(found: re.Match[str]) -> str:
    return "\x00" + "\n" * found.group().count("\n")


def _lone_braces(paragraph: Typed, text: str) -> Iterator[TemplateError]:
    for found in islice(_LONE.finditer(_TAG.sub("\x00", text)), 1):
        yield paragraph.refuse(
            "Il manque ou il reste une accolade à « {tag} » ({place}, dans « {text} »).",
            "Une balise s’écrit {field} ou {statement} : complétez-la, ou effacez ce qui en reste.",
            tag=shortened(found.group(), 60), field="{{ champ }}", statement="{% … %}",
        )  # fmt: skip


def _beside_text(paragraph: Typed, text: str) -> Iterator[TemplateError]:
    for found in islice(_ALONE.finditer(text), 1):
        unit = paragraph.unit(found[1])
        around = "" if unit is None else "".join(part.text or "" for part in unit.iter(w("t")))
        if unit is None or around.replace(found.group(), "", 1).strip():
            yield paragraph.refuse(
                _UNITS[found[1]],
                "Mettez-la à part, ou écrivez {inline} pour une condition à l’intérieur d’une "
                "phrase, du début à la fin.",
                tag=found.group(), inline="{% if … %} … {% endif %}",
            )  # fmt: skip


def _without_chart(paragraph: Typed, text: str) -> Iterator[TemplateError]:
    for found in CHART_TAG.finditer(text):
        yield paragraph.refuse(
            "Il n’y a pas de graphique à côté de la balise « {tag} » ({place}).",
            "Remettez le graphique dans ce paragraphe, en le copiant du modèle d’origine (une "
            "image ne convient pas), ou retirez aussi la balise.",
            tag=found.group(),
        )


def _unpaired(paragraphs: Sequence[Typed], texts: Sequence[str]) -> Iterator[TemplateError]:
    """Blame as few tags as possible.

    Nested conditions all end alike, so which one lost its end cannot be known. One that does not
    begin with a heading seldom reaches beyond the next: this is believed unless it blames more.
    """
    believed = list(_pairing_slips(paragraphs, texts, within_headings=True))
    strict = list(_pairing_slips(paragraphs, texts, within_headings=False))
    yield from (believed if len(believed) <= len(strict) else strict)


def _pairing_slips(
    paragraphs: Sequence[Typed], texts: Sequence[str], *, within_headings: bool
) -> Iterator[TemplateError]:
    opened: list[_Tag] = []
    leading = _leading_to_heading(paragraphs, texts)
    for paragraph, text, leads in zip(paragraphs, texts, leading, strict=True):
        while within_headings and paragraph.is_heading and opened and not opened[-1].leads:
            yield _never_closed(opened.pop())
        for found in _STATEMENT.finditer(text):
            if found[2] != "set" or "=" not in found[3]:
                tag = _Tag(paragraph, found.group(), found[1] or "", found[2], leads)
                yield from _follow(tag, opened)
    yield from map(_never_closed, opened)


def _leading_to_heading(paragraphs: Sequence[Typed], texts: Sequence[str]) -> list[bool]:
    """Tell for each paragraph whether the next one with more than tags is a heading."""
    leading, leads = [], False
    for paragraph, text in zip(reversed(paragraphs), reversed(texts), strict=True):
        leading.append(leads)
        if _STATEMENT.sub("", text).strip():
            leads = paragraph.is_heading
    return leading[::-1]


def _follow(tag: _Tag, opened: list[_Tag]) -> Iterator[TemplateError]:
    """Take a tag into account: `opened` grows or shrinks; yield what it shows to be wrong."""
    if tag.word in _OPENING:
        opened.append(tag)
    elif tag.word in _BRANCHES:
        if not opened or opened[-1].word not in _BRANCHES[tag.word]:
            yield _without_start(tag, " / ".join(_BRANCHES[tag.word]))
    elif tag.word.startswith("end"):
        place = _partner(tag, opened)
        if place is None:
            yield _without_start(tag, tag.word.removeprefix("end"))
            return
        yield from map(_never_closed, opened[place + 1 :])
        del opened[place:]


def _partner(end: _Tag, opened: Sequence[_Tag]) -> int | None:
    """The place of the tag that this one closes: the last of its kind in its box, else the last."""
    for closely in (True, False):
        for place in reversed(range(len(opened))):
            if opened[place].matches(end, closely=closely):
                return place
    return None


def _never_closed(tag: _Tag) -> TemplateError:
    return tag.at.refuse(
        "La balise « {tag} » n’est pas refermée ({place}, près de « {near} »).",
        "Ajoutez {end} là où finit ce passage, ou à la fin d’un passage qu’il contient si c’est là "
        "qu’elle manque ; ou retirez cette balise.",
        tag=tag.text, end=f"{{%{tag.prefix} end{tag.word} %}}",
    )  # fmt: skip


def _without_start(tag: _Tag, start: str) -> TemplateError:
    return tag.at.refuse(
        "La balise « {tag} » n’a pas son début « {start} » ({place}, près de « {near} »).",
        "Retirez-la, ou remettez la balise de début devant le passage ; si le début est bien là, "
        "c’est celui d’un passage plus haut qui manque.",
        tag=tag.text, start=start,
    )  # fmt: skip
