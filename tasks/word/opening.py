"""Opening a Word file that somebody else made: with care."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from lxml import etree

from tasks.word.errors import refusal
from tasks.word.package import CONTENT_TYPES, Package, parse, serialize
from tasks.word.styles import w

WORD_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAX_PARTS = 5_000
MAX_BYTES = 200_000_000
_ADVICE = (
    "Ouvrez le modèle dans Word, enregistrez-le au format « Document Word (.docx) » et réessayez."
)


def open_package(data: bytes, language: str = "fr") -> Package:
    """Return a Word file as a package, once it is known to be harmless.

    A link to the author's own Word model (`attachedTemplate`) is dropped: it names a path on the
    author's machine, and Word would look for it.

    Raises:
        TemplateError: no zip, no Word document, too large when unpacked, macros, declared
            entities, content fetched from outside.
    """
    parts = _unpack(data, language)
    if CONTENT_TYPES not in parts:
        raise refusal("Ce fichier n’est pas un document Word.", _ADVICE, language)
    _refuse_macros(parts, language)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            _refuse_entities(name, part, language)
    package = Package(parts)
    if not package.types.of(package.main).startswith(WORD_DOCUMENT):
        raise refusal("Ce fichier n’est pas un document Word.", _ADVICE, language)
    for name in parts:
        _refuse_outside_content(package, name, language)
    return _without_old_styles(_without_attached_template(package))


def _unpack(data: bytes, language: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_BYTES:
                raise refusal("Ce document est démesuré une fois décompressé.", _ADVICE, language)
            return {info.filename: archive.read(info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise refusal("Ce fichier n’est pas un document Word.", _ADVICE, language) from error


def _refuse_macros(parts: Mapping[str, bytes], language: str) -> None:
    active = any(re.search(r"vbaProject|vbaData|activeX", name) for name in parts)
    if active or b"macroEnabled" in parts[CONTENT_TYPES]:
        raise refusal(
            "Ce document contient des macros : il ne peut pas servir de modèle.", _ADVICE, language
        )


def _refuse_entities(name: str, part: bytes, language: str) -> None:
    try:
        doctype = parse(part).getroottree().docinfo.internalDTD is not None
    except etree.XMLSyntaxError as error:
        raise refusal(
            "La partie « {part} » de ce document est abîmée.", _ADVICE, language, part=name
        ) from error
    if doctype:
        raise refusal(
            "La partie « {part} » de ce document déclare des entités XML.",
            _ADVICE,
            language,
            part=name,
        )


def _refuse_outside_content(package: Package, name: str, language: str) -> None:
    for link in package.links(name):
        if link.external and link.kind not in ("hyperlink", "attachedTemplate"):
            raise refusal(
                "Ce modèle va chercher un contenu ailleurs : « {target} ».",
                "Dans Word, incorporez ce contenu (image, classeur…) au lieu de le lier.",
                language,
                target=link.target,
            )


def _without_attached_template(package: Package) -> Package:
    name = package.linked(package.main, "settings")
    links = () if name is None else package.links(name)
    attached = [link.id for link in links if link.kind == "attachedTemplate"]
    if name is None or not attached:
        return package
    settings = parse(package.parts[name])
    for element in settings.findall(w("attachedTemplate")):
        settings.remove(element)
    return Package({**package.parts, name: serialize(settings)}).without_links(name, attached)


def _without_old_styles(package: Package) -> Package:
    """Drop the copy of the styles kept for Word 2010: it must equal the styles, which change."""
    links = package.links(package.main)
    return package.without_links(
        package.main, [link.id for link in links if link.kind == "stylesWithEffects"]
    )
