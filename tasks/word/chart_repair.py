"""What a chart part needs before it is used as a prototype."""

from lxml import etree

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK_LINK = "rIdWorkbook"
_UNIQUE_IDS = "http://schemas.microsoft.com/office/drawing/2014/chart"
_AFTER_WORKBOOK = ("printSettings", "userShapes", "extLst")


def c(name: str) -> str:
    """Return a chart element's full name."""
    return f"{{{C}}}{name}"


def with_usual_prefix(root: etree._Element) -> etree._Element:
    """Return the chart with `c:` as the prefix of its elements, whatever wrote it."""
    if root.prefix == "c":
        return root
    names = {prefix: uri for prefix, uri in root.nsmap.items() if prefix and uri != C}
    new = etree.Element(root.tag, nsmap={"c": C, **names})
    new.attrib.update(root.attrib)
    new.extend(list(root))
    return new


def repair(root: etree._Element) -> None:
    """Make valid what python-pptx writes against the schema, and what copies would share.

    Negative axis ids, `c:smooth` in a radar series, ids that must be unique, pivot sources.
    """
    for name in ("axId", "crossAx"):
        for element in root.iter(c(name)):
            element.set("val", str(abs(int(element.get("val", "0")))))
    for smooth in root.findall(f".//{c('radarChart')}/{c('ser')}/{c('smooth')}"):
        _remove(smooth)
    for unique in list(root.iter(f"{{{_UNIQUE_IDS}}}uniqueId")):
        extension = unique.getparent()
        if extension is not None:
            _remove(extension)
    for empty in [found for found in root.iter(c("extLst")) if len(found) == 0]:
        _remove(empty)
    for source in root.findall(c("pivotSource")):
        root.remove(source)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def embed_workbook(root: etree._Element) -> None:
    """Point the chart to its own workbook by the relationship `rIdWorkbook`."""
    for element in root.findall(c("externalData")):
        root.remove(element)
    link = etree.Element(c("externalData"), {f"{{{R}}}id": WORKBOOK_LINK})
    etree.SubElement(link, c("autoUpdate"), val="0")
    followers = [child for child in root if child.tag in map(c, _AFTER_WORKBOOK)]
    if followers:
        followers[0].addprevious(link)
    else:
        root.append(link)
