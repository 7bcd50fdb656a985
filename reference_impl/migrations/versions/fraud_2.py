"""All of one customer: for requests of people about their data."""

from __future__ import annotations

from alembic import op

revision = "fraud_2"
down_revision = "fraud_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index of `fraud.store`."""
    op.create_index("ix_fraud_decisions_tenant_customer", "fraud_decisions", ["tenant", "customer"])


def downgrade() -> None:
    """For tests."""
    op.drop_index("ix_fraud_decisions_tenant_customer", "fraud_decisions")
