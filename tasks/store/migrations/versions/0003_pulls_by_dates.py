"""Pulls by dates: which pulls compared everything, and the date of each response's content."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("pulls", sa.Column("kind", sa.String(16), nullable=False, server_default="full"))
    op.add_column("response_versions", sa.Column("dated", sa.String(32)))


def downgrade() -> None:
    op.drop_column("response_versions", "dated")
    op.drop_column("pulls", "kind")
