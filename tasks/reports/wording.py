"""Sentences on one distribution: what it says, what is shared, what is not, who did not say.

Counts always, a percentage only where the voice allows it; never a number on a level.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from config.maturity_model import Item, MaturityModel
from tasks.reports.voice import Voice
from tasks.reports.withheld import withheld_sentence
from tasks.results import Distribution, Reading, ReadingKind

SHARED_PART = 0.75
"""From this part of the answers on, one level or two neighbours are « what is shared »."""

MANY_SILENT = 1 / 3
"""From this part of « je ne sais pas » on, not knowing is itself told as a result."""


@dataclass(frozen=True)
class Scale:
    """The names of an ordered scale: the levels of a model, or the options of a question.

    Attributes:
        codes: lowest first.
        labels: code → name within a sentence.
        short: code → name on a chart or at the head of a column.
    """

    codes: tuple[str, ...]
    labels: Mapping[str, str]
    short: Mapping[str, str]

    @classmethod
    def of_levels(cls, model: MaturityModel, voice: Voice) -> "Scale":
        """The levels of a model."""
        return cls(
            model.level_codes,
            {level.code: voice.text(level.label) for level in model.levels},
            {level.code: voice.text(level.short) for level in model.levels},
        )

    @classmethod
    def of_item(cls, model: MaturityModel, item: Item, voice: Voice) -> "Scale":
        """The in-scale options of a question, quoted within sentences."""
        texts = {
            option.code: voice.say("{text}", text=model.option_text(item, option, voice.language))
            for option in model.options(item)
            if option.out_of_scale is None
        }
        return cls(tuple(texts), {code: voice.quoted(text) for code, text in texts.items()}, texts)

    def names(self, codes: tuple[str, ...]) -> list[str]:
        """The names of several codes, in the order given."""
        return [self.labels[code] for code in codes]


@dataclass(frozen=True)
class CommonGround:
    """One level, or two neighbours, that gather most answers."""

    levels: tuple[str, ...]
    people: int


def place(voice: Voice, scale: Scale, distribution: Distribution, reading: Reading | None) -> str:
    """Where a reading falls, for a table cell: « entre Éveil et Motricité »."""
    if reading is None or reading.kind is ReadingKind.NOBODY:
        return voice.say("personne ne se prononce")
    if reading.kind is ReadingKind.WITHHELD:
        return voice.say("non montré")
    names = scale.names(reading.levels)
    if len(names) == 1:
        return names[0]
    if reading.kind is ReadingKind.TWO_READINGS and _scattered(distribution, reading):
        return voice.say("réponses dispersées")
    if reading.kind is ReadingKind.BETWEEN:
        return voice.say("entre {low} et {high}", low=names[0], high=names[-1])
    return voice.say("deux lectures : {levels}", levels=voice.listing(names))


def reading_sentence(
    voice: Voice, scale: Scale, distribution: Distribution, reading: Reading
) -> str:
    """What a distribution over the levels says, in one or two sentences."""
    if distribution.counts is None or reading.kind is ReadingKind.WITHHELD:
        return withheld_sentence(voice, distribution.withheld)
    return _READINGS[reading.kind](voice, scale, distribution, reading)


def _nobody(voice: Voice, _scale: Scale, _distribution: Distribution, _reading: Reading) -> str:
    return voice.say(
        "Personne ne situe encore ce sujet : la question reste entière pour la suite de l’étude."
    )


def _one_level(voice: Voice, scale: Scale, distribution: Distribution, reading: Reading) -> str:
    counts, total, level = _counted(distribution), distribution.n, reading.levels[0]
    at, share = voice.at(scale.labels[level]), voice.share(counts[level], total)
    if counts[level] == total > 1:
        return voice.say(
            "Les points de vue se rejoignent : les {total} personnes qui se prononcent situent"
            " toutes ce sujet {at}.",
            total=total,
            at=at,
        )
    if counts[level] * 2 > total:
        return voice.say(
            "Plus de la moitié des personnes qui se prononcent ({share}) situent ce sujet {at}.",
            share=share,
            at=at,
        )
    if counts[level] * 2 == total:
        return voice.say(
            "La moitié des personnes qui se prononcent ({share}) situent ce sujet {at}.",
            share=share,
            at=at,
        )
    rivals = [code for code in modes(distribution) if code != level]
    if not rivals:
        return voice.say(
            "{level} est la description la plus choisie ({share}), sans réunir la moitié des"
            " réponses.",
            level=scale.labels[level],
            share=share,
        )
    if level in modes(distribution):
        return voice.count(
            "La réponse du milieu tombe {at} ({share}) ; une autre description est choisie aussi"
            " souvent : {others}.",
            "La réponse du milieu tombe {at} ({share}) ; d’autres descriptions sont choisies aussi"
            " souvent : {others}.",
            len(rivals),
            at=at,
            share=share,
            others=voice.listing(scale.labels[code] for code in rivals),
        )
    return voice.count(
        "La réponse du milieu tombe {at} ({share}), alors qu’une autre description est choisie"
        " plus souvent : {others}.",
        "La réponse du milieu tombe {at} ({share}), alors que d’autres descriptions sont choisies"
        " plus souvent : {others}.",
        len(modes(distribution)),
        at=at,
        share=share,
        others=_most_chosen(voice, scale, distribution),
    )


def _between(voice: Voice, scale: Scale, distribution: Distribution, reading: Reading) -> str:
    low, high = reading.levels[0], reading.levels[-1]
    counts = _counted(distribution)
    half = sum(counts[code] for code in scale.codes[: scale.codes.index(low) + 1])
    return voice.say(
        "La réponse du milieu tombe entre {low} et {high} : pour une moitié des personnes"
        " ({share}), le sujet ne dépasse pas {low} ; pour l’autre, il en est au moins à {high}.",
        low=scale.labels[low],
        high=scale.labels[high],
        share=voice.share(half, distribution.n),
    )


def _scattered(distribution: Distribution, reading: Reading) -> bool:
    """True when more levels share the first place than the reading can name."""
    return len(modes(distribution)) > len(reading.levels)


def _two_readings(voice: Voice, scale: Scale, distribution: Distribution, reading: Reading) -> str:
    if len(reading.levels) == 1:
        return _one_level(voice, scale, distribution, reading)
    if _scattered(distribution, reading):
        return voice.say(
            "Les réponses se dispersent : plusieurs descriptions sont choisies aussi souvent"
            " ({levels}).",
            levels=_most_chosen(voice, scale, distribution),
        )
    counts = _counted(distribution)
    readings = [
        f"{scale.labels[code]} ({voice.share(counts[code], distribution.n)})"
        for code in reading.levels
    ]
    return voice.say(
        "Deux lectures coexistent : {readings}. L’écart entre les deux est à comprendre, plutôt"
        " qu’à réduire à un point intermédiaire.",
        readings=voice.listing(readings),
    )


_READINGS: Mapping[ReadingKind, Callable[[Voice, Scale, Distribution, Reading], str]] = {
    ReadingKind.NOBODY: _nobody,
    ReadingKind.ONE_LEVEL: _one_level,
    ReadingKind.MODE: _one_level,
    ReadingKind.BETWEEN: _between,
    ReadingKind.TWO_READINGS: _two_readings,
}


def modes(distribution: Distribution) -> tuple[str, ...]:
    """The codes chosen most often, lowest first; none when nobody chose."""
    counts = _counted(distribution)
    highest = max(counts.values(), default=0)
    return tuple(code for code, count in counts.items() if count == highest > 0)


def _most_chosen(voice: Voice, scale: Scale, distribution: Distribution) -> str:
    counts = _counted(distribution)
    return voice.listing(
        f"{scale.labels[code]} ({voice.share(counts[code], distribution.n)})"
        for code in modes(distribution)
    )


def common_ground(distribution: Distribution) -> CommonGround | None:
    """The narrowest run of one or two neighbouring levels with `SHARED_PART` of the answers.

    A single level comes before two; between equals, the fuller one, then the lower one.
    """
    counts = _counted(distribution)
    codes, needed = distribution.codes, SHARED_PART * distribution.n
    if not distribution.n:
        return None
    for width in (1, 2):
        runs = [codes[start : start + width] for start in range(len(codes) - width + 1)]
        best = max(runs, key=lambda run: sum(counts[code] for code in run), default=())
        people = sum(counts[code] for code in best)
        if best and people >= needed and (width == 1 or len(codes) > width):
            return CommonGround(best, people)
    return None


def shared_sentence(voice: Voice, scale: Scale, distribution: Distribution) -> str:
    """What is shared: the run of levels most people describe, or that there is none."""
    if not distribution.n:
        return ""
    ground = common_ground(distribution)
    if ground is None:
        return voice.say(
            "Ni une description, ni deux descriptions voisines ne réunissent les trois quarts des"
            " réponses."
        )
    names = scale.names(ground.levels)
    if ground.people == distribution.n and len(names) == 1:
        return voice.say(
            "Toutes les réponses vont à la même description : {level}.", level=names[0]
        )
    if len(names) == 1:
        return voice.say(
            "{people} décrivent {level}.",
            people=voice.people_share(ground.people, distribution.n),
            level=names[0],
        )
    return voice.say(
        "{people} décrivent {low} ou {high}.",
        people=voice.people_share(ground.people, distribution.n),
        low=names[0],
        high=names[1],
    )


def unshared_sentence(voice: Voice, scale: Scale, distribution: Distribution) -> str:
    """What is not shared: the answers outside the common ground, or how far they reach."""
    if not distribution.n:
        return ""
    counts, ground = _counted(distribution), common_ground(distribution)
    if ground is None:
        seen = [code for code in distribution.codes if counts[code]]
        return voice.say(
            "Les réponses s’étendent entre {low} et {high}.",
            low=scale.labels[seen[0]],
            high=scale.labels[seen[-1]],
        )
    others = [code for code in distribution.codes if counts[code] and code not in ground.levels]
    if not others:
        return voice.say("Aucune réponse ne s’en écarte.")
    parts = [
        voice.count(
            "{count} personne décrit {level}",
            "{count} personnes décrivent {level}",
            counts[code],
            level=scale.labels[code],
        )
        for code in others
    ]
    return voice.say("{parts}.", parts=voice.listing(parts))


def _counted(distribution: Distribution) -> dict[str, int]:
    return dict(zip(distribution.codes, distribution.counts or (), strict=False))
