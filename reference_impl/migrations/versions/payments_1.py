"""Payments and their idempotency records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "payments_1"
down_revision = None
branch_labels = ("payments",)
depends_on = None


def upgrade() -> None:
    """The tables of `payments.store`."""
    op.create_table(
        "payments",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("authorization_id", sa.String(length=128), nullable=True),
        sa.Column("decline_code", sa.String(length=64), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_payments"),
        sa.UniqueConstraint("tenant", "idempotency_key", name="uq_payments_tenant_idempotency_key"),
    )


def downgrade() -> None:
    """Loses every payment: for tests."""
    op.drop_table("payments")
