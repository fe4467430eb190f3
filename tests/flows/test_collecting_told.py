"""What staff are told of a scan, in sentences that stay short however much went wrong."""

import pytest

from config.loading import load_model, load_study
from config.settings import Settings
from flows.collecting import Gathered, remarks
from tasks.interviews.collecting import Collected, Refused, Source
from tasks.interviews.form import Form
from tasks.interviews.model import Notes


def told(*sources: Source, lost: tuple[Source, ...] = ()) -> list[str]:
    """The remarks on these sources, with plain spaces."""
    home = Settings()
    study = load_study("demo", home)
    form = Form(load_model("datacites2", home).model, study, study.waves[0])
    collected = Collected(sources, (Refused("x.docx", "Illisible."),), Notes(), lost=lost)
    gathered = Gathered("fr", form, collected, (), None, (), 0)
    return [one.replace("\u00a0", " ") for one in remarks(gathered, words=True)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (1, "P01.docx : un champ a été effacé (« Titre 0 », Levier)."),
        (25, "P01.docx : 25 champs ont été effacés (« Titre 0 », Levier ; « Titre 1 », Levier ;"),
    ],
)
def test_fields_that_were_deleted_are_one_sentence(fields: int, said: str) -> None:
    """A guide whose fields were deleted gives one remark, not one for each field."""
    places = tuple(f"« Titre {number} », Levier" for number in range(fields))
    found = [one for one in told(Source("P01.docx", Notes(), places)) if one.startswith("P01")]
    assert len(found) == 1
    assert found[0].startswith(said)
    assert found[0].endswith("n’est pas lu.")
    assert "Titre 6" not in found[0]


def test_a_file_that_cannot_be_read_again_is_not_said_to_be_lost() -> None:
    """It may lie in the folder all the same: what it said before counts, and that is said."""
    found = told(lost=(Source("Notes.xlsx", Notes()),))
    assert any("Les notes déjà lues dans Notes.xlsx comptent encore" in one for one in found)
    assert not any("retrouvé" in one for one in found)
