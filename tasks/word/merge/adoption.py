"""Pending insertions of the merge that staff typed into: from then on they are theirs."""

from collections.abc import Iterator

from lxml import etree

from tasks.word.merge.blocks import Block
from tasks.word.merge.grids import Table
from tasks.word.merge.names import AUTHOR, DEL, INS, P
from tasks.word.merge.offering import Desk
from tasks.word.merge.versions import Version


def adopt_changed_offers(desk: Desk, base: Version, edited: Version) -> None:
    """Sign the tracked changes that staff reworded in their name, before anything is compared.

    Left in ours they would be taken back or replaced when the data move, with what staff wrote.

    Args:
        desk: of the merge.
        base: the last generation: it says what was offered.
        edited: the file of staff; changed in place.
    """
    ours = [change for change in edited.body.iter(INS, DEL) if change.get(AUTHOR) == desk.author]
    if not ours:
        return
    said = {text for block in base.blocks for text in _texts(block)} | {""}
    homes = dict.fromkeys(home for change in ours for home in change.iterancestors(P))
    for home in homes:
        if edited.setting.proposal(home) not in said:
            _sign(home, desk)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                yield from (paragraph.text for paragraph in cell.paragraphs)
    else:
        yield block.text


def _sign(paragraph: etree._Element, desk: Desk) -> None:
    for change in paragraph.iter(INS, DEL):
        if change.get(AUTHOR) == desk.author:
            change.set(AUTHOR, desk.words.adopted)
    desk.carrier.touch(desk.carrier.main)
