"""Who is on the list twice: the same address, so the same person, under two numbers."""

from collections import defaultdict
from collections.abc import Iterable

from tasks.campaign.mailing.model import MailLine, MailStatus
from tasks.campaign.platform import MailState
from tasks.survey.source import Participant


def behind_another(
    people: Iterable[Participant], states: Iterable[MailState], lines: Iterable[MailLine]
) -> frozenset[int]:
    """Numbers of those who are on the list once more already, further on.

    The number that counts for a person is one that has answered, else one that was invited, else
    the first.

    Args:
        people: the platform's participants, with their addresses, which are not kept.
        states: the platform's record of their mails.
        lines: the ledger of their mails.
    """
    sent = {line.platform_id for line in lines if line.status is MailStatus.SENT}
    invited = sent | {one.platform_id for one in states if one.invited_at or one.reminders}
    same: defaultdict[str, list[Participant]] = defaultdict(list)
    for person in people:
        if address := person.email.strip().casefold():
            same[address].append(person)
    return frozenset(
        person.platform_id for twins in same.values() for person in _others(twins, invited)
    )


def _others(twins: list[Participant], invited: set[int]) -> list[Participant]:
    return sorted(
        twins,
        key=lambda one: (not one.completed, one.platform_id not in invited, one.platform_id),
    )[1:]
