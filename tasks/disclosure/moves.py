"""Could somebody's change of mind be read from a distribution before and after the interviews?

The difference of the two is what those who revised did, all together: whoever holds both reads
« one person less here, one more there ». The rule is that of the moves told one by one: they are
of nobody, or of `MIN_MOVE` people at least. It holds for each issue and for the difference of any
two: three changed their mind last week, a fourth did this week.

What each pair of margins leaves for a move between two answers are the bounds of M. Fréchet (see
A. Hundepool et al., "Statistical Disclosure Control", 2012, § 4.4).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tasks.interviews.merging import MIN_MOVE

UNTOLD = ""
"""Where those come from who had not answered at all before they were met."""

Net = Mapping[str, int]
"""Answer → people more that gave it (fewer: below zero); it comes to zero over all answers."""


@dataclass(frozen=True)
class Change:
    """What an issue tells of those who changed their mind on a dimension.

    Attributes:
        net: the distribution after the interviews, less the one before.
        moves: "S2>S3" → people, of the moves told one by one.
    """

    net: Net
    moves: Mapping[str, int] = field(default_factory=dict)

    @property
    def rest(self) -> Net:
        """The difference once the moves told one by one are taken off."""
        told: Counter[str] = Counter()
        for move, people in self.moves.items():
            origin, _, target = move.partition(">")
            told[f"level.{origin}"] -= people
            told[f"level.{target}"] += people
        return _less(self.net, told)


def change(
    before: Mapping[str, int], after: Mapping[str, int], moves: Mapping[str, int] | None = None
) -> Change:
    """The change between two rows of the same people, as `tables.row_of` writes them."""
    net = Counter(_less(after, before))
    net[UNTOLD] -= net.total()
    return Change(net, moves or {})


def tells_a_move(now: Change, former: Iterable[Change]) -> bool:
    """Do the distributions of this issue, beside those of earlier ones, tell a move of few?"""
    return any(singles_out(net) for net in (now.net, *(_less(now.net, f.net) for f in former)))


def lists_a_move(now: Change, former: Sequence[Change]) -> bool:
    """Do the moves told one by one leave a move of few, or differ by few from earlier ones?"""
    steps = [now.moves[m] - f.moves[m] for f in former for m in now.moves.keys() & f.moves.keys()]
    if any(0 < abs(step) < MIN_MOVE for step in steps):
        return True
    return any(singles_out(net) for net in (now.rest, *(_less(now.rest, f.rest) for f in former)))


def singles_out(net: Net) -> bool:
    """Did somebody move, but fewer than `MIN_MOVE`; or is one move known to be of so few?

    Of all who moved, some left an answer and some came to another. At least
    left + came − all went from the one to the other, and at most the smaller of both.
    """
    left = [-people for people in net.values() if people < 0]
    came = [people for people in net.values() if people > 0]
    everybody = sum(left)
    if everybody < MIN_MOVE:
        return everybody > 0
    return any(
        out + into > everybody and min(out, into) < MIN_MOVE for out in left for into in came
    )


def _less(these: Mapping[str, int], those: Mapping[str, int]) -> dict[str, int]:
    answers = these.keys() | those.keys()
    return {answer: these.get(answer, 0) - those.get(answer, 0) for answer in answers}
