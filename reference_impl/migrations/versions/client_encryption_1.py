"""Keys that clients encrypt to, and the nonces that were used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reference_impl.database import UtcTime

revision = "client_encryption_1"
down_revision = None
branch_labels = ("client_encryption",)
depends_on = None


def upgrade() -> None:
    """The tables of `client_encryption.store`."""
    op.create_table(
        "client_keys",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("public_jwk", sa.JSON(), nullable=False),
        sa.Column("wrapped_private", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_by", sa.String(length=128), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("retires_at", UtcTime, nullable=True),
        sa.Column(
            "state",
            sa.Enum("next", "current", "retiring", name="keystate", native_enum=False, length=16),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("kid", name="pk_client_keys"),
    )
    op.create_index(
        "uq_client_keys_current_next",
        "client_keys",
        ["state"],
        unique=True,
        sqlite_where=sa.text("state IN ('current', 'next')"),
        postgresql_where=sa.text("state IN ('current', 'next')"),
    )
    op.create_table(
        "client_nonces",
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("kid", "nonce", name="pk_client_nonces"),
    )
    op.create_index("ix_client_nonces_expires_at", "client_nonces", ["expires_at"], unique=False)


def downgrade() -> None:
    """Loses every client key: for tests."""
    op.drop_table("client_nonces")
    op.drop_table("client_keys")
