"""Orders and their idempotency records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "orders_1"
down_revision = None
branch_labels = ("orders",)
depends_on = None


def upgrade() -> None:
    """The table of `orders.store`."""
    op.create_table(
        "orders",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("merchant", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("payment", sa.String(length=32), nullable=True),
        sa.Column("recommendation", sa.String(length=64), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_orders"),
        sa.UniqueConstraint("tenant", "idempotency_key", name="uq_orders_tenant_idempotency_key"),
    )


def downgrade() -> None:
    """Loses every order: for tests."""
    op.drop_table("orders")
