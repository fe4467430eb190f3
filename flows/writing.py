"""Steps that change something on the platform: no runner tries them again by itself.

A lost answer does not say whether the platform did what was asked, or is still at it; what may be
done again, and when, is the step's own affair.
"""

from collections.abc import Callable
from typing import TypeVar

Step = TypeVar("Step", bound=Callable[..., object])

_WRITING: set[Callable[..., object]] = set()


def writes(step: Step) -> Step:
    """Mark a step as one that changes something on the platform."""
    _WRITING.add(step)
    return step


def may_be_tried_again(step: Callable[..., object]) -> bool:
    """Whether a step only reads, so that a failure may be followed by another try."""
    return step not in _WRITING
