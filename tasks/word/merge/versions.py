"""One version of a report, read for the merge: its styles, its notes, its stories."""

from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from tasks.word.merge.blocks import Block, read_blocks
from tasks.word.merge.formats import StyleSheet
from tasks.word.merge.names import ID, SECT_PR, TYPE, text_of, w
from tasks.word.merge.opening import DAMAGE, open_report, parse_part, unreadable
from tasks.word.merge.reading import Setting, fold
from tasks.word.merge.source import Source
from tasks.word.package import Package

_REFERENCES = {w("headerReference"): "header", w("footerReference"): "footer"}
HeaderKey = tuple[int, str, str]
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Version:
    """A version of the report.

    Attributes:
        package: its parts.
        body: the `w:body`.
        setting: what is needed to read its paragraphs.
        language: of messages.
    """

    package: Package
    body: etree._Element
    setting: Setting
    language: str

    @classmethod
    def read(cls, data: bytes, robot: str, language: str) -> "Version":
        """Read a generated version.

        Raises:
            ReportUnreadable: see `open_report`.
        """
        package = open_report(data, language).package
        return cls.of(package, parse_part(package, package.main, language), robot, language)

    @classmethod
    def of(
        cls,
        package: Package,
        root: etree._Element,
        robot: str,
        language: str,
        *,
        like: StyleSheet | None = None,
    ) -> "Version":
        """Read a version whose document part is parsed already.

        Args:
            package: the file.
            root: its document part.
            robot: author of our pending changes.
            language: of messages.
            like: styles of the version that it is compared with, see `StyleSheet`.

        Raises:
            ReportUnreadable: the part holds no body.
        """
        sheet = StyleSheet.read(
            *(
                parse_part(package, part, language) if part else None
                for part in (package.linked(package.main, kind) for kind in ("styles", "theme"))
            )
        )
        sheet = sheet if like is None else replace(sheet, like=like)
        body = root.find(w("body"))
        setting = Setting(sheet, _notes(package, language), robot)
        if body is None:
            raise unreadable(DAMAGE, language)
        return cls(package, body, setting, language)

    @cached_property
    def source(self) -> Source:
        """Where the blocks of the body come from."""
        return Source(self.package, self.package.main, self.body, self.setting)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs and tables of the body."""
        return read_blocks(self.body, self.source)

    @cached_property
    def headers(self) -> dict[HeaderKey, str]:
        """Names of the header and footer parts by section, kind and type (default, first…)."""
        links = {link.id: link.target for link in self.package.links(self.package.main)}
        return {
            (number, _REFERENCES[reference.tag], reference.get(TYPE, "default")): target
            for number, section in enumerate(self.body.iter(SECT_PR))
            for reference in section.iter(*_REFERENCES)
            if (target := links.get(reference.get(_REL, ""))) in self.package.parts
            and target is not None
        }


def _notes(package: Package, language: str) -> dict[tuple[str, str], str]:
    """Return the texts of the footnotes and endnotes, by kind and id."""
    found = {}
    for kind in ("footnote", "endnote"):
        part = package.linked(package.main, f"{kind}s")
        if part is not None:
            for note in parse_part(package, part, language).findall(w(kind)):
                found[kind, note.get(ID, "")] = fold(text_of(note))
    return found
