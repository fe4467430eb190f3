"""A model as an earlier version of it was, by its `replaces` table."""

from typing import Any

from config.maturity_model import MaturityModel


def as_in_version(model: MaturityModel, version: str) -> MaturityModel | None:
    """Return the model with the item and level codes of an earlier version, to read old answers.

    Args:
        model: the model of today.
        version: the version that a former wave ran on.

    Returns:
        The model itself for its own version; None when its table does not know that version.
    """
    if version == model.version:
        return model
    table = next((one for one in model.replaces if one.version == version), None)
    if table is None:
        return None
    items = {new: old for old, new in table.items.items()}
    levels = {new: old for old, new in table.levels.items()}
    return MaturityModel.model_validate(_renamed(model.model_dump(mode="json"), items, levels))


LEVEL_KEYS = frozenset({"level", "origin", "target", "in_favour_from"})


def _renamed(data: Any, items: dict[str, str], levels: dict[str, str]) -> Any:  # noqa: ANN401
    """Put the old codes in: of items (they have a `kind`), of levels wherever one is named."""
    if isinstance(data, list):
        return [_renamed(entry, items, levels) for entry in data]
    if not isinstance(data, dict):
        return data
    renamed = {key: _renamed(value, items, levels) for key, value in data.items()}
    if "kind" in renamed and renamed.get("code") in items:
        renamed["code"] = items[renamed["code"]]
    for key in LEVEL_KEYS & renamed.keys():
        renamed[key] = levels.get(renamed[key], renamed[key])
    if "levels" in renamed and "axes" in renamed:
        for level in renamed["levels"]:
            level["code"] = levels.get(level["code"], level["code"])
        renamed["replaces"] = []
    if "behaviours" in renamed:
        told = renamed["behaviours"]
        renamed["behaviours"] = {levels.get(code, code): text for code, text in told.items()}
    return renamed
