"""Financial periods, approvals, and changes of configuration and keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "sox_1"
down_revision = None
branch_labels = ("sox",)
depends_on = None


def upgrade() -> None:
    """The tables of `sox.store`."""
    op.create_table(
        "sox_periods",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("since", UtcTime, nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("prepared_by", sa.String(length=255), nullable=False),
        sa.Column("prepared_at", UtcTime, nullable=False),
        sa.Column("closed_by", sa.String(length=255), nullable=True),
        sa.Column("closed_at", UtcTime, nullable=True),
        sa.Column("explanation", sa.String(length=2000), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_sox_periods"),
    )
    op.create_index("ix_sox_periods_tenant_until", "sox_periods", ["tenant", "until"])
    op.create_table(
        "sox_approvals",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("asked_at", UtcTime, nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("decided_by", sa.String(length=255), nullable=True),
        sa.Column("decided_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_sox_approvals"),
        sa.UniqueConstraint("tenant", "subject", name="uq_sox_approvals_tenant_subject"),
    )
    op.create_table(
        "sox_changes",
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("old", sa.String(length=128), nullable=False),
        sa.Column("new", sa.String(length=128), nullable=False),
        sa.Column("changed_by", sa.String(length=255), nullable=False),
        sa.Column("changed_at", UtcTime, nullable=False),
        sa.Column("approved_by", sa.String(length=255), nullable=True),
        sa.Column("approved_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_sox_changes"),
    )
    op.create_index("ix_sox_changes_tenant_what_changed_at", "sox_changes", ["tenant", "what", "changed_at"])


def downgrade() -> None:
    """Loses every closed period and approval: for tests."""
    op.drop_table("sox_changes")
    op.drop_table("sox_approvals")
    op.drop_table("sox_periods")
