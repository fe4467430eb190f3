"""What staff do to the charts of a report, at random."""

from tests.word.merge import staff
from tests.word.merge.lives.keys import anchored_key, charts_of, holds_chart, key_of, pick
from tests.word.merge.lives.life import Life
from tests.word.merge.staff import Docx, w


def restyle_chart(life: Life, docx: Docx) -> bool:
    """Give a chart another colour."""
    found = _pick_chart(life, docx)
    if found is None:
        return False
    key, part = found
    life.colours[key] = f"{life.rng.randrange(1, 0xFFFFFF):06X}"
    staff.restyle_chart(docx, part, life.colours[key])
    return True


def change_chart(life: Life, docx: Docx) -> bool:
    """Type another value into a chart."""
    found = _pick_chart(life, docx)
    if found is None:
        return False
    life.charts_touched.add(found[0])
    staff.change_chart(docx, found[1])
    return True


def move_chart(life: Life, docx: Docx) -> bool:
    """Cut a chart and paste it into a paragraph of one's own."""
    places = [p for p in docx.paragraphs() if holds_chart(p) and anchored_key(life, p) is not None]
    after = pick(life, docx)
    if not places or after is None:
        return False
    place = life.rng.choice(places)
    text = life.fresh("Agent")
    life.typed.add(text)
    life.cut[key_of(life, place)] = text
    pasted = staff.new_paragraph(after, text)
    pasted.append(next(run for run in place.iter(w("r")) if holds_chart(run)))
    return True


def _pick_chart(life: Life, docx: Docx) -> tuple[str, str] | None:
    charts = list(charts_of(life, docx).items())
    return life.rng.choice(charts) if charts else None
