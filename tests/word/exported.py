"""A report as it goes to LibreOffice when its contents must show page numbers in a PDF."""

from tasks.word.fields import find_fields
from tasks.word.opening import open_package
from tasks.word.package import parse, serialize
from tasks.word.zipfiles import Member, write_zip


def contents_for_export(document: bytes) -> bytes:
    """Return a copy of a report in which LibreOffice works out the page numbers of the contents.

    LibreOffice takes the lines of a `TOC` field as they are, but computes page references that
    stand in no such field: the copy keeps the lines and loses the field. It is for conversion to
    PDF only; staff keep the report with its field.
    """
    package = open_package(document)
    root = parse(package.parts[package.main])
    for field in [found for found in find_fields(root) if found.words[:1] == ["TOC"]]:
        for element in field.frame:
            run = element.getparent()
            if run is not None:
                run.remove(element)
    return write_zip(
        Member.pack(name, serialize(root) if name == package.main else data)
        for name, data in package.parts.items()
    )
