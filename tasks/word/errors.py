"""How this package tells staff that a template cannot be used."""

from config.catalogue import say
from config.errors import TemplateError


def refusal(sentence: str, remedy: str, language: str = "fr", /, **facts: object) -> TemplateError:
    """Return the error to raise: what is wrong and where, then what to do.

    Args:
        sentence: the French sentence with `{fact}` places (a key of the catalogue).
        remedy: the French sentence that says what to do; may use the same places.
        language: of the reader, `fr` or `en`.
        **facts: what fills the places; inserted as text.
    """
    return TemplateError(say(sentence, language, **facts), say(remedy, language, **facts))
