"""Who was seen with which roles, and reviews of that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "auth_2"
down_revision = "auth_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of `auth.access`."""
    op.create_table(
        "access_seen",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("first_at", UtcTime, nullable=False),
        sa.Column("last_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "subject", name="pk_access_seen"),
    )
    op.create_table(
        "access_reviews",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "at", "by", name="pk_access_reviews"),
    )


def downgrade() -> None:
    """Loses every review: for tests."""
    op.drop_table("access_reviews")
    op.drop_table("access_seen")
