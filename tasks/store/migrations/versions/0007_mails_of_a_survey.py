"""Mails belong to one survey: imported anew, its participants are numbered from 1 again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

FORMER = "uq_mails_study_wave_platform_id_kind_number"
UNIQUE = "uq_mails_study_wave_survey_platform_id_kind_number"
KEY = ["study", "wave", "platform_id", "kind", "number"]

# What was sent before belongs to the survey that its campaign knows.
OF_THE_CAMPAIGN = """
UPDATE mails SET survey = COALESCE(
    (SELECT COALESCE(campaigns.generation, CAST(campaigns.survey_id AS VARCHAR(32)))
     FROM campaigns WHERE campaigns.study = mails.study AND campaigns.wave = mails.wave),
    '')
"""


def upgrade() -> None:
    with op.batch_alter_table("mails") as table:
        table.add_column(sa.Column("survey", sa.String(32), nullable=False, server_default=""))
        table.drop_constraint(FORMER, type_="unique")
        table.create_unique_constraint(UNIQUE, ["study", "wave", "survey", *KEY[2:]])
    op.execute(OF_THE_CAMPAIGN)


def downgrade() -> None:
    with op.batch_alter_table("mails") as table:
        table.drop_constraint(UNIQUE, type_="unique")
        table.create_unique_constraint(FORMER, KEY)
        table.drop_column("survey")
