"""Container images (Dockerfiles, Compose, Kubernetes) and GitHub Actions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.errors import ParseError
from scanner.evidence.inventories.software.rows import Reading, Row, mapping, mappings, purl, text
from scanner.evidence.model import SoftwareItem
from scanner.inputs.delivery import dockerfile as dockerfiles
from scanner.model import Json, Place
from scanner.yaml_tree import Document, parse

_CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
_TEMPLATE_IMAGE = re.compile(r"^[ \t-]*image:.*\{\{", re.MULTILINE)
_COMPOSE = re.compile(r"(?:^|/)(?:docker-)?compose[^/]*\.ya?ml$")
_USES = re.compile(r"([\w.\-]+/[\w.\-]+)((?:/[^@]*)?)@(\S+)")


def image(reading: Reading, written: str, place: Place, scope: str = "required") -> Iterator[Row]:
    """The row of an image's name; a name that holds a variable is a limit."""
    name, _, digest = written.strip().partition("@")
    head, slash, last = name.rpartition("/")
    base, _, tag = last.partition(":")
    if not base or re.search(r"[$\s{}]", written):
        reading.limit("an image whose name is not known before something else fills it in", place.span.line)
        return
    registry, rest = (
        (head.partition("/")[0], head.partition("/")[2]) if re.match(r"[^/]*[.:]|localhost", head) else ("", head)
    )
    version = digest or tag
    where = {"repository_url": registry} if registry else {}
    item = SoftwareItem(
        f"{head}{slash}{base}",
        tag if not digest else f"{tag}@{digest}".lstrip("@"),
        purl("docker", f"{rest}/{base}".lstrip("/"), version, {**where, **({"tag": tag} if digest and tag else {})}),
        place,
        scope,
        constraint="" if version else "no tag: latest",
        hashes={"sha256": digest[7:]} if re.fullmatch(r"sha256:[0-9a-f]{64}", digest) else {},
        digests=1 if digest else 0,
    )
    yield Row(written, item)


def dockerfile(reading: Reading) -> Iterator[Row]:
    """What the stages start from; the last one's is in the product, the others build it."""
    facts = dockerfiles.facts(reading.source)
    if not facts:
        return
    unit = dockerfiles.build(reading.path, {reading.path: reading.source})
    for problem in unit.problems:
        reading.limit(problem.message, problem.line)
    stages = [subject for subject in unit.subjects if subject.type == "stage"]
    final = next((text(mapping(one.config.get("base")).get("image")) for one in stages if one.config.get("final")), "")
    for stage in stages:
        start = mapping(stage.config.get("from"))
        if start.get("kind") == "image":
            written = text(start.get("image"))
            scope = "required" if written == final else "development"
            place = stage.places.get(("from",), stage.header)
            yield from image(reading, written or "$", place, scope)


def manifests(reading: Reading) -> Iterator[Row]:
    """Compose files and Kubernetes manifests; other YAML names no software."""
    is_compose = _COMPOSE.search(reading.path) is not None
    if not is_compose and "image" not in reading.source.text:
        return
    try:
        documents = parse(reading.source)
    except ParseError as error:
        if _TEMPLATE_IMAGE.search(reading.source.text):
            reading.limit("a template: the images it names are not known before it is rendered", error.line)
        elif is_compose:
            raise
        return
    for document in documents:
        data = mapping(document.data)
        if is_compose:
            for name, service in mapping(data.get("services")).items():
                given = mapping(service).get("image")
                if given and "build" not in service:
                    yield from image(reading, str(given), document.places[("services", name, "image")])
        elif data.get("apiVersion") and data.get("kind"):
            yield from _containers(reading, document)


def _containers(reading: Reading, document: Document) -> Iterator[Row]:
    waiting: list[tuple[tuple[str | int, ...], Json]] = [((), document.data)]
    while waiting:
        keys, value = waiting.pop()
        inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        if (
            len(keys) > 1
            and keys[-2] in _CONTAINERS
            and isinstance(value, dict)
            and isinstance(value.get("image"), str)
        ):
            yield from image(reading, value["image"], _place(document, (*keys, "image")))
        waiting += [((*keys, key), inner) for key, inner in inside]


def workflow(reading: Reading) -> Iterator[Row]:
    """Actions and reusable workflows of others, and the images that jobs run in: all of them build, none is shipped."""
    for document in parse(reading.source):
        for name, job in mapping(mapping(document.data).get("jobs")).items():
            at = ("jobs", name)
            job = mapping(job)  # noqa: PLW2901 - only what is a mapping
            for number, step in enumerate(mappings(job.get("steps"))):
                if isinstance(step.get("uses"), str):
                    yield from _action(reading, step["uses"], _place(document, (*at, "steps", number, "uses")))
            if isinstance(job.get("uses"), str):
                yield from _action(reading, job["uses"], _place(document, (*at, "uses")))
            for title, container in [("container", job.get("container")), *mapping(job.get("services")).items()]:
                keys = (*at, "container") if title == "container" else (*at, "services", title)
                written = text(container) or text(mapping(container).get("image"))
                if written:
                    yield from image(reading, written, _place(document, keys), "development")


def _place(document: Document, keys: tuple[str | int, ...]) -> Place:
    return document.places[keys] if keys in document.places else document.places[()]


def _action(reading: Reading, uses: str, place: Place) -> Iterator[Row]:
    if uses.startswith("docker://"):
        yield from image(reading, uses[9:], place, "development")
        return
    match = _USES.fullmatch(uses)
    if match:
        item = SoftwareItem(match[1] + match[2], match[3], purl("github", match[1], match[3]), place, "development")
        yield Row(uses, item)
    elif not uses.startswith("."):
        reading.limit("an action whose name cannot be read", place.span.line)
