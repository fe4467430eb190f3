"""What is wrong with a merged file, whoever saved it before."""

import zipfile
from io import BytesIO

import docx

from tasks.word.chart_repair import R
from tasks.word.package import Package
from tests.word import validity
from tests.word.merge.specimens import W


def ills(content: bytes) -> set[str]:
    """Return in words what is wrong with a Word file.

    Charts are looked at by `validity.faults`; those that LibreOffice wrote are not to its taste.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        package = Package({name: archive.read(name) for name in archive.namelist()})
        twice = len(archive.namelist()) > len(package.parts)
    found = set(validity._unreadable(package.parts))
    if found or twice:
        return found or {"a part is there twice"}
    found |= {*validity._content_types(package), *validity._relationships(package)}
    found |= {*validity._identifiers(package), *validity._orders(package)}
    found |= set(_comments(package))
    docx.Document(BytesIO(content))
    return found


def _comments(package: Package) -> set[str]:
    """Return what is wrong with comments: marks without comment, comments without marks."""
    document = docx.opc.oxml.parse_xml(package.parts[package.main])
    links = [link for link in package.links(package.main) if link.type == f"{R}/comments"]
    known: list[str] = []
    if links:
        root = docx.opc.oxml.parse_xml(package.parts[links[0].target])
        known = [comment.get(f"{{{W}}}id") for comment in root]
    found = set()
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        ids = [mark.get(f"{{{W}}}id") for mark in document.iter(f"{{{W}}}{tag}")]
        if len(set(ids)) < len(ids):
            found.add(f"two {tag} of one id")
        if set(ids) - set(known):
            found.add(f"{tag} of no comment")
        if tag == "commentReference" and set(known) - set(ids):
            found.add("a comment that nothing refers to")
    if len(set(known)) < len(known):
        found.add("two comments of one id")
    return found
