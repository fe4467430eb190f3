"""Who is asked what: the sides of an item as a condition in LimeSurvey's expressions."""

from collections.abc import Iterable, Sequence

from config.maturity_model import Item, MaturityModel
from config.study import Mode, ProfileAttribute, Study
from tasks.survey.building.reading import Reading

EVERYBODY = "1"


def relevance(model: MaturityModel, study: Study, items: Sequence[Item]) -> str:
    """The condition under which a question that these items read is asked.

    A side comes from a profile question (`ROLE.NAOK == "DN"`) or, where the platform knows its
    participants, from one of their attributes. Where it can be known from neither, everybody is
    asked: an answer too many is set aside later, an answer that was never asked is lost.
    """
    if not all(item.asked_of for item in items) or study.side_rule is None:
        return EVERYBODY
    rule = study.side_rule
    wanted = {side for item in items for side in item.asked_of}
    values = [value for value, side in rule.values.items() if side in wanted]
    attribute = next((one for one in study.profile if one.code == rule.attribute), None)
    if attribute is None or not values:
        return EVERYBODY
    return _condition(model, study, attribute, values)


def _condition(
    model: MaturityModel, study: Study, attribute: ProfileAttribute, values: Iterable[str]
) -> str:
    if attribute.item is not None:
        item = model.item(attribute.item)
        reading = Reading.of(item)
        variable = "_".join((reading.base, *reading.parts))
        return _any_of(f"{variable}.NAOK", _codes(model, item, values))
    if attribute.participant is not None and study.confidentiality.mode is Mode.CONFIDENTIAL:
        return _any_of(f"TOKEN:{attribute.participant.upper()}", values)
    return EVERYBODY


def _codes(model: MaturityModel, item: Item, values: Iterable[str]) -> list[str]:
    """Option codes of values that are codes, or labels in any language."""
    codes = {option.code: option.code for option in model.options(item)}
    labels = {
        text: option.code
        for option in model.options(item)
        if option.label
        for text in option.label.root.values()
    }
    return [*dict.fromkeys((labels | codes).get(value, value) for value in values)]


def _any_of(variable: str, values: Iterable[str]) -> str:
    quoted = [_quoted(value) for value in values]
    known = [text for text in quoted if text is not None]
    if len(known) < len(quoted):
        return EVERYBODY
    return " or ".join(f"{variable} == {text}" for text in known)


def _quoted(value: str) -> str | None:
    """A value between quotation marks; None with both kinds in it, which LimeSurvey cannot read."""
    mark = "'" if '"' in value else '"'
    return None if mark in value else mark + value.replace("\\", "\\\\") + mark
