"""Opening a campaign: the questionnaire imported, read back, and open to answers.

Each step can be run again: what is done already is left as it is.

    desk = Desk(platform, store, model, study, wave)
    ensure_survey(desk); ensure_participants(desk); ensure_active(desk)
"""

from tasks.campaign.opening.desk import Desk
from tasks.campaign.opening.importing import ensure_survey
from tasks.campaign.opening.settings import attribute_labels, setting_remarks
from tasks.campaign.opening.starting import ensure_active, ensure_participants

__all__ = [
    "Desk",
    "attribute_labels",
    "ensure_active",
    "ensure_participants",
    "ensure_survey",
    "setting_remarks",
]
