"""What is known of an incident about a customer is sealed with their key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "incident_2"
down_revision = "incident_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column of `incident.store`. Details from before stay in clear until the erasure of who they are about."""
    op.add_column("incidents", sa.Column("sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """For tests."""
    op.drop_column("incidents", "sealed")
