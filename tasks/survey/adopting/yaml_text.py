"""YAML for people: what was found, and comments that say what is left to do."""

import io
import re
from collections.abc import Iterable, Mapping

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

TO_DO = "À COMPLÉTER"
SHORT = 60  # characters that stand on one line
STEP = 2  # spaces of a rank; the entries of a list stand two ranks in

Value = object


def mapping(values: Mapping[str, Value] | Iterable[tuple[str, Value]]) -> CommentedMap:
    """Keys and values in this order; None and empty lists are left out."""
    pairs = values.items() if isinstance(values, Mapping) else values
    return CommentedMap(
        (key, value) for key, value in pairs if value is not None and value != [] and value != {}
    )


def texts(found: Mapping[str, str]) -> CommentedMap:
    """A text in each language, on one line when all of it is short and plain."""
    made = CommentedMap(found)
    plain = all(re.fullmatch(r"[\w '’–-]+", text) for text in found.values())
    if plain and sum(map(len, found.values())) <= SHORT:
        made.fa.set_flow_style()
    return made


def sequence(values: Iterable[Value]) -> CommentedSeq:
    """A list, one entry a line."""
    return CommentedSeq(values)


def in_line(values: Iterable[Value]) -> CommentedSeq:
    """A short list on one line."""
    found = CommentedSeq(values)
    found.fa.set_flow_style()
    return found


def comment(holder: CommentedMap, key: str, text: str, ranks: int = 0) -> None:
    """Write a comment above a key.

    Args:
        holder: the mapping that has the key, in place.
        key: the key; nothing happens without it.
        text: one or several lines.
        ranks: how deep the key stands (a list counts two).
    """
    if key in holder:
        holder.yaml_set_comment_before_after_key(key, before=text, indent=STEP * ranks)


def written(data: CommentedMap, heading: str) -> str:
    """The file: a heading in comments, then the data."""
    data.yaml_set_start_comment(heading)
    yaml = YAML()
    yaml.indent(mapping=STEP, sequence=2 * STEP, offset=STEP)
    yaml.width = 96
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda *_: True  # the product's reader refuses them
    stream = io.StringIO()
    yaml.dump(data, stream)
    # a long text is folded after a space, which means nothing at the end of a line
    return "\n".join(line.rstrip(" ") for line in stream.getvalue().split("\n"))
