"""What was converted once, with keys that migrations do not have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "gdpr_2"
down_revision = "gdpr_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of `gdpr.store`."""
    op.create_table(
        "gdpr_conversions",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_gdpr_conversions"),
    )


def downgrade() -> None:
    """For tests."""
    op.drop_table("gdpr_conversions")
