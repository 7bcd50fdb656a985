"""A card may be a person's: it is sealed under their key then."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "vault_2"
down_revision = "vault_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column of `vault.store`. Older cards are bound by `gdpr.cards`, which knows whose they are."""
    op.add_column("tokens", sa.Column("subject", sa.String(length=32), nullable=True))
    op.create_index("ix_tokens_tenant_subject", "tokens", ["tenant", "subject"])


def downgrade() -> None:
    """For tests."""
    op.drop_index("ix_tokens_tenant_subject", "tokens")
    op.drop_column("tokens", "subject")
