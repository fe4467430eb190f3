"""An export that holds fewer responses than were known: deleted, or left out of the export?"""

from collections.abc import Iterable, Iterator, Mapping

from tasks.survey.exports.refusals import refusal
from tasks.survey.source import RawResponse, given, response_id

FEW, SHARE = 2, 0.1  # up to two responses, or a tenth of them, may be gone without a question

Window = tuple[RawResponse, ...]


def losing_none(
    windows: Iterable[Window], before: Mapping[int, bool], name: str, language: str
) -> Iterator[Window]:
    """Hand windows on; stop at their end when too many responses known before are not in them.

    Deleting responses is rare; exporting « réponses complètes uniquement », or a range of
    numbers, is a slip. Nothing is stored when this stops.

    Args:
        windows: of an export that may have been filtered; an archive never is.
        before: the responses of the pull before, by number: whether complete (`completion`).
        name: of the file.
        language: of the error.

    Raises:
        PlatformError: the file has lost more than a few, or every partial response.
    """
    seen: dict[int, bool] = {}
    for window in windows:
        seen |= completion(window)
        yield window
    gone = {number: complete for number, complete in before.items() if number not in seen}
    if len(gone) > max(FEW, SHARE * len(before)) or _filtered(gone, seen):
        raise refusal(
            "Le fichier « {name} » n’a plus {gone} des {known} réponses relevées la fois "
            "précédente. Il a sans doute été filtré à l’export ; rien n’a été changé. Si ces "
            "réponses ont bien été supprimées, déposez l’archive (.lsa), qui n’est jamais filtrée.",
            language,
            name=name,
            gone=len(gone),
            known=len(before),
        )


def completion(responses: Iterable[RawResponse]) -> dict[int, bool]:
    """Response number → whether it was sent to the end."""
    return {response_id(one): given(one, "submitdate") is not None for one in responses}


def _filtered(gone: Mapping[int, bool], seen: Mapping[int, bool]) -> bool:
    """Whether the export was limited to complete responses: partial ones went, none is left."""
    return bool(gone) and not any(gone.values()) and all(seen.values())
