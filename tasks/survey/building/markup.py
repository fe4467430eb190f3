"""Plain text as HTML that LimeSurvey shows as it is, and as it is read back."""

import re
from collections.abc import Callable, Iterable
from html import escape

# LimeSurvey evaluates what stands between braces; as entities they are only characters.
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


def inline(text: str) -> str:
    """One text without blocks: question, option, row, title; line breaks are kept."""
    return re.sub(r"\s*\n\s*", "<br />", _safe(text.strip()))


def answer(text: str) -> str:
    """An option or a row: in the weight and colour of running text.

    LimeSurvey's own theme sets whole sentences in narrow bold grey; the classes are Bootstrap's,
    which every theme of LimeSurvey 6 has, and mean nothing elsewhere.
    """
    return f'<span class="fw-normal lh-base text-body">{inline(text)}</span>'


def page_heading(text: str) -> str:
    """The title of a page, which the themes only make look like one: a heading for readers."""
    return f'<span role="heading" aria-level="1">{inline(text)}</span>'


def shortened(text: str, shown: Callable[[str], str], longest: int) -> str:
    """A text as HTML, cut to a number of characters, tags included."""
    kept = text
    while len(shown(kept)) > longest:
        kept = f"{kept.rstrip('…')[:-1].rstrip()}…"
    return shown(kept)


def paragraphs(text: str) -> str:
    """A text as paragraphs; an empty line separates two of them."""
    parts = (part for part in re.split(r"\n\s*\n", text) if part.strip())
    return "".join(f"<p>{inline(part)}</p>" for part in parts)


def heading(text: str) -> str:
    """A heading inside a longer text (the survey's title, one rank above, is the page's)."""
    return f"<h2>{inline(text)}</h2>"


def last_heading(text: str) -> str:
    """The heading of the last page, which has no other (the class is LimeSurvey's own)."""
    return f'<h1 class="completed-heading">{inline(text)}</h1>'


def section(title: str, text: str) -> str:
    """A short titled text inside a block that has a heading already, in the size of the others."""
    look = "fs-6 lh-base mb-3 text-body"
    return f'<p class="{look}"><strong>{inline(title)}</strong><br />{inline(text)}</p>'


def bullets(texts: Iterable[str]) -> str:
    """A list of short texts."""
    return "<ul>{}</ul>".format("".join(f"<li>{inline(text)}</li>" for text in texts))


def as_read(text: str) -> str:
    """A text as a reader of the page has it: line breaks and repeated spaces are one space."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def _safe(text: str) -> str:
    return escape(text, quote=False).translate(_BRACES)
