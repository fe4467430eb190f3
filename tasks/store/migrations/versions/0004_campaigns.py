"""How far each campaign is: imported, opened, closed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("study", sa.String(32), primary_key=True),
        sa.Column("wave", sa.String(32), primary_key=True),
        sa.Column("survey_id", sa.Integer, nullable=False),
        sa.Column("import_began_at", sa.String(32)),
        sa.Column("opened_at", sa.String(32)),
        sa.Column("closed_at", sa.String(32)),
        sa.Column("finished_at", sa.String(32)),
    )


def downgrade() -> None:
    op.drop_table("campaigns")
