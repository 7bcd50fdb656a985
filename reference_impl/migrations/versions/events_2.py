"""What the outbox has of a person is sealed with their key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "events_2"
down_revision = "events_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns of `events.store`. Rows from before are in clear, and are sealed when they are sent."""
    op.add_column("events_outbox", sa.Column("key", sa.String(length=160), nullable=False, server_default=""))
    op.add_column("events_outbox", sa.Column("subject", sa.String(length=32), nullable=False, server_default=""))


def downgrade() -> None:
    """For tests."""
    op.drop_column("events_outbox", "subject")
    op.drop_column("events_outbox", "key")
