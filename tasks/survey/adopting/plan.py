"""Where the items of an adopted questionnaire stand in the model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from config.maturity_model import ItemKind
from tasks.survey.adopting.drafts import Draft, Drafted, drafted
from tasks.survey.adopting.gathered import Questionnaire, Texts
from tasks.survey.adopting.lists import Scale


@dataclass(frozen=True)
class DraftDimension:
    """A subject to be: its stage question first."""

    label: Texts
    description: Texts
    items: tuple[Draft, ...]

    @property
    def stage(self) -> Draft:
        """The question that gives the level."""
        return self.items[0]


@dataclass(frozen=True)
class Plan:
    """A whole model to be."""

    scale: Scale
    profile: tuple[Draft, ...]
    dimensions: tuple[DraftDimension, ...]
    others: tuple[Draft, ...]
    unread: tuple[str, ...]


def plan(questionnaire: Questionnaire, scale: Scale) -> Plan:
    """Put every item in its place.

    A question on the levels makes a dimension. What stands before the first of them is profile.
    A second ordered list and a free text right after it are the dimension's coherence and
    comment, when at least half of the dimensions have them; all else stands with the others.
    """
    asked = drafted(questionnaire.questions, scale)
    stages = [
        place
        for place, one in enumerate(asked)
        if any(d.kind is ItemKind.STAGE for d in one.drafts)
    ]
    followers = _followers(asked, stages)
    taken = {place for mine in followers.values() for place in mine}
    dimensions = [
        dimension
        for place in stages
        for dimension in _dimensions(asked[place], [asked[at] for at in followers.get(place, ())])
    ]
    rest = [at for at in range(len(asked)) if at not in taken and at not in stages]
    return Plan(
        scale=scale,
        profile=tuple(d for at in rest if at < stages[0] for d in asked[at].drafts),
        dimensions=tuple(dimensions),
        others=tuple(d for at in rest if at > stages[0] for d in asked[at].drafts),
        unread=tuple(one.question.code for one in asked if not one.drafts),
    )


def _dimensions(stage: Drafted, followers: Sequence[Drafted]) -> list[DraftDimension]:
    """The dimensions of a question: one for each of its rows, or one with all that follows."""
    if stage.only is None:
        return [DraftDimension(one.short, one.texts, (one,)) for one in stage.drafts]
    after = tuple(_as_follower(draft) for one in followers for draft in one.drafts)
    return [DraftDimension(stage.only.short, stage.only.texts, (*stage.drafts, *after))]


def _as_follower(draft: Draft) -> Draft:
    kinds = {ItemKind.SCALE: ItemKind.COHERENCE, ItemKind.TEXT: ItemKind.COMMENT}
    return replace(draft, kind=kinds[draft.kind])


def _followers(asked: Sequence[Drafted], stages: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """For each dimension, the questions after it that are its own."""
    single = [place for place in stages if asked[place].only is not None]
    second = {place: place + 1 for place in single if _is(asked, place + 1, ItemKind.SCALE)}
    if not _habit(second, single):
        second = {}
    last = {
        place: at
        for place in single
        if _is(asked, at := second.get(place, place) + 1, ItemKind.TEXT)
    }
    if not _habit(last, single):
        last = {}
    return {
        place: tuple(found[place] for found in (second, last) if place in found) for place in single
    }


def _is(asked: Sequence[Drafted], place: int, kind: ItemKind) -> bool:
    if place >= len(asked) or len(asked[place].drafts) != 1:
        return False
    return asked[place].drafts[0].kind is kind and asked[place].drafts[0].column is None


def _habit(found: dict[int, int], single: Sequence[int]) -> bool:
    return len(found) > 1 and 2 * len(found) >= len(single)
