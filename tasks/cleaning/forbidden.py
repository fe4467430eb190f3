"""Characters that XML 1.0 forbids, and how to show that they were there."""

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Outside the `Char` production of XML 1.0 (§2.2): controls, lone surrogates, U+FFFE, U+FFFF."""


def without_forbidden(text: str) -> str:
    """Remove what XML forbids; a vertical tab or a form feed is a line break (Word pastes them)."""
    return FORBIDDEN.sub("", text.replace("\x0b", "\n").replace("\x0c", "\n"))


def visible(text: str) -> str:
    r"""Write forbidden characters as `\x0b` or `\ud800`, so that a journal can be printed."""
    return FORBIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    number = ord(match.group())
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
