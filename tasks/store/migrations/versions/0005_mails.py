"""The ledger of invitations and reminders: each one once."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.String(32), nullable=False),
        sa.Column("wave", sa.String(32), nullable=False),
        sa.Column("platform_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("before", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("reserved_at", sa.String(32), nullable=False),
        sa.Column("settled_at", sa.String(32)),
        sa.UniqueConstraint(
            "study",
            "wave",
            "platform_id",
            "kind",
            "number",
            name="uq_mails_study_wave_platform_id_kind_number",
        ),
    )


def downgrade() -> None:
    op.drop_table("mails")
