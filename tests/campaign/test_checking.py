"""`maturity check` of a campaign: what to do next is what the team can do."""

from rich.console import Console

from flows.checking import check_study
from tests.campaign.staff import STUDY, Staff


def checked(staff: Staff) -> str:
    """What the check says, on one line with plain spaces."""
    console = Console(record=True, width=400)
    check_study(STUDY, "", staff.settings, console)
    return console.export_text().replace("\u00a0", " ")


def test_before_the_opening_the_check_names_the_opening(staff: Staff) -> None:
    """A survey that is not there yet is opened, not looked for under another number."""
    assert "maturity open essai" in checked(staff)
    assert "Vérifiez « survey_id »" not in checked(staff)


def test_an_open_campaign_holds(opened: Staff) -> None:
    """Nothing is left to open once it is."""
    told = checked(opened)
    assert "maturity open" not in told
    assert "Le questionnaire correspond au modèle" in told
