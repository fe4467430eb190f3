"""The first tables: pins, people, pulls, responses, notes, issues, ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "model_pins",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.String(32), nullable=False),
        sa.Column("wave", sa.String(32), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("pinned_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_model_pins_study_wave", "model_pins", ["study", "wave"])
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("wave", sa.String(32)),
        sa.Column("response_id", sa.Integer),
        sa.UniqueConstraint("study", "number", name="uq_persons_study_number"),
        sa.UniqueConstraint(
            "study", "wave", "response_id", name="uq_persons_study_wave_response_id"
        ),
    )
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.String(32), nullable=False),
        sa.Column("wave", sa.String(32), nullable=False),
        sa.Column("token", sa.Text),
        sa.Column("platform_id", sa.Integer),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("firstname", sa.Text, nullable=False),
        sa.Column("lastname", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("attributes", sa.LargeBinary, nullable=False),
        sa.Column("completed", sa.Boolean, nullable=False),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("persons.id", name="fk_participants_person_id")
        ),
        sa.UniqueConstraint("study", "wave", "token", name="uq_participants_study_wave_token"),
    )
    op.create_table(
        "pulls",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.String(32), nullable=False),
        sa.Column("wave", sa.String(32), nullable=False),
        sa.Column("survey_id", sa.Integer, nullable=False),
        sa.Column("platform_version", sa.String(64)),
        sa.Column("pulled_at", sa.String(32), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        *(
            sa.Column(count, sa.Integer, nullable=False)
            for count in ("new", "changed", "returned", "unchanged", "deleted", "total")
        ),
    )
    op.create_index("ix_pulls_study_wave", "pulls", ["study", "wave"])
    op.create_table(
        "contents",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "response_versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.String(32), nullable=False),
        sa.Column("wave", sa.String(32), nullable=False),
        sa.Column("response_id", sa.Integer, nullable=False),
        sa.Column(
            "participant_id",
            sa.Integer,
            sa.ForeignKey("participants.id", name="fk_response_versions_participant_id"),
        ),
        sa.Column(
            "sha256",
            sa.String(64),
            sa.ForeignKey("contents.sha256", name="fk_response_versions_sha256"),
            nullable=False,
        ),
        sa.Column(
            "since",
            sa.Integer,
            sa.ForeignKey("pulls.id", name="fk_response_versions_since"),
            nullable=False,
        ),
        sa.Column(
            "until", sa.Integer, sa.ForeignKey("pulls.id", name="fk_response_versions_until")
        ),
        sa.UniqueConstraint(
            "study",
            "wave",
            "response_id",
            "since",
            name="uq_response_versions_study_wave_response_id_since",
        ),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.String(32), nullable=False),
        sa.Column("wave", sa.String(32), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_notes_study_wave", "notes", ["study", "wave"])
    op.create_table(
        "issues",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("study", sa.String(32), nullable=False),
        sa.Column("wave", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("issued_at", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("values", sa.LargeBinary, nullable=False),
        sa.Column("responses", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint(
            "study", "wave", "kind", "number", name="uq_issues_study_wave_kind_number"
        ),
    )
    op.create_table(
        "ledger",
        sa.Column("study", sa.String(32), primary_key=True),
        sa.Column("wave", sa.String(32), primary_key=True),
        sa.Column("breakdown", sa.String(128), primary_key=True),
        sa.Column(
            "pull",
            sa.Integer,
            sa.ForeignKey("pulls.id", name="fk_ledger_pull"),
            nullable=False,
        ),
        sa.Column("published_at", sa.String(32), nullable=False),
        sa.Column("answers", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "ledger",
        "issues",
        "notes",
        "response_versions",
        "contents",
        "pulls",
        "participants",
        "persons",
        "model_pins",
    ):
        op.drop_table(table)
