"""Hidden bookmarks that tell which passage is which, issue after issue."""

import re
from copy import deepcopy
from io import BytesIO

import docx
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.word.anchors import anchor_key, stamp_template
from tasks.word.authoring import add_contents
from tasks.word.styles import w
from tests.word.specimens import MAIN, lines, made, parts, render, repacked, root, saved

ANCHOR = re.compile(r"_r[0-9a-f]{16}")


def anchors(document: bytes) -> dict[str, str]:
    """Return the text of each anchored paragraph by the name of its anchor."""
    found = {}
    for paragraph in root(document).iter(w("p")):
        names = [e.get(w("name")) for e in paragraph.iter(w("bookmarkStart"))]
        for name in filter(ANCHOR.fullmatch, names):
            assert name not in found
            found[name] = "".join(e.text or "" for e in paragraph.iter(w("t")))
    return found


def _specimen(document: Document) -> None:
    document.add_heading("Titre", 1)
    document.add_paragraph("")
    document.add_paragraph("{%p for d in dims %}")
    document.add_heading("{{ d.label }}", 2)
    document.add_paragraph("{%p for q in d.quotes %}")
    document.add_paragraph("« {{ q }} »")
    document.add_paragraph("{%p endfor %}")
    table = document.add_table(3, 2)
    table.cell(0, 0).text = "{%tr for r in d.rows %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ r.name }}", "{{ r.count }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p endfor %}")


TEMPLATE = made(_specimen)


def _dims(*codes: str) -> dict:
    row = {"code": "r1", "name": "Élus", "count": 3}
    return {
        "dims": [
            {"code": x, "label": f"Dimension {x}", "quotes": ["un", "deux"], "rows": [row]}
            for x in codes
        ]
    }


def test_paragraphs_and_first_cells_are_anchored():
    """Each paragraph with content and the first cell of each row carry one anchor."""
    found = anchors(render(TEMPLATE, _dims("A", "B")))
    assert list(found.values()) == [
        "Titre",
        *("Dimension A", "« un »", "« deux »", "Élus"),
        *("Dimension B", "« un »", "« deux »", "Élus"),
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from("ABCDEF"), unique=True, min_size=1), st.randoms())
def test_anchors_follow_the_keys_not_the_places(codes, random):
    """What comes before, or in which order, changes no anchor of a passage that stays."""
    before = anchors(render(TEMPLATE, _dims(*codes)))
    shuffled = random.sample(codes, len(codes))
    after = anchors(render(TEMPLATE, _dims("Z", *shuffled)))
    assert before.items() <= after.items()


def test_a_changed_text_keeps_its_anchor():
    """An item known by its code has the same anchor when its words change."""
    template = lines("{%p for d in dims %}", "{{ d.text }}", "{%p endfor %}")
    one = anchors(render(template, {"dims": [{"code": "A", "text": "avant"}]}))
    two = anchors(render(template, {"dims": [{"code": "A", "text": "après"}]}))
    assert one.keys() == two.keys()
    assert one != two


def test_twins_have_anchors_of_their_own():
    """Items that nothing tells apart are told apart by their order among themselves."""
    template = lines("{%p for q in quotes %}", "{{ q }}", "{%p endfor %}")
    found = anchors(render(template, {"quotes": ["oui", "oui", "non"]}))
    assert list(found.values()) == ["oui", "oui", "non"]
    fewer = anchors(render(template, {"quotes": ["oui", "non"]}))
    assert fewer.items() <= found.items()


def test_pairs_are_known_by_their_first():
    """In `for name, count in …` the name makes the anchor, not the count."""
    template = lines("{%p for (name, count) in rows %}", "{{ name }} {{ count }}", "{%p endfor %}")
    one = anchors(render(template, {"rows": [("A", 1)]}))
    two = anchors(render(template, {"rows": [("A", 2)]}))
    assert one.keys() == two.keys()


def test_loops_inside_a_paragraph_do_not_count():
    """A loop that opens and closes within a sentence does not enclose the next paragraph."""
    template = lines("{% for x in xs %}{{ x }}{% endfor %}", "Fin")
    assert (
        anchors(render(template, {"xs": [1, 2]})).keys()
        == anchors(render(template, {"xs": [3]})).keys()
    )


def test_the_contents_are_not_anchored():
    """The table of contents is written anew each time: nothing of it is to be merged."""

    def build(document):
        add_contents(document.add_paragraph())
        document.add_heading("Un", 1)

    assert list(anchors(render(made(build))).values()) == ["Un"]


def test_a_stamped_template_gives_the_same_anchors():
    """Stamping changes no anchor, and doing it twice changes nothing more."""
    stamped = stamp_template(TEMPLATE)
    assert anchors(render(stamped, _dims("A"))) == anchors(render(TEMPLATE, _dims("A")))
    assert parts(stamp_template(stamped)) == parts(stamped)
    assert not anchors(stamped)


def test_anchors_survive_a_reworded_template():
    """After stamping, staff may reword and move paragraphs of the template."""
    stamped = stamp_template(lines("Une phrase {{ x }}.", "Une autre."))
    before = anchors(render(stamped, {"x": "1"}))
    xml = parts(stamped)[MAIN].decode().replace("Une phrase", "La même phrase")
    after = anchors(render(repacked(stamped, {MAIN: xml.encode()}), {"x": "1"}))
    assert before.keys() == after.keys()
    assert before != after


def test_a_copied_paragraph_of_a_template_gets_its_own_anchor():
    """A stamp that was copied with its paragraph counts once."""
    stamped = stamp_template(lines("Une phrase."))
    document = docx.Document(BytesIO(stamped))
    paragraph = document.paragraphs[0]._p
    paragraph.addnext(deepcopy(paragraph))
    assert len(anchors(render(saved(document)))) == 2


def test_keys_tell_items_apart():
    """A code wins over a label; without either the whole content counts, never the place."""
    assert anchor_key({"code": "A", "label": "x"}) == anchor_key({"code": "A", "label": "y"})
    assert anchor_key({"count": 1}) != anchor_key({"count": 2})
    assert anchor_key({"a": 1, "b": 2}) == anchor_key({"b": 2, "a": 1})
    assert anchor_key("A") == anchor_key("A") != anchor_key("B")
    assert anchor_key(["a", 1]) != anchor_key(["a", 2])
