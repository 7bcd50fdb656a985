"""Second factors, and the sessions that showed one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "auth_1"
down_revision = None
branch_labels = ("auth",)
depends_on = None


def upgrade() -> None:
    """The tables of `auth.store`."""
    op.create_table(
        "totp",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("wrapped_secret", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_by", sa.String(length=255), nullable=False),
        sa.Column("enrolment", sa.String(length=32), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("last_counter", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "subject", name="pk_totp"),
    )
    op.create_table(
        "step_up",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("session", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "session", "subject", name="pk_step_up"),
    )


def downgrade() -> None:
    """Loses every second factor: for tests."""
    op.drop_table("step_up")
    op.drop_table("totp")
