"""The tables. Names, e-mail addresses and tokens stand in `participants` and nowhere else.

A change here needs a migration under `migrations/versions/`; a test compares the two.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from tasks.store.columns import Packed, PackedJson, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

model_pins = Table(
    "model_pins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study", String(32), nullable=False),
    Column("wave", String(32), nullable=False),
    Column("code", String(32), nullable=False),
    Column("version", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("pinned_at", UtcTime, nullable=False),
    Index(None, "study", "wave"),
)

persons = Table(  # one pseudonym each, for ever in the study
    "persons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study", String(32), nullable=False),
    Column("number", Integer, nullable=False),
    Column("wave", String(32)),  # with response_id: a response without a token
    Column("response_id", Integer),
    UniqueConstraint("study", "number"),
    UniqueConstraint("study", "wave", "response_id"),
)

participants = Table(
    "participants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study", String(32), nullable=False),
    Column("wave", String(32), nullable=False),
    Column("token", Text),
    Column("platform_id", Integer),
    Column("listed", Boolean, nullable=False),  # False: known from a response only, or withdrawn
    Column("firstname", Text, nullable=False),
    Column("lastname", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("attributes", PackedJson, nullable=False),
    Column("completed", Boolean, nullable=False),
    Column("person_id", Integer, ForeignKey("persons.id")),
    UniqueConstraint("study", "wave", "token"),
)

pulls = Table(
    "pulls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study", String(32), nullable=False),
    Column("wave", String(32), nullable=False),
    Column("survey_id", Integer, nullable=False),
    Column("platform_version", String(64)),
    Column("pulled_at", UtcTime, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("erased", Integer, nullable=False, server_default="0"),  # skipped: see `tombstones`
    Column("kind", String(16), nullable=False, server_default="full"),  # a `PullKind`
    Index(None, "study", "wave"),
)

contents = Table(  # what a response held, once for each different content
    "contents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("body", Packed, nullable=False),
)

response_versions = Table(  # which content a response had, from one pull up to another
    "response_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study", String(32), nullable=False),
    Column("wave", String(32), nullable=False),
    Column("response_id", Integer, nullable=False),
    Column("participant_id", Integer, ForeignKey("participants.id")),
    Column("sha256", String(64), ForeignKey("contents.sha256"), nullable=False),
    Column("since", Integer, ForeignKey("pulls.id"), nullable=False),
    Column("until", Integer, ForeignKey("pulls.id")),
    Column("dated", String(32)),  # the platform's own date of this content, if it keeps one
    UniqueConstraint("study", "wave", "response_id", "since"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study", String(32), nullable=False),
    Column("wave", String(32), nullable=False),
    Column("source", Text, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("body", PackedJson, nullable=False),
    Index(None, "study", "wave"),
)

issues = Table(
    "issues",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study", String(32), nullable=False),
    Column("wave", String(32), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("issued_at", UtcTime, nullable=False),
    Column("content", Packed, nullable=False),
    Column("values", PackedJson, nullable=False),
    Column("responses", PackedJson, nullable=False),
    UniqueConstraint("study", "wave", "kind", "number"),
)

ledger = Table(  # with which answers each breakdown was published
    "ledger",
    metadata,
    Column("study", String(32), primary_key=True),
    Column("wave", String(32), primary_key=True),
    Column("breakdown", String(128), primary_key=True),
    Column("pull", Integer, ForeignKey("pulls.id"), nullable=False),  # where the answers come from
    Column("published_at", UtcTime, nullable=False),
    Column("answers", PackedJson, nullable=False),
)

reviews = Table(  # what staff decided on each passage that may be printed
    "reviews",
    metadata,
    Column("study", String(32), primary_key=True),
    Column("wave", String(32), primary_key=True),
    Column("key", String(64), primary_key=True),  # hash of kind, respondent and original text
    Column("respondent", String(16), nullable=False),  # pseudonym; empty: not known
    Column("saved_at", UtcTime, nullable=False),
    Column("body", PackedJson, nullable=False),
)

tombstones = Table(  # salted hashes of who was erased, so that no pull brings them back
    "tombstones",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study", String(32), nullable=False),
    Column("wave", String(32), nullable=False),  # empty: the whole study
    Column("kind", String(16), nullable=False),
    Column("salt", String(32), nullable=False),  # one for each study
    Column("digest", String(64), nullable=False),
    Column("erased_at", UtcTime, nullable=False),
    UniqueConstraint("study", "wave", "kind", "digest"),
)

campaigns = Table(  # how far each campaign is
    "campaigns",
    metadata,
    Column("study", String(32), primary_key=True),
    Column("wave", String(32), primary_key=True),
    Column("survey_id", Integer, nullable=False),
    Column("import_began_at", UtcTime),  # into a number that was free
    Column("imported_at", UtcTime),  # read back whole
    Column("opened_at", UtcTime),
    Column("closed_at", UtcTime),
    Column("finished_at", UtcTime),  # the last refresh after the closing is done
    Column(
        "generation", String(32)
    ),  # the import's mark, which the survey carries; else its number
)

holds = Table(  # what one run at a time may do
    "holds",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("owner", String(32), nullable=False),
    Column("until", UtcTime, nullable=False),
)

mails = Table(  # each mail of a campaign once: a number on the platform, no name, no address
    "mails",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study", String(32), nullable=False),
    Column("wave", String(32), nullable=False),
    Column("survey", String(32), nullable=False),  # the generation of the campaign's survey
    Column("platform_id", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("number", Integer, nullable=False),  # 0 for the invitation, then of the reminder
    Column("before", Integer, nullable=False),  # reminders that the platform counted until then
    Column("status", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("reserved_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    UniqueConstraint("study", "wave", "survey", "platform_id", "kind", "number"),
)
