"""What a Word file says of itself: core properties and the language of its text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from tasks.word.package import parse, serialize
from tasks.word.values import clean_text

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class DocumentProperties:
    """Core properties; an empty one leaves what the template says.

    `created` goes into the file as its date; without it the template's dates stay, so that the
    same input gives the same bytes.
    """

    title: str = ""
    subject: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""
    language: str = "fr-FR"
    created: datetime | None = None

    def fields(self) -> dict[str, str]:
        """Return the core properties by their names in the file."""
        return {
            f"{{{_DC}}}title": self.title,
            f"{{{_DC}}}subject": self.subject,
            f"{{{_DC}}}creator": self.author,
            f"{{{_CP}}}lastModifiedBy": self.author,
            f"{{{_CP}}}keywords": ", ".join(self.keywords),
            f"{{{_DC}}}description": self.description,
            f"{{{_DC}}}language": self.language,
            f"{{{_CP}}}revision": "1",
        }


def property_texts(core: bytes) -> dict[str, str]:
    """Return the texts of a core part by element name; a template may hold tags in them."""
    return {str(child.tag): child.text or "" for child in parse(core)}


def core_part(core: bytes, texts: Mapping[str, str], properties: DocumentProperties) -> bytes:
    """Return a core part: the given properties, else these texts of the template.

    Args:
        core: the template's part.
        texts: the template's texts, tags already rendered, not escaped.
        properties: what the caller says.
    """
    root = parse(core)
    given = {tag: clean_text(text) for tag, text in properties.fields().items() if text}
    for tag, text in {**texts, **given}.items():
        _element(root, tag).text = text
    if properties.created is not None:
        _set_dates(root, properties.created)
    return serialize(root)


def _set_dates(root: etree._Element, moment: datetime) -> None:
    for name in ("created", "modified"):
        element = _element(root, f"{{{_TERMS}}}{name}")
        element.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        element.text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _element(root: etree._Element, tag: str) -> etree._Element:
    found = root.find(tag)
    return etree.SubElement(root, tag) if found is None else found


def styles_in(language: str, styles: bytes) -> bytes:
    """Return the styles part with this language as the document's default."""
    root = parse(styles)
    defaults = _path(root, ("docDefaults", "rPrDefault", "rPr"), at_start=True)
    _set_language(_path(defaults, ("lang",)), language)
    return serialize(root)


def settings_in(language: str, settings: bytes) -> bytes:
    """Return the settings part with this language for theme fonts."""
    root = parse(settings)
    found = root.find(f"{{{_W}}}themeFontLang")
    if found is None:
        return settings
    _set_language(found, language)
    return serialize(root)


def _set_language(element: etree._Element, language: str) -> None:
    element.set(f"{{{_W}}}val", language)


def _path(
    root: etree._Element, names: tuple[str, ...], *, at_start: bool = False
) -> etree._Element:
    """Return the element down this path, made where it lacks."""
    for name in names:
        found = root.find(f"{{{_W}}}{name}")
        if found is None:
            found = etree.Element(f"{{{_W}}}{name}")
            root.insert(0 if at_start else len(root), found)
        root = found
    return root
