"""Customers, payment methods, charges and refunds at a processor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "processor_1"
down_revision = None
branch_labels = ("processor",)
depends_on = None


def upgrade() -> None:
    """The tables of `processor.store`."""
    op.create_table(
        "customers",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("processor_customer_id", sa.String(length=80), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_customers"),
    )
    op.create_table(
        "payment_methods",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("customer", sa.String(length=32), nullable=False),
        sa.Column("processor_payment_method_id", sa.String(length=80), nullable=False),
        sa.Column("brand", sa.String(length=32), nullable=False),
        sa.Column("last_four", sa.String(length=4), nullable=False),
        sa.Column("expiry_month", sa.Integer(), nullable=True),
        sa.Column("expiry_year", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "customer"], ["customers.tenant", "customers.id"], name="fk_payment_methods_tenant_customer"
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_payment_methods"),
        sa.UniqueConstraint(
            "tenant", "processor_payment_method_id", name="uq_payment_methods_tenant_processor_payment_method_id"
        ),
    )
    op.create_table(
        "hosted_charges",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("payment_method", sa.String(length=32), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("processor_intent_id", sa.String(length=80), nullable=True),
        sa.Column("decline_code", sa.String(length=64), nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "payment_method"],
            ["payment_methods.tenant", "payment_methods.id"],
            name="fk_hosted_charges_tenant_payment_method",
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_hosted_charges"),
        sa.UniqueConstraint("tenant", "idempotency_key", name="uq_hosted_charges_tenant_idempotency_key"),
    )
    op.create_table(
        "hosted_refunds",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("charge", sa.String(length=32), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("processor_refund_id", sa.String(length=80), nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "charge"], ["hosted_charges.tenant", "hosted_charges.id"], name="fk_hosted_refunds_tenant_charge"
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_hosted_refunds"),
        sa.UniqueConstraint("tenant", "idempotency_key", name="uq_hosted_refunds_tenant_idempotency_key"),
    )


def downgrade() -> None:
    """Loses every reference: for tests."""
    op.drop_table("hosted_refunds")
    op.drop_table("hosted_charges")
    op.drop_table("payment_methods")
    op.drop_table("customers")
