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
                raise unreadable("Ce document est démesuré une fois décompressé.", language)
            parts = {info.filename: archive.read(info) for info in infos}
            packed = {info.filename: _member(data, info) for info in infos}
        package = Package(parts)
        main = package.main if CONTENT_TYPES in parts else ""
        is_word = "wordprocessingml" in package.types.of(main) if main else False
    except (*_DAMAGED, etree.XMLSyntaxError) as error:
        raise unreadable(_closed(data), language) from error
    if is_word and any(link.type.startswith(_STRICT) for link in package.links("")):
        raise unreadable(
            "Ce document est enregistré comme « Document Open XML strict », que seul Word relit.",
            language,
        )
    if not is_word:
        raise unreadable(DAMAGE, language)
    return Opened(package, packed)


DAMAGE = "Ce document est abîmé, ou ce n’est pas un document Word."
_CHANGED_ELSEWHERE = (
    "Ce document contient des déclarations que Word n’écrit jamais (des « entités ») : il a été "
    "modifié par un autre programme."
)
_LOCKED = "Ce document est protégé par un mot de passe."
_OLD = "Ce document est d’un ancien format de Word (.doc)."
SENTENCES = (DAMAGE, _CHANGED_ELSEWHERE, _LOCKED, _OLD)
"""The sentences that are chosen by cause, for whoever checks their translations."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, and of what Word encrypts
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of it: [MS-OFFCRYPTO] 2.3.4.4


def _closed(data: bytes) -> str:
    """Why a file is no zip, in words."""
    if not data.startswith(_OLE):
        return DAMAGE
    return _LOCKED if _ENCRYPTED in data else _OLD


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
    for name in package.parts:  # the document itself is read in any case
        if name.endswith((".xml", ".rels")) and name != package.main:
            parse_part(package, name, language)
    main = package.parts[package.main]
    if relationships_name(package.main) not in package.parts and _LINKED.search(main):
        raise unreadable(
            "Ce document a perdu les liens vers ses images et ses graphiques.", language
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
        raise unreadable(DAMAGE, language) from error
    document: Any = root.getroottree().docinfo
    if document.doctype:
        raise unreadable(_CHANGED_ELSEWHERE, language)
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
