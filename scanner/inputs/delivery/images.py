"""Names of container images: [registry[:port]/]name[:tag][@digest]."""

from __future__ import annotations

from scanner.inputs.delivery.tree import Tree, record
from scanner.model import Json, Place, unknown

DIGEST = "sha256:"


def image(written: Json, place: Place, **more: Json) -> Tree:
    """{image, name, tag, digest} of a name that is a string or unknown. `digest` is a flag, `tag` may be null."""
    if not isinstance(written, str):
        lost = written if isinstance(written, dict) else unknown("its name is no text")
        return record(place, image=lost, name=lost, tag=lost, digest=lost, **more)
    name, at, digest = written.partition("@")
    head, slash, last = name.rpartition("/")
    base, colon, tag = last.partition(":")
    return record(
        place,
        image=written,
        name=f"{head}{slash}{base}",
        tag=tag if colon else None,
        digest=bool(at) and digest.startswith(DIGEST),
        **more,
    )
