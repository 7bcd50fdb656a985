"""Apache Kafka: *.properties of brokers, controllers, Connect workers and clients.

One subject per file, type `broker` or `client`, config = {key as Kafka knows it: value}. `${provider:path:key}` is for
Kafka's configuration providers and cannot be known.
"""

from __future__ import annotations

from collections.abc import Mapping

from scanner.inputs.settings import values
from scanner.inputs.settings.entries import Text, by_folder, file_name, plain, unit_of
from scanner.inputs.settings.kafka_kind import BROKER, kafka_kind
from scanner.inputs.settings.properties import read
from scanner.model import Json, Subject, Unit
from scanner.text import Source


def claims(path: str) -> bool:
    """Any *.properties file."""
    return file_name(path).endswith(".properties")


def facts(source: Source) -> Json | None:
    """{"kind": "broker"} or {"kind": "client"}, by the keys."""
    kind = kafka_kind(source.text)
    return {"kind": kind} if kind else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """The files of one folder."""
    return by_folder(facts)


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """A subject per file."""
    subjects = []
    for path, source in sorted(sources.items()):
        text = Text(source)
        entries = (entry._replace(value=values.resolved(entry.value, defaults=False)) for entry in read(text))
        config, places = plain(entries, text)
        kind = kafka_kind(source.text) or BROKER
        subjects.append(Subject(f"kafka:{root}:{path}", kind, file_name(path), path, text.first_line(), config, places))
    return unit_of("kafka", root, sources, subjects, ())
