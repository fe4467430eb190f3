"""Who a file is, whatever its name: two custom properties, which every program keeps."""

from dataclasses import dataclass

from lxml import etree

from config.errors import ReportUnreadable
from tasks.word.chart_repair import R
from tasks.word.merge.carrier import Carrier
from tasks.word.merge.opening import open_report, parse_part
from tasks.word.package import Package

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_LINK = f"{R}/custom-properties"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that users define
_TEXT = f"{{{_TYPES}}}lpwstr"
_EMPTY = f'<Properties xmlns="{_PROPERTIES}"/>'.encode()
_REPORT, _VERSION = "rapport", "rapport-edition"


@dataclass(frozen=True)
class Identity:
    """Which report a file is, and which generation it comes from."""

    report: str
    version: str


def identity(content: bytes) -> Identity | None:
    """Return who a file is, None when it does not say or cannot be read."""
    try:
        package = open_report(content).package
        return identity_of(package)
    except ReportUnreadable:
        return None


def identity_of(package: Package) -> Identity | None:
    """Return who an opened file is, None when it does not say."""
    part = package.linked("", "custom-properties")
    if part is None:
        return None
    texts = {
        found.get("name", ""): "".join(map(str, found.itertext()))
        for found in parse_part(package, part)
    }
    if _REPORT not in texts or _VERSION not in texts:
        return None
    return Identity(texts[_REPORT], texts[_VERSION])


def stamped(content: bytes, who: Identity) -> bytes:
    """Return a file that says who it is; the same input gives the same bytes.

    Raises:
        ReportUnreadable: see `open_report`.
    """
    carrier = Carrier(open_report(content), "fr")
    stamp(carrier, who)
    return carrier.write() if carrier.changed else content


def stamp(carrier: Carrier, who: Identity) -> None:
    """Write into an open file who it is; other custom properties stay."""
    part = carrier.linked("", "custom-properties")
    if part is None:
        part = carrier.add("docProps/custom.xml", _EMPTY, _CONTENT_TYPE)
        carrier.link("", _LINK, part)
    root = carrier.root(part)
    for name, text in ((_REPORT, who.report), (_VERSION, who.version)):
        if _write(root, name, text):
            carrier.touch(part)


def _write(root: etree._Element, name: str, text: str) -> bool:
    """Set a property; return False when it was so already."""
    found = next((child for child in root if child.get("name") == name), None)
    if found is not None and "".join(map(str, found.itertext())) == text:
        return False
    if found is None:
        used = [int(child.get("pid", "1")) for child in root]
        found = etree.SubElement(root, f"{{{_PROPERTIES}}}property")
        found.set("fmtid", _FORMAT_ID)
        found.set("pid", str(max(used, default=1) + 1))
        found.set("name", name)
    for child in list(found):
        found.remove(child)
    etree.SubElement(found, _TEXT, nsmap={"vt": _TYPES}).text = text
    return True
