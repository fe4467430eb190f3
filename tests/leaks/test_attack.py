"""The attack test: random studies, three refreshes each, and somebody who kept every report.

The attacker holds the figures of all three issues, as far as the method lets them be compared
(`holder`), and knows who answered when and on which side.
It must find nobody's answer and no cell of a group under the threshold; on the same studies
without suppression it must. The other half of the studies is in `test_attack_others`.
"""

import pytest

from tests.leaks.holder import CHUNKS, found_in
from tests.leaks.lives import trusted_frames

__all__ = ["trusted_frames"]

pytestmark = pytest.mark.usefixtures("trusted_frames")


@pytest.mark.parametrize("number", range(CHUNKS // 2))
def test_three_issues_give_nobody_away(number: int) -> None:
    """No cell of a small group and nobody's answer follows from all the figures published."""
    assert found_in(number) == {}
