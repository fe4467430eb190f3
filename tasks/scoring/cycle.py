"""Where a dimension stands on the cycle, which transition comes next, and the path over waves.

A declared return arrow (DataCités: from the last stage to the third) is a new turn of the cycle.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from config.maturity_model import ItemKind, MaturityModel, Topology
from config.study import Study
from tasks.frames import ANSWERED
from tasks.results import CycleStanding, Reading, ReadingKind, WaveChange, Withheld
from tasks.scoring.disclosure import withheld_groups

ALONE = ""
"""The group of those who answered in one of two waves alone: no path is called so."""


def standing(reading: Reading, model: MaturityModel) -> CycleStanding | None:
    """Where a reading stands on the drawing of a cycle, and the next transition.

    The next transition leads to the level after the (lower) one reached; from the last level, to
    the target of its return arrow. Divided views have no common next transition.

    Returns:
        None when the model is no cycle, or nothing may be said of the dimension.
    """
    if model.topology is not Topology.CYCLE or not reading.levels:
        return None
    if reading.kind is ReadingKind.TWO_READINGS:
        return CycleStanding(reading.levels, None, new_turn=False)
    place = model.level_codes.index(reading.levels[0]) + 1
    if place < len(model.level_codes):
        return CycleStanding(reading.levels, model.level_codes[place], new_turn=False)
    target = dict(_arrows(model)).get(reading.levels[0])
    return CycleStanding(reading.levels, target, new_turn=target is not None)


def wave_changes(
    before: pd.DataFrame,
    after: pd.DataFrame,
    model: MaturityModel,
    before_version: str,
    study: Study,
) -> tuple[WaveChange, ...]:
    """The paths between two waves: same wording and same people only.

    Args:
        before: answers of the former wave (ANSWERS contract); pseudonyms are those of `after`.
        after: answers of this wave.
        model: the model of this wave. Items of the former wave are found through its `replaces`
            table for `before_version`; codes that the table leaves out kept their wording.
            Versions that the table does not know cannot be compared.
        before_version: the version of the model in the former wave.
        study: its smallest group and the pairs under which nothing is said.

    Returns:
        One change per dimension that can be compared. Paths are told by `min_pairs` pairs on;
        those of fewer than `min_group` people are not, nor what would give them away; nor what
        would give away those who answered in one wave alone, by subtraction from its table.
    """
    former, now = _renamed(before, model, before_version), _levels(after)
    if former is None:
        return ()
    pairs = former.merge(now, on=["item", "respondent"], suffixes=("_before", "_after"))
    paths = pairs.groupby(["item", "level_before", "level_after"]).size().reset_index()
    counted: dict[str, Counter[str]] = {}
    for item, start, end, people in paths.itertuples(index=False, name=None):
        counted.setdefault(item, Counter())[f"{start}>{end}"] += people
    found = ((d.code, d.item(ItemKind.STAGE)) for d in model.dimensions)
    comparable = set(former["item"])
    people = [Counter(wave["item"]) for wave in (former, now)]
    return tuple(
        _change(
            code, counted.get(item.code, Counter()), [n[item.code] for n in people], model, study
        )
        for code, item in found
        if item and item.code in comparable
    )


def _change(
    dimension: str,
    paths: Counter[str],
    waves: Sequence[int],
    model: MaturityModel,
    study: Study,
) -> WaveChange:
    """The paths of a dimension; `waves`: how many people gave a level in each wave."""
    if paths.total() < study.thresholds.min_pairs:
        return WaveChange(dimension, paths.total(), {}, 0)
    groups = {path: Counter({path: people}) for path, people in sorted(paths.items())}
    hidden = withheld_groups(groups, study.confidentiality.min_group)
    for people in waves:  # whoever is in one wave alone is hidden with the small paths
        alone = {ALONE: Counter({ALONE: people - paths.total()})}
        hidden = withheld_groups(
            groups | alone, study.confidentiality.min_group, hidden | {ALONE: Withheld.SMALL_GROUP}
        )
    shown = {path: paths[path] for path in groups if path not in hidden}
    turns = sum(shown.get(f"{origin}>{target}", 0) for origin, target in _arrows(model))
    return WaveChange(dimension, paths.total(), shown, turns, withheld=len(shown) < len(paths))


def _arrows(model: MaturityModel) -> tuple[tuple[str, str], ...]:
    return tuple((arrow.origin, arrow.target) for arrow in model.return_arrows)


def _renamed(before: pd.DataFrame, model: MaturityModel, version: str) -> pd.DataFrame | None:
    """The former wave's levels under today's codes; None when the versions do not compare."""
    if version == model.version:
        return _levels(before)
    table = next((entry for entry in model.replaces if entry.version == version), None)
    if table is None:
        return None
    levels = _levels(before)
    items = levels["item"].map(_mapping(table.items, levels["item"]))
    steps = levels["level"].map(_mapping(table.levels, levels["level"]))
    known = steps.isin(model.level_codes)
    return levels.assign(item=items, level=steps)[known].dropna()


def _mapping(renamed: Mapping[str, str], codes: "pd.Series[str]") -> dict[str, str]:
    """Old code → new code; an old code whose name now means something else has no new one."""
    kept = {code: code for code in codes.unique() if code not in renamed.values()}
    return {**kept, **renamed}


def _levels(answers: pd.DataFrame) -> pd.DataFrame:
    stage = answers[(answers["kind"] == ItemKind.STAGE.value) & (answers["state"] == ANSWERED)]
    return stage[["item", "respondent", "level"]].astype(object).dropna()
