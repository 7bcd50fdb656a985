"""The outbox of events, what was processed, who relays, and the sink's segments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "events_1"
down_revision = None
branch_labels = ("events",)
depends_on = None


def upgrade() -> None:
    """The tables of `events.store`."""
    op.create_table(
        "events_outbox",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", UtcTime, nullable=True),
        sa.Column("refused", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_events_outbox"),
        sa.UniqueConstraint("id", name="uq_events_outbox_id"),
    )
    op.create_index("ix_events_outbox_sent_at_number", "events_outbox", ["sent_at", "number"])
    op.create_table(
        "events_processed",
        sa.Column("consumer", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("consumer", "event", name="pk_events_processed"),
    )
    op.create_index("ix_events_processed_at", "events_processed", ["at"])
    op.create_table(
        "events_relays",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_events_relays"),
    )
    op.create_table(
        "events_segments",
        sa.Column("sink", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("sink", "number", name="pk_events_segments"),
    )


def downgrade() -> None:
    """Loses what was not sent: for tests."""
    for table in ("events_segments", "events_relays", "events_processed", "events_outbox"):
        op.drop_table(table)
