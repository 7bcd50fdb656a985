"""What `uses` names: somebody's repository at a ref, a local folder, an image."""

from __future__ import annotations

import re

from scanner.inputs.delivery.tree import Tree, record
from scanner.model import Json

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.IGNORECASE)
_DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$", re.IGNORECASE)


def action(uses: Tree, given: Tree | None, step: int | None, *, is_workflow: bool) -> Tree:
    """The entry of `actions` for one `uses` (see the package)."""
    text = uses.scalar or ""
    fields: dict[str, Json] = {"owner": None, "repository": None, "path": None, "ref": None, "pinned": True}
    if text.startswith("docker://"):
        kind = "docker"
        fields["pinned"] = bool(_DIGEST.search(text))
        fields["path"] = text.removeprefix("docker://")
    elif text.startswith((".", "/")) or "/" not in text:
        kind, fields["path"] = "local", text
    else:
        kind = "workflow" if is_workflow else "repository"
        where, _, ref = text.partition("@")
        where = re.sub(r"^https?://[^/]+/", "", where)
        owner, _, rest = where.partition("/")
        name, _, path = rest.partition("/")
        fields.update(owner=owner, repository=f"{owner}/{name}", path=path, ref=ref)
        fields["pinned"] = _COMMIT.fullmatch(ref) is not None
    written = {key: value.with_value(value.scalar) for key, value in given.pairs.items()} if given else {}
    return record(
        uses.place, uses=text, kind=kind, step=step, **fields, **{"with": Tree(written, (given or uses).place)}
    )
