"""Opening the three versions: nothing is evaluated, fetched or unpacked without measure."""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from config.catalogue import say
from config.errors import ReportUnreadable
from tasks.word.package import CONTENT_TYPES, Package, relationships_name
from tasks.word.zipfiles import Member

MAX_PARTS = 10_000
MAX_BYTES = 400_000_000  # staff may put large pictures in; a 1,000-fold bomb is refused before
_STRICT = "http://purl.oclc.org/ooxml/"  # namespaces of ISO/IEC 29500 strict: all other names
_LOCAL_HEADER = struct.Struct("<26xHH")


@dataclass(frozen=True)
class Opened:
    """A Word file: its parts, and the same parts as they lie packed in the zip."""

    package: Package
    packed: dict[str, Member]


def open_report(data: bytes, language: str = "fr") -> Opened:
    """Open a report.

    Raises:
        ReportUnreadable: no zip, no Word document, damaged, locked by a password, or out of all
            proportion when unpacked.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_BYTES:
                raise unreadable("Ce rapport est démesuré une fois décompressé.", language)
            parts = {info.filename: archive.read(info) for info in infos}
            packed = {info.filename: _member(data, info) for info in infos}
        package = Package(parts)
        main = package.main if CONTENT_TYPES in parts else ""
        is_word = "wordprocessingml" in package.types.of(main) if main else False
    except (*_DAMAGED, etree.XMLSyntaxError) as error:
        raise unreadable("Ce rapport n’est pas un document Word lisible.", language) from error
    if is_word and any(link.type.startswith(_STRICT) for link in package.links("")):
        raise unreadable(
            "Ce rapport est enregistré comme « Document Open XML strict », que seul Word relit.",
            language,
        )
    if not is_word:
        raise unreadable("Ce rapport n’est pas un document Word lisible.", language)
    return Opened(package, packed)


_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, NotImplementedError, EOFError,
    ValueError, KeyError, OSError,
)  # fmt: skip


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    """Return a part as it lies in the zip, so that it can be written again without packing."""
    lengths = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL_HEADER.size + sum(lengths)
    packed = data[start : start + info.compress_size]
    return Member(info.filename, packed, info.file_size, info.CRC, info.compress_type)


def refuse_damage(package: Package, language: str = "fr") -> None:
    """Refuse a file of which a part is damaged: what is not read would be written again as it is.

    Raises:
        ReportUnreadable: a part is no XML, or the document has lost the part of its links.
    """
    for name in package.parts:
        if name.endswith((".xml", ".rels")):
            parse_part(package, name, language)
    main = package.parts[package.main]
    if relationships_name(package.main) not in package.parts and _LINKED.search(main):
        raise unreadable(
            "Ce rapport a perdu les liens vers ses images et ses graphiques.", language
        )


_LINKED = re.compile(rb'\br:(?:id|embed)="[^"]')


def parse_part(package: Package, name: str, language: str = "fr") -> etree._Element:
    """Parse a part; entities are neither declared nor resolved, nothing outside is read.

    Raises:
        ReportUnreadable: the part is missing, damaged or declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True
    )
    try:
        root = etree.fromstring(package.parts[name], parser)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise unreadable("Ce rapport n’est pas un document Word lisible.", language) from error
    document: Any = root.getroottree().docinfo
    if document.doctype:
        raise unreadable("Ce rapport déclare des entités XML, ce que Word ne fait pas.", language)
    return root


def unreadable(sentence: str, language: str) -> ReportUnreadable:
    """Return the error to raise for a file that cannot be merged."""
    return ReportUnreadable(
        say(sentence, language),
        say(
            "Ouvrez-le dans Word et enregistrez-le au format « Document Word (.docx) », "
            "ou reprenez l’édition précédente dans « history ».",
            language,
        ),
    )
