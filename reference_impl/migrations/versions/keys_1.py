"""Wrapped data keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "keys_1"
down_revision = None
branch_labels = ("keys",)
depends_on = None


def upgrade() -> None:
    """The tables of `keys.store`."""
    op.create_table(
        "data_keys",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_by", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("seals", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "purpose", "version", name="pk_data_keys"),
        postgresql_with={"fillfactor": 50},
    )
    op.create_index(
        "ix_data_keys_one_current",
        "data_keys",
        ["tenant", "purpose"],
        unique=True,
        sqlite_where=sa.text("state = 'current'"),
        postgresql_where=sa.text("state = 'current'"),
    )


def downgrade() -> None:
    """Loses every key, and with them every card: for tests."""
    op.drop_table("data_keys")
