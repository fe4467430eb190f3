"""Messages and sentences in French first, then in the other languages of the catalogue.

The French sentence *is* the key, so that code reads as the French report does. Other languages
are gettext files under `config/locales/<language>/*.po`, read with Babel.
"""

from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("fr", "en")


@lru_cache
def _translations(language: str) -> dict[str, str | tuple[str, ...]]:
    entries: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((LOCALES / language).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id and message.string:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string
                    entries[key] = text if isinstance(text, str) else tuple(text)
    return entries


def say(sentence: str, language: str = "fr", /, **values: object) -> str:
    """Return a sentence in a language, with its values filled in.

    Args:
        sentence: the French sentence, with `{name}` places.
        language: `fr` or `en`; a sentence that the catalogue lacks comes out in French.
        **values: what fills the places; inserted as text, never read as a template.
    """
    found = _translations(language).get(sentence, sentence)
    text = found if isinstance(found, str) else found[0]
    return text.format(**values) if values else text


def say_count(
    singular: str, plural: str, count: int, language: str = "fr", /, **values: object
) -> str:
    """Return the singular or the plural of a sentence; `{count}` is filled in.

    French takes the singular for 0 and 1, English for 1 alone.
    """
    one = abs(count) < 2 if language == "fr" else abs(count) == 1
    found = _translations(language).get(singular)
    if isinstance(found, tuple):
        singular, plural = found[0], found[-1]
    return (singular if one else plural).format(count=count, **values)
