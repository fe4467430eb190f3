"""Paragraphs as the merge sees them: text, look, anchors, charts."""

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from tasks.word.merge.looks import NOTHING, Partial
from tasks.word.merge.names import (
    CHART,
    COMMENT_END,
    COMMENT_REFERENCE,
    COMMENT_START,
    DRAWING,
    P_PR,
    REL_ID,
    child_value,
    first_child,
    w,
)
from tasks.word.merge.reading import Passage
from tasks.word.merge.source import Source

_STYLE = w("pStyle")


def commented(element: etree._Element) -> bool:
    """Tell whether a comment points into an element."""
    return next(element.iter(COMMENT_START, COMMENT_END, COMMENT_REFERENCE), None) is not None


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph, with what the table style around it says of its text."""

    element: etree._Element
    source: Source
    table: Partial = NOTHING
    computed: bool = False  # inside a table of contents: Word writes it, nobody else

    @property
    def kind(self) -> str:
        """A line of a table of contents is no version of the heading that it repeats."""
        return "toc" if self.computed else "p"

    @cached_property
    def passage(self) -> Passage:
        """What a reader sees."""
        return self.source.setting.read(self.element, self.table)

    @property
    def look(self) -> object:
        """What a reader sees, to be compared."""
        return self.passage

    @property
    def shade(self) -> object:
        """The colour behind it: only cells have one."""
        return None

    @property
    def text(self) -> str:
        """The text, white space folded."""
        return self.passage.text

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """Names of the anchors whose bookmark starts or ends here."""
        return self.source.anchors(self.element)

    @cached_property
    def level(self) -> int:
        """Outline level of a heading (1 to 9), 0 for body text."""
        style = child_value(first_child(self.element, P_PR), _STYLE)
        return self.source.setting.styles.level(style)

    @cached_property
    def exact(self) -> str:
        """The XML without ids: equal for two equal renders."""
        return self.source.exact(self.element)

    @cached_property
    def charts(self) -> tuple[etree._Element, ...]:
        """The `w:drawing` elements that show a native chart."""
        found = self.element.iter(DRAWING)
        return tuple(drawing for drawing in found if next(drawing.iter(CHART), None) is not None)

    @property
    def commented(self) -> bool:
        """True when a comment points here."""
        return commented(self.element)


def chart_part(paragraph: Paragraph, drawing: etree._Element) -> str:
    """Return the name of the part that a chart's drawing shows."""
    return paragraph.source.targets.get(next(drawing.iter(CHART)).get(REL_ID, ""), "")
