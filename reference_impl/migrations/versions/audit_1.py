"""Heads of the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "audit_1"
down_revision = None
branch_labels = ("audit",)
depends_on = None


def upgrade() -> None:
    """The tables of `audit.anchor`."""
    op.create_table(
        "audit_heads",
        sa.Column("log", sa.String(length=100), nullable=False),
        sa.Column("count", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.PrimaryKeyConstraint("log", "count", name="pk_audit_heads"),
    )


def downgrade() -> None:
    """Loses the anchor: for tests."""
    op.drop_table("audit_heads")
