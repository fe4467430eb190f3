"""Which header or footer of the edited file is which of the last generation.

Staff insert section breaks: then sections are counted differently, and Word gives the new ones
headers of their own, copies or nothing at all. What a header says tells which one it is.
"""

from difflib import SequenceMatcher

from tasks.word.merge.names import text_of
from tasks.word.merge.opening import parse_part
from tasks.word.merge.reading import fold
from tasks.word.merge.versions import HeaderKey, Version

_ALIKE = 0.6  # share of common characters from which two headers are versions of each other


def same_headers(base: Version, edited: Version) -> dict[str, HeaderKey]:
    """Return header and footer parts of the edited file → section, kind and type in the base.

    One that staff brought, or reworded beyond recognition in sections of their own, is left out.
    """
    texts = {key: _text(base, part) for key, part in base.headers.items()}
    found: dict[str, HeaderKey] = {}
    for key, part in edited.headers.items():
        if part in found:
            continue
        said = _text(edited, part)
        likeness = {
            other: _rank(said, text, key, other)
            for other, text in texts.items()
            if other[1] == key[1]
        }
        best = max(likeness, key=likeness.__getitem__, default=None)
        if best is not None and (likeness[best][0] >= _ALIKE or best == key):
            found[part] = best
    return found


def _rank(said: str, text: str, key: HeaderKey, other: HeaderKey) -> tuple[float, bool, bool]:
    likeness = 1.0 if said == text else SequenceMatcher(None, said, text, autojunk=False).ratio()
    return likeness, key == other, key[2] == other[2]


def _text(version: Version, part: str) -> str:
    return fold(text_of(parse_part(version.package, part)))
