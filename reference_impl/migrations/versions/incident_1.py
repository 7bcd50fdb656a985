"""Incidents, measures against them, and notices about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "incident_1"
down_revision = None
branch_labels = ("incident",)
depends_on = None


def upgrade() -> None:
    """The tables of `incident.store` and `incident.notice_store`."""
    op.create_table(
        "incidents",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("details", sa.String(length=2000), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.String(length=255), nullable=False),
        sa.Column("opened_at", UtcTime, nullable=False),
        sa.Column("last_at", UtcTime, nullable=False),
        sa.Column("aware_at", UtcTime, nullable=False),
        sa.Column("report_by", UtcTime, nullable=True),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("reported_by", sa.String(length=255), nullable=True),
        sa.Column("reported_at", UtcTime, nullable=True),
        sa.Column("resolved_by", sa.String(length=255), nullable=True),
        sa.Column("resolved_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_incidents"),
    )
    op.create_index("ix_incidents_tenant_opened_at", "incidents", ["tenant", "opened_at"])
    op.create_table(
        "measures",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("incident", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("account_kind", sa.String(length=16), nullable=True),
        sa.Column("account", sa.String(length=128), nullable=True),
        sa.Column("begun_by", sa.String(length=255), nullable=False),
        sa.Column("begun_at", UtcTime, nullable=False),
        sa.Column("ends_at", UtcTime, nullable=False),
        sa.Column("ended_by", sa.String(length=255), nullable=True),
        sa.Column("ended_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_measures"),
    )
    op.create_index("ix_measures_tenant_ends_at", "measures", ["tenant", "ends_at"])
    op.create_table(
        "incident_notices",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("incident", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("due_at", UtcTime, nullable=False),
        sa.Column("next_at", UtcTime, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ended_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_incident_notices"),
    )
    op.create_index("ix_incident_notices_ended_at_next_at", "incident_notices", ["ended_at", "next_at"])


def downgrade() -> None:
    """Loses every incident: for tests."""
    op.drop_table("incident_notices")
    op.drop_table("measures")
    op.drop_table("incidents")
