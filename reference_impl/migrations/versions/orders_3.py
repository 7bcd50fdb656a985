"""An idempotency key is hidden under its customer's key; that another customer used it is known for a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "orders_3"
down_revision = "orders_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column of `orders.store`. What older rows have in clear is hidden by `gdpr.conversion`, which has the keys."""
    op.add_column("orders", sa.Column("retry_digest", sa.String(length=64), nullable=True))
    op.create_index("ix_orders_tenant_retry_digest", "orders", ["tenant", "retry_digest"], unique=True)


def downgrade() -> None:
    """For tests."""
    op.drop_index("ix_orders_tenant_retry_digest", "orders")
    op.drop_column("orders", "retry_digest")
