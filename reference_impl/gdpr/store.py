"""Tables of data protection. A person is in them by the name of their key, which says nothing once the key is gone."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, LargeBinary, String, Table

from reference_impl.database import METADATA, UtcTime

SUBJECTS = Table(
    "gdpr_subjects",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("subject", String(32), primary_key=True),
    Column("consented_at", UtcTime),
    Column("objected_at", UtcTime),
    Column("restricted_at", UtcTime),
    Column("changed_at", UtcTime, nullable=False),
)
"""`consented_at`: to analytics; null: did not, or no longer."""

PROFILES = Table(
    "gdpr_profiles",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("subject", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)
"""`sealed`: an envelope (`crypto.envelope`) of JSON under the person's key, here and below."""

LINKS = Table(
    "gdpr_links",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("subject", String(32), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("value", String(64), primary_key=True),
)
BEHAVIOUR = Table(
    "gdpr_behaviour",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("subject", String(32), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "tenant", "subject"),
)
REQUESTS = Table(
    "gdpr_requests",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("subject", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("extended_because", String(32)),
    Column("opened_by", String(256), nullable=False),
    Column("verified_by", String(256)),
    Column("proof_digest", String(64), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("outcome", JSON, nullable=False),
    Column("closed_at", UtcTime),
    Index(None, "state", "due_on"),
)
STEPS = Table(
    "gdpr_steps",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("request", String(32), primary_key=True),
    Column("step", String(64), primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("kept_until", Date),
    Column("at", UtcTime, nullable=False),
)
EXPORTS = Table(
    "gdpr_exports",
    METADATA,
    Column("tenant", String(128), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("subject", String(32), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)
CONVERSIONS = Table(
    "gdpr_conversions",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("at", UtcTime, nullable=False),
)
KEY_STORE = Table("gdpr_key_store", METADATA, Column("id", String(32), primary_key=True))
"""The store of persons' keys that belongs to this database: its one row."""
