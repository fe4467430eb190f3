"""Lives of a report: weeks of edits, saves, new data and refreshes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from tasks.word.merge import MergeResult, merge, merge_words
from tests.word.merge import staff
from tests.word.merge.lives.chart_edits import change_chart, move_chart, restyle_chart
from tests.word.merge.lives.checks import check_charts, check_file, check_generated, check_staff
from tests.word.merge.lives.life import Life, move_data
from tests.word.merge.lives.passage_edits import (
    break_page,
    comment,
    delete_paragraph,
    draw,
    embolden,
    lose_anchor,
    move_paragraph,
    move_section,
    new_paragraph,
    reformat,
    split,
    type_after,
    type_before,
    type_inside,
    type_into_offer,
)
from tests.word.merge.lives.table_edits import (
    add_row,
    delete_row,
    edit_cell,
    move_into_cell,
    move_rows_apart,
    move_table_into_layout,
    move_tables_together,
    shade_cell,
)
from tests.word.merge.office import saved_by_libreoffice
from tests.word.merge.specimens import render
from tests.word.merge.staff import Docx

ROBOT = "Rapport automatique"
_DATE = datetime(2026, 3, 2, tzinfo=UTC)
_EDITS: tuple[Callable[[Life, Docx], bool], ...] = (
    type_inside, type_inside, type_before, type_after, embolden, delete_paragraph, new_paragraph,
    new_paragraph, move_paragraph, move_section, edit_cell, edit_cell, delete_row, add_row,
    comment, split, lose_anchor, restyle_chart, change_chart, draw, reformat, shade_cell,
    break_page, type_into_offer, move_into_cell, move_rows_apart, move_tables_together,
    move_table_into_layout, move_chart,
)  # fmt: skip


def edit(life: Life) -> None:
    """Do one random edit to the file."""
    docx = Docx(life.edited)
    action = life.rng.choice(_EDITS)
    life.story.append(action.__name__)
    if action(life, docx):
        life.edited = docx.save()


def refresh(life: Life) -> None:
    """Refresh the report, check everything, and take the new generation as base."""
    new = render(life.report)
    result = _merge(life, life.base, life.edited, new)
    again = _merge(life, new, result.content, new)
    assert again.log == (), "a second refresh has something to say"
    assert again.content == result.content, "a second refresh changes the file"
    after = Docx(result.content)
    check_staff(life, after)
    check_generated(life, after)
    check_charts(life, after)
    life.base, life.edited = new, result.content


def _merge(life: Life, base: bytes, edited: bytes, new: bytes) -> MergeResult:
    return merge(
        base, edited, new, offers=life.offers, author=ROBOT, date=_DATE, words=merge_words()
    )


def live(seed: int) -> None:
    """Play one life; raises AssertionError with its story when something does not hold."""
    life = Life.start(seed)
    with _told(seed, life):
        for _ in range(life.rng.randint(2, 3)):
            _spend_week(life)
            if life.rng.random() < 0.3:
                life.edited = staff.saved_by_python_docx(life.edited)
                life.story.append("save")
            _end_week(life)
        check_file(life)


def live_with_libreoffice(seeds: range, steps: int = 3) -> None:
    """Play lives side by side; before each refresh LibreOffice saves all their files."""
    lives = {seed: Life.start(seed) for seed in seeds}
    for _ in range(steps):
        for seed, life in lives.items():
            with _told(seed, life):
                _spend_week(life)
        saved = saved_by_libreoffice([life.edited for life in lives.values()])
        for (seed, life), content in zip(lives.items(), saved, strict=True):
            with _told(seed, life):
                life.edited = content
                life.story.append("libreoffice")
                _end_week(life)
                check_file(life)


def _spend_week(life: Life) -> None:
    for _ in range(life.rng.randint(0, 3)):
        edit(life)


def _end_week(life: Life) -> None:
    move_data(life)
    life.story.append("refresh")
    refresh(life)


@contextmanager
def _told(seed: int, life: Life) -> Iterator[None]:
    """Tell the story of a life when something does not hold in it."""
    try:
        yield
    except Exception as error:
        raise AssertionError(f"seed {seed} ({' '.join(life.story)}): {error}") from error


def live_many(seeds: range) -> int:
    """Play the lives of these seeds; return how many."""
    for seed in seeds:
        live(seed)
    return len(seeds)
