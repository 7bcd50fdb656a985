"""Tokens and fingerprints."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "vault_1"
down_revision = None
branch_labels = ("vault",)
depends_on = None


def upgrade() -> None:
    """The tables of `vault.store`."""
    op.create_table(
        "tokens",
        sa.Column("tenant", sa.String, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.Column("sealed_card", sa.LargeBinary, nullable=False),
        sa.Column("key_version", sa.BigInteger, nullable=False),
        sa.Column("last_four", sa.String(4), nullable=False),
        sa.Column("brand", sa.String(16), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("deleted_at", UtcTime),
        sa.PrimaryKeyConstraint("tenant", "token", name="pk_tokens"),
    )
    op.create_table(
        "fingerprints",
        sa.Column("tenant", sa.String, nullable=False),
        sa.Column("key_version", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("token", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key_version", "fingerprint", name="pk_fingerprints"),
    )
    op.create_index("ix_fingerprints_tenant_token", "fingerprints", ["tenant", "token"])


def downgrade() -> None:
    """Loses every card: for tests."""
    op.drop_table("fingerprints")
    op.drop_table("tokens")
