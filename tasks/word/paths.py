"""The values that a template reads, as paths: `axes[].dimensions[].title`.

A name that a loop or `{% set %}` gives is followed to where it comes from, so that two templates
can be compared whatever they call their loops' variables.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes

_SAME = frozenset(("list", "sort", "reverse", "unique", "select", "reject"))  # filters of a list

Scope = dict[str, str | None]  # name → path; None: no value of the context


def used_paths(tree: nodes.Template) -> dict[str, int]:
    """Return each path that a template reads → the first line that does.

    Items of a list are `[]`. Values that are computed (calls, conditions) have no path.
    """
    found: dict[str, int] = {}
    _walk(tree, {}, found)
    return found


def known_paths(context: Mapping[str, Any]) -> frozenset[str]:
    """Return every path of a context; a list has the paths of all its items."""
    return frozenset(_paths_of("", context))


def _paths_of(path: str, value: Any) -> Iterator[str]:  # noqa: ANN401
    if path:
        yield path
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _paths_of(f"{path}.{key}" if path else str(key), inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _paths_of(f"{path}[]", inner)


def _walk(node: nodes.Node, scope: Scope, found: dict[str, int]) -> None:
    if isinstance(node, nodes.For):
        _walk_loop(node, scope, found)
        return
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        _walk(node.node, scope, found)
        scope[node.target.name] = _path(node.node, scope)
        return
    path = _path(node, scope)
    if path is not None:
        found.setdefault(path, node.lineno)
    for child in node.iter_child_nodes():
        _walk(child, scope, found)


def _walk_loop(loop: nodes.For, scope: Scope, found: dict[str, int]) -> None:
    _walk(loop.iter, scope, found)
    over = _path(loop.iter, scope)
    inner: Scope = {**scope, "loop": None}
    for name in loop.target.find_all(nodes.Name):
        inner[name.name] = None
    if isinstance(loop.target, nodes.Name):
        inner[loop.target.name] = None if over is None else f"{over}[]"
    for child in filter(None, (loop.test, *loop.body)):
        _walk(child, inner, found)
    for child in loop.else_:
        _walk(child, scope, found)


def _path(node: nodes.Node, scope: Scope) -> str | None:
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        base = _path(node.node, scope)
        return None if base is None else f"{base}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return _item(node, _path(node.node, scope))
    if isinstance(node, nodes.Filter) and node.name in _SAME and node.node is not None:
        return _path(node.node, scope)
    return None


def _item(node: nodes.Getitem, base: str | None) -> str | None:
    if base is None or isinstance(node.arg, nodes.Slice):
        return base
    key = node.arg.value if isinstance(node.arg, nodes.Const) else None
    return f"{base}.{key}" if isinstance(key, str) else f"{base}[]"
