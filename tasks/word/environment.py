"""The jinja environment in which templates run: nothing but fields, loops and conditions."""

from collections.abc import Callable
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tasks.word.anchors import anchor_key
from tasks.word.values import clean_text, finalize

MAX_REPEAT = 1_000_000
_KEPT_GLOBALS = ("range", "namespace", "cycler", "joiner", "dict")
_DROPPED_FILTERS = ("safe", "random", "pprint", "xmlattr", "urlize", "tojson")
_WIDENING_FILTERS = ("center", "format", "indent")
_WIDENING = frozenset(("center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map"))
_REFUSED_TAGS = (
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Extends,
    nodes.ScopedEvalContextModifier,
    nodes.EvalContextModifier,
)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Sandboxed; a name that does not exist is an error; what is printed is cleaned."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - jinja's own signature
        """Read `obj.attribute`; for a dictionary the key comes before the method."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Refuse the methods of texts that can make them as long as one likes."""
        if isinstance(obj, str) and attr in _WIDENING:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401
        """Make no exception for `format`: it is refused like its like."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Calculate, unless the result could fill the memory."""
        formatting = operator == "%" and isinstance(left, str)
        if operator == "**" or formatting or _product_size(left, right) > MAX_REPEAT:
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


def _product_size(left: Any, right: Any) -> int:  # noqa: ANN401
    for one, other in ((left, right), (right, left)):
        if isinstance(one, (str, bytes, list, tuple)) and isinstance(other, int):
            return len(one) * other
    return 0


def _environment(*, autoescape: bool, printer: Callable[[Any], Any]) -> TemplateEnvironment:
    environment = TemplateEnvironment(
        autoescape=autoescape, undefined=StrictUndefined, finalize=printer
    )
    environment.globals = {name: environment.globals[name] for name in _KEPT_GLOBALS}
    for name in _DROPPED_FILTERS + _WIDENING_FILTERS:
        del environment.filters[name]
    environment.filters["anchor_key"] = anchor_key
    return environment


XML = _environment(autoescape=True, printer=finalize)
"""For parts: values are escaped."""

TEXT = _environment(autoescape=False, printer=lambda value: clean_text(str(finalize(value))))
"""For document properties: lxml escapes them afterwards."""


def refused_expression(tree: nodes.Template) -> tuple[int, str] | None:
    """Return line and name of the first thing a template may not do, None when it behaves.

    Refused at once, before any render: names that begin with an underscore (the way out of
    the sandbox), other files, and switching the escaping off.
    """
    for node in tree.find_all(_REFUSED_TAGS):
        return node.lineno, type(node).__name__.lower()
    for access in tree.find_all((nodes.Getattr, nodes.Getitem)):
        name = _accessed_name(access)
        if name.startswith("_"):
            return access.lineno, name
    return None


def _accessed_name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return node.attr
    key = node.arg if isinstance(node, nodes.Getitem) else None
    return key.value if isinstance(key, nodes.Const) and isinstance(key.value, str) else ""
