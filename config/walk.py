"""Every text of a configuration object, with the path it stands at in its file."""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from config.text import Text
from config.yaml_source import KeyPath


def texts_in(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Text]]:
    """All texts of a model, a study or a part of one, in the order of the schema."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts_in(inner, (*path, str(key)))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from texts_in(inner, (*path, position))
