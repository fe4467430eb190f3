"""Complex fields in a part: found by their codes, with the runs of their results."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from tasks.word.styles import w


@dataclass
class Field:
    """A field: its code, the elements that bound it, and the texts of its result."""

    begin: etree._Element
    code: str = ""
    frame: list[etree._Element] = field(default_factory=list)  # what bounds it, and its code
    results: list[etree._Element] = field(default_factory=list)
    in_result: bool = False

    @property
    def end(self) -> etree._Element:
        """The element that ends the field."""
        return self.frame[-1]

    @property
    def words(self) -> list[str]:
        """The code in words: `["SEQ", "Figure"]`."""
        return self.code.split()


def find_fields(root: etree._Element) -> Iterator[Field]:
    """Find the complex and simple fields of a part, inner ones first."""
    for simple in root.iter(w("fldSimple")):
        yield Field(simple, simple.get(w("instr"), ""), [simple], list(simple.iter(w("t"))))
    waiting: list[Field] = []
    for element in root.iter(w("fldChar"), w("instrText"), w("t")):
        if element.tag == w("fldChar"):
            closed = _step(waiting, element)
            if closed is not None:
                yield closed
        elif waiting and element.tag == w("instrText"):
            waiting[-1].code += element.text or ""
            waiting[-1].frame.append(element)
        elif waiting and waiting[-1].in_result:
            waiting[-1].results.append(element)


def _step(waiting: list[Field], mark: etree._Element) -> Field | None:
    """Take one field character; return the field that it closes."""
    kind = mark.get(w("fldCharType"))
    if kind == "begin":
        waiting.append(Field(mark, frame=[mark]))
    elif waiting and kind == "separate":
        waiting[-1].in_result = True
        waiting[-1].frame.append(mark)
    elif waiting and kind == "end":
        closed = waiting.pop()
        closed.frame.append(mark)
        return closed
    return None
