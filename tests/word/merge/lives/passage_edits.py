"""What staff do to the passages of a report, at random."""

from lxml import etree

from tests.word.merge import staff
from tests.word.merge.lives.keys import key_of, pick, typed
from tests.word.merge.lives.life import Life
from tests.word.merge.objects import drawn
from tests.word.merge.staff import Docx, all_text, text_of, w


def type_inside(life: Life, docx: Docx) -> bool:
    """Type in the middle of a passage."""
    paragraph = pick(life, docx)
    if paragraph is None or any(t in text_of(paragraph) for t in life.typed):
        return False  # the text typed must stay in one piece to be found again
    staff.type_inside(paragraph, typed(life, paragraph), life.rng)
    return True


def type_before(life: Life, docx: Docx) -> bool:
    """Type before a passage."""
    paragraph = pick(life, docx)
    if paragraph is None:
        return False
    staff.type_before(paragraph, typed(life, paragraph))
    return True


def type_after(life: Life, docx: Docx) -> bool:
    """Type after a passage."""
    paragraph = pick(life, docx)
    if paragraph is None:
        return False
    staff.type_after(paragraph, typed(life, paragraph))
    return True


def embolden(life: Life, docx: Docx) -> bool:
    """Turn the bold of a passage over."""
    paragraph = pick(life, docx)
    if paragraph is None:
        return False
    key = key_of(life, paragraph)
    if key in life.touched or not staff.embolden(paragraph):
        return False  # twice would be no edit at all
    if key is not None:
        life.touched.add(key)
    return True


def delete_paragraph(life: Life, docx: Docx) -> bool:
    """Delete a passage, with what staff wrote in it."""
    paragraph = pick(life, docx)
    if paragraph is None or paragraph.find(f".//{w('commentReference')}") is not None:
        return False
    key = key_of(life, paragraph)
    if key is not None:
        life.deleted.add(key)
        life.touched.discard(key)
    life.typed -= {text for text in life.typed if text in all_text(paragraph)}
    paragraph.getparent().remove(paragraph)
    return True


def new_paragraph(life: Life, docx: Docx) -> bool:
    """Write a paragraph of one's own."""
    after = pick(life, docx)
    if after is None:
        return False
    text = life.fresh("Agent")
    life.typed.add(text)
    staff.new_paragraph(after, f"Note de {text} à garder")
    return True


def move_paragraph(life: Life, docx: Docx) -> bool:
    """Cut a passage and paste it elsewhere."""
    moved, after = pick(life, docx), pick(life, docx)
    if moved is None or after is None or moved is after:
        return False
    after.addnext(moved)
    return True


def move_section(life: Life, docx: Docx) -> bool:
    """Cut a section and paste it at the end."""
    blocks = [child for child in docx.body if child.tag in (w("p"), w("tbl"))]
    headings = [i for i, block in enumerate(blocks) if is_heading(block)]
    if len(headings) < 2:
        return False
    number = life.rng.randrange(len(headings) - 1)
    last = blocks[-1]
    for block in blocks[headings[number] : headings[number + 1]]:
        last.addnext(block)
        last = block
    return True


def is_heading(block: etree._Element) -> bool:
    """Tell whether a block is a heading."""
    style = block.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val"), "") in ("Titre1", "Heading1")


def comment(life: Life, docx: Docx) -> bool:
    """Comment a passage."""
    paragraph = pick(life, docx)
    if paragraph is None or "word/commentsExtended.xml" in docx.parts:
        return False
    text = life.fresh("Remarque")
    life.remarks.add(text)
    key = key_of(life, paragraph)
    if key is not None:
        life.touched.add(f"{key}#commented")
    staff.comment(docx, paragraph, text)
    return True


def split(life: Life, docx: Docx) -> bool:
    """Press Enter in the middle of a passage."""
    paragraph = pick(life, docx)
    if paragraph is None or paragraph.find(f".//{w('commentReference')}") is not None:
        return False
    key = key_of(life, paragraph)
    if key in life.touched or not staff.split(paragraph, life.rng):
        return False
    if key is not None:
        life.touched.add(key)
    return True


def lose_anchor(life: Life, docx: Docx) -> bool:
    """Lose the bookmark of a passage, as some editors do."""
    paragraph = pick(life, docx)
    key = None if paragraph is None else key_of(life, paragraph)
    if paragraph is None or key is None or key in life.touched:
        return False
    for mark in [*paragraph.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
        mark.getparent().remove(mark)
    return True


def draw(life: Life, docx: Docx) -> bool:
    """Draw a text box or write an equation in a passage."""
    paragraph = pick(life, docx)
    if paragraph is None:
        return False
    kind = life.rng.choice(("text box", "VML text box", "equation"))
    paragraph.append(drawn(kind, typed(life, paragraph).strip(), 9000 + life.count))
    return True


def reformat(life: Life, docx: Docx) -> bool:
    """Give a passage another size, or raise it."""
    paragraph = pick(life, docx)
    key = None if paragraph is None else key_of(life, paragraph)
    if paragraph is None or key in life.touched:
        return False
    name, value = life.rng.choice((("sz", "40"), ("vertAlign", "superscript")))
    for run in paragraph.findall(w("r")):
        properties = run.find(w("rPr"))
        if properties is None:
            properties = etree.Element(w("rPr"))
            run.insert(0, properties)
        look = etree.Element(w(name), {w("val"): value})
        raised = properties.find(w("vertAlign"))
        properties.append(look) if raised is None else raised.addprevious(look)
    if key is not None:
        life.touched.add(key)
    return True


def break_page(life: Life, docx: Docx) -> bool:
    """Break the page before or after a passage."""
    paragraph = pick(life, docx)
    if paragraph is None:
        return False
    run = etree.Element(w("r"))
    etree.SubElement(run, w("br"), {w("type"): "page"})
    properties = paragraph.find(w("pPr"))
    if life.rng.random() < 0.5:
        paragraph.append(run)
    else:
        paragraph.insert(0 if properties is None else 1, run)
    return True


def type_into_offer(life: Life, docx: Docx) -> bool:
    """Type into an insertion that the merge proposed."""
    offers = [found for found in docx.root.iter(w("ins")) if text_of(found)]
    if not offers:
        return False
    text = life.fresh("Agent")
    life.typed.add(text)
    staff.type_after(life.rng.choice(offers), f" {text}")
    return True
