"""All of one customer, and who else has a card: for requests of people about their data."""

from __future__ import annotations

from alembic import op

revision = "orders_2"
down_revision = "orders_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The indexes of `orders.store`."""
    op.create_index("ix_orders_tenant_customer", "orders", ["tenant", "customer"])
    op.create_index("ix_orders_tenant_token", "orders", ["tenant", "token"])


def downgrade() -> None:
    """For tests."""
    op.drop_index("ix_orders_tenant_token", "orders")
    op.drop_index("ix_orders_tenant_customer", "orders")
