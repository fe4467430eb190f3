"""A template that was restyled between two issues: its new look reaches the file of staff.

Only what nobody redefined follows: a style, the defaults or the theme that are still those of the
last generation. LibreOffice writes all of them anew: then the file keeps its look.
"""

from copy import deepcopy

from lxml import etree

from tasks.word.merge.carrier import Carrier
from tasks.word.merge.names import NUM_ID, VAL, swap, w
from tasks.word.merge.opening import parse_part
from tasks.word.merge.versions import Version
from tasks.word.package import Package

_RELATED = ("basedOn", "next", "link")
_REVISION = w("rsid")


def restyle(carrier: Carrier, base: Version, new: Version) -> bool:
    """Bring the look of the template up to date; return False when some of it had to stay.

    Args:
        carrier: the edited file, merged already.
        base: the last generation.
        new: this one.
    """
    if base is new:
        return True
    followed = _follow_theme(carrier, base.package, new.package)
    names = [version.package.linked(version.package.main, "styles") for version in (base, new)]
    part = carrier.linked(carrier.main, "styles")
    if names[0] is None or names[1] is None or part is None:
        return followed
    if base.package.parts[names[0]] == new.package.parts[names[1]]:
        return followed
    here = _named(carrier.root(part))
    before = _named(parse_part(base.package, names[0]))
    after = _named(parse_part(new.package, names[1]))
    for key in before.keys() & after.keys():
        if _exact(before[key]) == _exact(after[key]):
            continue
        if key in here and _exact(here[key]) == _exact(before[key]) and _fits(after[key], here):
            swap(here[key], deepcopy(after[key]))
            carrier.touch(part)
        elif key not in here or _exact(here[key]) != _exact(after[key]):
            followed = False
    return followed


def _follow_theme(carrier: Carrier, base: Package, new: Package) -> bool:
    old, fresh = base.linked(base.main, "theme"), new.linked(new.main, "theme")
    here = carrier.linked(carrier.main, "theme")
    if old is None or fresh is None or here is None:
        return True
    if base.parts[old] == new.parts[fresh]:
        return True
    before, after = _canonical(parse_part(base, old)), _canonical(parse_part(new, fresh))
    own = _canonical(carrier.root(here))
    if before == after or own == after:
        return True
    if own == before and not new.links(fresh):
        carrier.put(here, new.parts[fresh])
        return True
    return False


def _named(root: etree._Element) -> dict[str, etree._Element]:
    """Return the definitions of a styles part by id; the defaults are under no id."""
    found = {style.get(w("styleId"), ""): style for style in root.findall(w("style"))}
    defaults = root.find(w("docDefaults"))
    return found if defaults is None else {**found, "": defaults}


def _fits(style: etree._Element, here: dict[str, etree._Element]) -> bool:
    """Tell whether a style leans on nothing that the file of staff lacks."""
    related = (style.find(w(name)) for name in _RELATED)
    known = all(found is None or found.get(VAL) in here for found in related)
    return known and next(style.iter(NUM_ID), None) is None


def _exact(style: etree._Element) -> bytes:
    copied = deepcopy(style)
    for mark in copied.findall(_REVISION):
        copied.remove(mark)
    return _canonical(copied)


def _canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
