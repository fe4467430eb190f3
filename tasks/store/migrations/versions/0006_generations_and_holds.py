"""Which import a campaign's survey comes from, and what one run at a time may do."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("imported_at", sa.String(32)))
    op.add_column("campaigns", sa.Column("generation", sa.String(32)))
    op.create_table(
        "holds",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("holds")
    op.drop_column("campaigns", "generation")
    op.drop_column("campaigns", "imported_at")
