"""The participants list: read from Excel or CSV, planned against the platform, sent once.

roster = read_roster(content, "liste.xlsx", ListColumns.of(study, languages))
plan = plan_participants(roster, participants, language)
apply_plan(plan, platform, survey_id, language, hold)
"""

from tasks.campaign.roster.columns import ListColumns
from tasks.campaign.roster.example import example_list
from tasks.campaign.roster.model import Fault, Line, Plan, Roster
from tasks.campaign.roster.moving import without_moved
from tasks.campaign.roster.planning import doubled, plan_participants
from tasks.campaign.roster.reading import read_roster, refuse_doubtful, without_erased
from tasks.campaign.roster.sending import apply_plan, change_people, everybody

__all__ = [
    "Fault",
    "Line",
    "ListColumns",
    "Plan",
    "Roster",
    "apply_plan",
    "change_people",
    "doubled",
    "everybody",
    "example_list",
    "plan_participants",
    "read_roster",
    "refuse_doubtful",
    "without_erased",
    "without_moved",
]
