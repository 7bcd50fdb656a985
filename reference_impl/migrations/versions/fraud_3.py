"""Devices and what people say are sealed: what rows have in clear becomes what `gdpr.conversion` seals."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "fraud_3"
down_revision = "fraud_2"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_OLD = {"fraud_devices": ("id", "fingerprint"), "fraud_reviews": ("ground",)}
_KEYS = {"fraud_devices": ("tenant", "customer", "digest"), "fraud_reviews": ("tenant", "id")}


def upgrade() -> None:
    """Tables of `fraud.store`."""
    for name, columns in _OLD.items():
        op.add_column(name, sa.Column("sealed", sa.LargeBinary(), nullable=False, server_default=""))
        _moved(name, columns)
        with op.batch_alter_table(name) as table:
            table.alter_column("sealed", server_default=None)
            for column in columns:
                table.drop_column(column)


def _moved(name: str, columns: tuple[str, ...]) -> None:
    """As JSON, in clear as before."""
    connection, types = op.get_bind(), {"fingerprint": sa.JSON()}
    key = _KEYS[name]
    table = sa.table(
        name, *(sa.column(one, types.get(one)) for one in (*key, *columns)), sa.column("sealed", sa.LargeBinary())
    )
    this = sa.and_(*(table.c[one] == sa.bindparam(f"of_{one}") for one in key))
    change = sa.update(table).where(this).values(sealed=sa.bindparam("now"))
    rows = connection.execute(sa.select(*(table.c[one] for one in (*key, *columns)))).mappings().all()
    for start in range(0, len(rows), _AT_ONCE):
        batch = rows[start : start + _AT_ONCE]
        values = [
            {f"of_{one}": row[one] for one in key}
            | {"now": json.dumps({one: row[one] for one in columns}, sort_keys=True).encode()}
            for row in batch
        ]
        connection.execute(change, values)


def downgrade() -> None:
    """Loses devices, and what people said: for tests."""
    op.execute("DELETE FROM fraud_devices")
    with op.batch_alter_table("fraud_devices") as table:
        table.drop_column("sealed")
        table.add_column(sa.Column("id", sa.String(length=64), nullable=False, server_default=""))
        table.add_column(sa.Column("fingerprint", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("fraud_reviews") as table:
        table.drop_column("sealed")
        table.add_column(sa.Column("ground", sa.String(length=2000), nullable=False, server_default=""))
