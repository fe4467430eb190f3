"""Which generated passage a piece of the file is, and pieces picked at random."""

import re

from lxml import etree

from tests.word.merge.lives.life import Life
from tests.word.merge.specimens import anchor
from tests.word.merge.staff import Docx, text_of, w

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"


def _keys(life: Life) -> dict[str, str]:
    """Return the key of each anchor of this or an earlier generation."""
    return {anchor(key): key for key in _all_keys(life)}


def _all_keys(life: Life) -> set[str]:
    keys = set(life.touched | life.deleted)
    for section in life.report.sections:
        keys |= {section.key, f"{section.key}/head", f"{section.key}/chart"}
        keys |= {key for key, _ in section.paragraphs} | {key for key, _ in section.rows}
    return keys


def anchored_key(life: Life, element: etree._Element) -> str | None:
    """Return the key of a passage that bears its anchor."""
    keys = _keys(life)
    names = (mark.get(w("name")) for mark in element.iter(w("bookmarkStart")))
    return next((keys[name] for name in names if name in keys), None)


def key_of(life: Life, element: etree._Element) -> str | None:
    """Return the key of a passage, None for what staff wrote."""
    key = anchored_key(life, element)
    if key is not None:
        return key
    keys = _keys(life)
    words = set(re.findall(r"\w+", text_of(element)))  # the anchor is lost, the text says it
    known = {key: key for key in keys.values()} | {f"{s.key}t": s.key for s in life.report.sections}
    return next((known[word] for word in known if word in words), None)


def charts_of(life: Life, docx: Docx) -> dict[str, str]:
    """Return the part of each generated chart by its key."""
    links = docx.charts()
    found = {}
    for paragraph in docx.paragraphs():
        for chart in paragraph.iter(CHART):
            key = key_of(life, paragraph)
            if key is not None:
                found[key] = links[next(iter(chart.attrib.values()))]
    return found


def pick(life: Life, docx: Docx) -> etree._Element | None:
    """Return a paragraph of the text that holds text and nothing pending."""
    found = [
        p
        for p in docx.paragraphs()
        if text_of(p).strip() and p.find(w("ins")) is None and p.find(w("del")) is None
    ]
    return life.rng.choice(found) if found else None


def typed(life: Life, paragraph: etree._Element) -> str:
    """Return a text that staff are about to type into a passage, and note that they did."""
    key = key_of(life, paragraph)
    if key is not None:
        life.touched.add(key)
    text = life.fresh("Agent")
    life.typed.add(text)
    return f" {text} "


def section_of(key: str | None) -> str:
    """Return the section of a key: what is left of it must not vanish row by row."""
    found = re.match(r"s\d+q?", key or "")
    return found[0] if found else ""


def holds_chart(piece: etree._Element) -> bool:
    """Tell whether a paragraph or a run holds a chart."""
    return next(piece.iter(CHART), None) is not None
