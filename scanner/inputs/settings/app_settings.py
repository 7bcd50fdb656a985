"""Settings of applications: *.properties, .env files, Spring's application.yml, .NET's appsettings.json.

Subject: one per file, or per profile or document of it; type `settings`, config:

    values   {name: value}, names in one spelling (`naming.canonical`), variables replaced (`values.resolved`)
    names    the same names as they are written; `words`: in lower case, camel case with dashes
    format   properties, env, yaml or json
    profile  "prod": what the file's name, the document or Quarkus's `%prod.` says, in lower case; "" for none
    test     only tests read the file; `sample`: it is documentation (.env.example)

A file that configures Kafka itself belongs to the input `kafka`; texts for people are no settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from scanner import setting_names
from scanner.errors import ParseError
from scanner.inputs.settings import dotenv, naming, properties, values
from scanner.inputs.settings.entries import Text, by_folder, file_name, unit_of
from scanner.inputs.settings.flatten import Setting, flatten
from scanner.inputs.settings.kafka_kind import kafka_kind
from scanner.model import Json, Keys, Place, Problem, Subject, Unit, unknown
from scanner.text import Source

_MANIFEST = re.compile(r"(?m)^[\"']?(?:apiVersion|AWSTemplateFormatVersion|openapi|swagger|jobs)[\"']?[ \t]*:")
_SPRING = re.compile(r"(?m)^[\"']?spring[\"']?(?:[ \t]*:|\.[\w.-]+[ \t]*:)")
_TOP_LEVEL = re.compile(
    r"(?m)^[\"']?(?:server|management|logging|eureka|security|app|application|datasource|micronaut|quarkus|feign|ribbon"
    r"|jhipster|hystrix|resilience4j|springdoc|kafka|info|endpoints|keycloak|zuul|jwt|redis|mybatis|eclipse|rabbitmq"
    r"|[a-z][\w-]*(?:\.[\w-]+)+)[\"']?[ \t]*:"
)
_VARIABLE = re.compile(r"(?m)^[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*=")
_TEMPLATE = re.compile(r"\{\{|\{%|<%")
_FILTERED = re.compile(r"@([\w][\w.-]*)@")
_MARK = "\ue000"
_COMMENT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|//[^\n]*|/\*.*?\*/", re.DOTALL)
_SEPARATOR = re.compile(r"(?m)^[#!]---[ \t]*\r?$")
_QUARKUS = re.compile(r"%([\w-]+)\.(?=\w)")
_ON_PROFILE = ("spring.config.activate.onprofile", "spring.profiles")


class _Part(NamedTuple):
    """The settings of one profile, or of one document."""

    profile: str
    settings: list[Setting]


def claims(path: str) -> bool:
    """*.properties, dotenv files, any YAML (Spring's own may have any name), appsettings*.json."""
    name = file_name(path)
    return name.endswith((".properties", ".yml", ".yaml")) or naming.is_env(name) or naming.is_settings_json(name)


def facts(source: Source) -> Json | None:
    """{} for settings."""
    name, text = file_name(source.path), source.text
    if name.endswith(".properties"):
        ours = not naming.is_text_bundle(source.path) and not kafka_kind(text)
    elif naming.is_settings_json(name):
        ours = "{" in text
    elif naming.is_env(name):
        ours = bool(_VARIABLE.search(text))
    elif naming.is_spring_yaml(name):
        ours = bool(_SPRING.search(text) or (_TOP_LEVEL.search(text) and not _MANIFEST.search(text)))
    else:
        ours = bool(_SPRING.search(text)) and not _MANIFEST.search(text)
    return {} if ours else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """The files of one folder."""
    return by_folder(facts)


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """A subject per file and profile."""
    subjects: list[Subject] = []
    problems: list[Problem] = []
    for _, source in sorted(sources.items()):
        taken: set[str] = set()
        subjects += [_subject(root, source, part, taken) for part in _parts(source, problems) if part.settings]
    return unit_of("app_settings", root, sources, subjects, problems)


def _format(path: str) -> str:
    name = file_name(path)
    if naming.is_settings_json(name):
        return "json"
    return "properties" if name.endswith(".properties") else "env" if naming.is_env(name) else "yaml"


def _parts(source: Source, problems: list[Problem]) -> Iterator[_Part]:
    form, profile = _format(source.path), naming.profile_of(source.path)
    if form in ("json", "yaml"):
        for settings in _documents(source, form, problems):
            yield _Part(_activated(settings) or profile, settings)
        return
    text = Text(source)
    if form == "env":
        yield _Part(
            profile,
            [
                Setting(item.key, item.value if item.raw else values.resolved(item.value), text.place(item.at))
                for item in dotenv.read(text)
            ],
        )
        return
    for settings in _property_documents(text):
        own = _activated(settings) or profile
        by_profile: dict[str, list[Setting]] = {own: []}
        for setting in settings:
            quarkus = _QUARKUS.match(setting.name)
            named = setting._replace(name=setting.name[quarkus.end() :]) if quarkus else setting
            by_profile.setdefault(quarkus[1].lower() if quarkus else own, []).append(named)
        yield from (_Part(name, found) for name, found in by_profile.items())


def _property_documents(text: Text) -> Iterable[list[Setting]]:
    """The settings between the lines `#---`."""
    ends = [match.start() for match in _SEPARATOR.finditer(text.text)]
    documents: list[list[Setting]] = [[]]
    for entry in properties.read(text):
        while len(documents) <= len(ends) and entry.key_at[0] > ends[len(documents) - 1]:
            documents.append([])
        documents[-1].append(Setting(entry.key, values.resolved(entry.value), text.place(entry.at)))
    return documents


def _documents(source: Source, form: str, problems: list[Problem]) -> Iterator[list[Setting]]:
    from scanner.yaml_tree import parse

    text = _COMMENT.sub(_blanked, source.text) if form == "json" else source.text
    try:
        try:
            documents = parse(Source(source.path, text.encode("utf-8", "surrogateescape")))
        except ParseError:
            filtered = _FILTERED.sub(rf"{_MARK}\1{_MARK}", text)  # Maven's filters: @project.version@ is no YAML
            if filtered == text:
                raise
            documents = parse(Source(source.path, filtered.encode("utf-8", "surrogateescape")))
    except ParseError as error:
        template = bool(_TEMPLATE.search(text))
        message = "template: not rendered, not analysed" if template else error.message
        problems.append(Problem(source.path, message, fatal=not template, line=error.line))
        return
    for document in documents:
        if isinstance(document.data, dict):
            yield [item._replace(value=_known(item.value, form)) for item in flatten(document)]


def _blanked(match: re.Match[str]) -> str:
    """A comment of a JSON file as blanks; a string as it is."""
    return match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])


def _known(value: Json, form: str) -> Json:
    if isinstance(value, list):
        return [_known(item, form) for item in value]
    if not isinstance(value, str):
        return value
    return unknown(values.REASON) if _MARK in value else values.resolved(value)


def _activated(settings: Iterable[Setting]) -> str:
    for setting in settings:
        if setting.name.lower().replace("-", "") in _ON_PROFILE:
            given = setting.value if isinstance(setting.value, list) else [setting.value]
            return ",".join(item.lower() for item in given if isinstance(item, str))
    return ""


def _subject(root: str, source: Source, part: _Part, taken: set[str]) -> Subject:
    form = _format(source.path)
    known: dict[str, Json] = {}
    names: dict[str, str] = {}
    words: dict[str, str] = {}
    places: dict[Keys, Place] = {}
    for setting in part.settings:
        key = setting_names.canonical(setting.name, form == "env")
        known[key], names[key], words[key] = setting.value, setting.name, setting_names.words(setting.name)
        places["values", key] = setting.place
        for at, place in enumerate(setting.items):
            places["values", key, at] = place
    address = f"{source.path}:{part.profile}" if part.profile else source.path
    number, unique = 1, address
    while unique in taken:
        number, unique = number + 1, f"{address}#{number + 1}"
    taken.add(unique)
    config: Json = {
        "format": form,
        "profile": part.profile,
        "test": setting_names.is_test(source.path),
        "sample": setting_names.is_sample(source.path),
        "values": known,
        "names": names,
        "words": words,
    }
    header = Text(source).first_line()
    name = file_name(source.path)
    return Subject(f"app_settings:{root}:{unique}", "settings", name, unique, header, config, places)
