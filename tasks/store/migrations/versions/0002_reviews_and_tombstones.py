"""Reviews of what may be printed, and tombstones of people erased at their request."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("pulls", sa.Column("erased", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "reviews",
        sa.Column("study", sa.String(32), primary_key=True),
        sa.Column("wave", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("respondent", sa.String(16), nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.String(32), nullable=False),
        sa.Column("wave", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("erased_at", sa.String(32), nullable=False),
        sa.UniqueConstraint(
            "study", "wave", "kind", "digest", name="uq_tombstones_study_wave_kind_digest"
        ),
    )


def downgrade() -> None:
    op.drop_table("tombstones")
    op.drop_table("reviews")
    op.drop_column("pulls", "erased")
