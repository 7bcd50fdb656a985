"""All of one token: for requests of people about their data."""

from __future__ import annotations

from alembic import op

revision = "payments_2"
down_revision = "payments_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index of `payments.store`."""
    op.create_index("ix_payments_tenant_token", "payments", ["tenant", "token"])


def downgrade() -> None:
    """For tests."""
    op.drop_index("ix_payments_tenant_token", "payments")
