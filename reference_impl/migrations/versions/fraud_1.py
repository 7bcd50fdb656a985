"""Fraud decisions, the reviews people ask for, and customers' devices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "fraud_1"
down_revision = None
branch_labels = ("fraud",)
depends_on = None


def upgrade() -> None:
    """The tables of `fraud.store`."""
    op.create_table(
        "fraud_decisions",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("transaction", sa.String(length=64), nullable=False),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("recommendation", sa.String(length=16), nullable=False),
        sa.Column("risk_score", sa.Float(), nullable=True),
        sa.Column("assessment", sa.JSON(), nullable=False),
        sa.Column("model_version", sa.String(length=64), nullable=False),
        sa.Column("policy_version", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_fraud_decisions"),
        sa.UniqueConstraint("tenant", "transaction", name="uq_fraud_decisions_tenant_transaction"),
    )
    op.create_table(
        "fraud_reviews",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=False),
        sa.Column("ground", sa.String(length=2000), nullable=False),
        sa.Column("opened_by", sa.String(length=256), nullable=False),
        sa.Column("opened_at", UtcTime, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("closed_by", sa.String(length=256), nullable=True),
        sa.Column("closed_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_fraud_reviews"),
        sa.UniqueConstraint("tenant", "decision", name="uq_fraud_reviews_tenant_decision"),
        sa.ForeignKeyConstraint(
            ["tenant", "decision"],
            ["fraud_decisions.tenant", "fraud_decisions.id"],
            name="fk_fraud_reviews_tenant_decision",
        ),
    )
    op.create_table(
        "fraud_devices",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.JSON(), nullable=False),
        sa.Column("last_seen", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "customer", "digest", name="pk_fraud_devices"),
    )
    op.create_index("ix_fraud_devices_latest", "fraud_devices", ["tenant", "customer", "last_seen"])


def downgrade() -> None:
    """Loses every decision: for tests."""
    op.drop_table("fraud_devices")
    op.drop_table("fraud_reviews")
    op.drop_table("fraud_decisions")
