"""The three-way merge of a report: last generation, file of staff, this generation.

The file of staff carries everything; what nobody touched in it comes up to date, what they wrote
stands. Pure: bytes in, bytes out; nothing in a document is ever evaluated.
"""

from datetime import datetime

from lxml import etree

from tasks.word.merge.adoption import adopt_changed_offers
from tasks.word.merge.blocks import read_blocks
from tasks.word.merge.carrier import Carrier
from tasks.word.merge.headers import same_headers
from tasks.word.merge.identity import identity_of, stamp
from tasks.word.merge.importing import Importer
from tasks.word.merge.model import Kind, MergeEvent, MergeResult, MergeWords, Offers, Subject
from tasks.word.merge.offering import Desk
from tasks.word.merge.opening import open_report, parse_part, refuse_damage
from tasks.word.merge.restyling import restyle
from tasks.word.merge.source import Source
from tasks.word.merge.stories import Story
from tasks.word.merge.tidying import mark_contents_stale, restore_anchors, tidy
from tasks.word.merge.versions import Version
from tasks.word.merge.work import Journal, Work


def merge(
    base: bytes,
    edited: bytes,
    new: bytes,
    *,
    offers: Offers = Offers.COMMENTS,
    author: str,
    date: datetime,
    words: MergeWords,
    language: str = "fr",
) -> MergeResult:
    """Refresh a report that staff may have edited.

    Args:
        base: the report as generated last time, from the store.
        edited: the file of staff, saved by Word or LibreOffice any number of times.
        new: the report as generated now.
        offers: how to show the new text of a passage that staff edited.
        author: in whose name offers are made; its pending ones are known by it.
        date: of the offers, with a time zone.
        words: sentences of the comments.
        language: of errors.

    Returns:
        The merged file and what happened. A file that nobody edited becomes `new` itself.
        Merging the result again with the same `new` changes nothing and logs nothing.

    Raises:
        ReportUnreadable: a version cannot be read; nothing is lost, the caller keeps the file.
    """
    opened = open_report(edited, language)
    refuse_damage(opened.package, language)
    carrier = Carrier(opened, language)
    root = carrier.root(carrier.main)
    old = Version.read(base, author, language)
    versions = (
        old,
        Version.of(opened.package, root, author, language, like=old.setting.styles),
        old if new == base else Version.read(new, author, language),
    )
    journal = Journal()
    desk = Desk(carrier, author, date, words)
    adopt_changed_offers(desk, versions[0], versions[1])
    importer = Importer(carrier, versions[2], versions[1].setting.styles)
    _merge_body(importer, desk, offers, journal, versions)
    _merge_headers(importer, desk, offers, journal, versions)
    if not restyle(carrier, versions[0], versions[2]):
        journal.log.append(MergeEvent(Kind.KEPT, Subject.STYLE, ""))
    who = identity_of(versions[2].package)
    if who is not None:
        stamp(carrier, who)
    log, standing = tuple(journal.log), tuple(journal.standing)
    if edited == base:
        return MergeResult(new, log, standing)
    return MergeResult(carrier.write() if carrier.changed else edited, log, standing)


def _merge_body(
    importer: Importer,
    desk: Desk,
    offers: Offers,
    journal: Journal,
    versions: tuple[Version, Version, Version],
) -> None:
    base, edited, new = versions
    part = edited.package.main
    work = Work(importer, desk, offers, journal, part, new.package.main, body=True)
    story = Story(base.blocks, edited.blocks, new.blocks)
    if story.merge(work, edited.body):
        mark_contents_stale(edited.body)
    restore_anchors(work.carrier, part, edited.body, work.homes)
    tidy(edited.body)


def _merge_headers(
    importer: Importer,
    desk: Desk,
    offers: Offers,
    journal: Journal,
    versions: tuple[Version, Version, Version],
) -> None:
    """Merge each header and footer once; one that staff brought or removed is left alone."""
    base, edited, new = versions
    for part, key in same_headers(base, edited).items():
        before, after = base.headers[key], new.headers.get(key)
        if after is not None and base.package.parts[before] != new.package.parts[after]:
            work = Work(importer, desk, offers, journal, part, after, body=False)
            container = work.carrier.root(part)
            Story(
                _blocks(base, before, parse_part(base.package, before)),
                _blocks(edited, part, container),
                _blocks(new, after, parse_part(new.package, after)),
            ).merge(work, container)


def _blocks(version: Version, part: str, root: etree._Element) -> tuple:  # type: ignore[type-arg]
    return read_blocks(root, Source(version.package, part, root, version.setting))
