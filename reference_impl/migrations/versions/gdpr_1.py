"""Data protection: profiles, consents, behaviour, requests of people, erasures and what they fetch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "gdpr_1"
down_revision = None
branch_labels = ("gdpr",)
depends_on = None


def upgrade() -> None:
    """The tables of `gdpr.store`."""
    op.create_table(
        "gdpr_subjects",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("consented_at", UtcTime, nullable=True),
        sa.Column("objected_at", UtcTime, nullable=True),
        sa.Column("restricted_at", UtcTime, nullable=True),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "subject", name="pk_gdpr_subjects"),
    )
    op.create_table(
        "gdpr_profiles",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "subject", name="pk_gdpr_profiles"),
    )
    op.create_table(
        "gdpr_links",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "subject", "kind", "value", name="pk_gdpr_links"),
    )
    op.create_table(
        "gdpr_behaviour",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_gdpr_behaviour"),
    )
    op.create_index("ix_gdpr_behaviour_tenant_subject", "gdpr_behaviour", ["tenant", "subject"])
    op.create_table(
        "gdpr_requests",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_because", sa.String(length=32), nullable=True),
        sa.Column("opened_by", sa.String(length=256), nullable=False),
        sa.Column("verified_by", sa.String(length=256), nullable=True),
        sa.Column("proof_digest", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("closed_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_gdpr_requests"),
    )
    op.create_index("ix_gdpr_requests_state_due_on", "gdpr_requests", ["state", "due_on"])
    op.create_table(
        "gdpr_steps",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("request", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "request", "step", name="pk_gdpr_steps"),
    )
    op.create_table(
        "gdpr_exports",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_gdpr_exports"),
    )
    op.create_table(
        "gdpr_key_store",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gdpr_key_store"),
    )


def downgrade() -> None:
    """Loses every profile and request: for tests."""
    for table in ("key_store", "exports", "steps", "requests", "behaviour", "links", "profiles", "subjects"):
        op.drop_table(f"gdpr_{table}")
