"""Opening files that came from anywhere: size, archives and XML are checked before reading."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from tasks.survey.exports.refusals import TooLarge, Unreadable

MAX_BYTES = 300_000_000  # 20,000 responses make a file of 25 million
MAX_MEMBERS = 2_000
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")
_PLAIN = (b"utf-8", b"us-ascii", b"iso-8859-1")

Row = Mapping[str, str]
"""A row of a section: column → text; columns without a value are left out."""


@dataclass(frozen=True)
class Document:
    """One of LimeSurvey's XML files: what it is, its languages, its sections.

    A section names its columns, for a row leaves out those without a value.
    """

    kind: str  # Survey, Responses, Tokens…
    languages: tuple[str, ...]
    sections: Mapping[str, tuple[Row, ...]]
    columns: Mapping[str, tuple[str, ...]]

    def rows(self, section: str) -> tuple[Row, ...]:
        """The rows of a section; none when it is not there."""
        return self.sections.get(section, ())


def content_of(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        Unreadable: empty, too large, or not to be read.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable("il est démesuré.")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable("il ne peut pas être lu.") from error
    if not content:
        raise Unreadable("il est vide, ou sa copie n’est pas terminée.")
    return content


def members(content: bytes, largest: int | None = None) -> Mapping[str, bytes]:
    """The files of an archive by name, none of them too large when unpacked.

    Args:
        content: of the archive.
        largest: bytes of all its files together; `MAX_BYTES` when None.

    Raises:
        Unreadable: no archive, a damaged one, or one that unpacks without measure.
    """
    allowed = MAX_BYTES if largest is None else largest
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > allowed:
                raise TooLarge("il est démesuré une fois décompressé.")
            return {info.filename: archive.read(info) for info in infos}
    except (
        *(zipfile.BadZipFile, zlib.error, RuntimeError),
        *(NotImplementedError, EOFError, OSError),
    ) as error:
        raise Unreadable("il est abîmé, ou sa copie n’est pas terminée.") from error


def refuse_entities(content: bytes) -> None:
    """Let no XML through that declares anything of its own.

    Raises:
        Unreadable: a document type, or an encoding that could hide one.
    """
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    prolog = _PROLOG.match(content)
    after = content[prolog.end() if prolog else 0 :]
    odd = declared is not None and declared.group(1).lower() not in _PLAIN
    if odd or after[:2].upper() == b"<!" or b"\0" in content[:64]:
        raise Unreadable("il déclare des entités XML.")


def document(content: bytes) -> Document:
    """One of LimeSurvey's XML files, row by row: twenty thousand responses fit in memory.

    Raises:
        Unreadable: damaged, or it declares entities.
    """
    refuse_entities(content)
    sections: dict[str, list[Row]] = {}
    try:
        walk = etree.iterparse(
            BytesIO(content),
            events=("end",),
            tag="row",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        for _, row in walk:
            section = row.getparent().getparent()
            sections.setdefault(section.tag, []).append(
                {str(column.tag): column.text or "" for column in row if column.text}
            )
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]
    except (etree.XMLSyntaxError, AttributeError) as error:
        raise Unreadable("il est abîmé, ou sa copie n’est pas terminée.") from error
    root = walk.root
    return Document(
        kind=root.findtext("LimeSurveyDocType") or "",
        languages=tuple(one.text or "" for one in root.iterfind("languages/language")),
        sections={name: tuple(rows) for name, rows in sections.items()},
        columns={
            str(section.tag): tuple(one.text or "" for one in section.iterfind("fields/fieldname"))
            for section in root
        },
    )
