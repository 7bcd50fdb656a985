"""sbom.cdx.json: the software inventory (6.3.2) as CycloneDX 1.6."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Iterable
from uuid import UUID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.component_evidence import ComponentEvidence, Occurrence
from cyclonedx.model.dependency import Dependency
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from scanner.evidence.model import Evidence, SoftwareItem
from scanner.printable import json_text

_SPACE = UUID("6f1c6f5c-3d0e-5a67-9d0b-6c0f6d2f4b11")
"""Of our own, for serial numbers made from the content (RFC 9562, version 5)."""
_HASHES = {
    "md5": HashAlgorithm.MD5,
    "sha1": HashAlgorithm.SHA_1,
    "sha256": HashAlgorithm.SHA_256,
    "sha384": HashAlgorithm.SHA_384,
    "sha512": HashAlgorithm.SHA_512,
}
_APPLICATIONS = {"docker": ComponentType.CONTAINER}


def write(evidence: Evidence) -> bytes:
    """Components are merged by package URL; every place is an occurrence. The same evidence gives the same bytes."""
    top = Component(
        name=evidence.profile.entity or "scanned project", type=ComponentType.APPLICATION, bom_ref="scanned"
    )
    grouped = _by_purl(evidence.software)
    components = {purl: _component(purl, items) for purl, items in grouped.items()}
    bom = Bom(
        components=components.values(),
        metadata=BomMetaData(component=top, timestamp=evidence.at),
        dependencies=[
            Dependency(
                top.bom_ref, [Dependency(components[one.purl].bom_ref) for one in evidence.software if one.bespoke]
            ),
            *(_dependency(components[purl], items, components) for purl, items in grouped.items()),
        ],
        properties=[
            Property(name="paylint:limit", value=f"{limit.path}:{limit.line}: {limit.message}")
            for limit in evidence.software_limits
        ],
        serial_number=_SPACE,
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The Component this BOM is describing")  # a tree may name nothing of its own
        made = json.loads(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string())
    for component in made.get("components", ()):  # the library sorts by references that these do not have
        component["evidence"]["occurrences"].sort(key=lambda one: (one["location"], one["line"]))
    text = json_text({**made, "serialNumber": ""})
    serial = uuid5(_SPACE, hashlib.sha256(text.encode()).hexdigest())
    return json_text({**made, "serialNumber": f"urn:uuid:{serial}"}).encode()


def _by_purl(items: Iterable[SoftwareItem]) -> dict[str, list[SoftwareItem]]:
    grouped: dict[str, list[SoftwareItem]] = {}
    for item in items:
        grouped.setdefault(item.purl, []).append(item)
    return grouped


def _component(purl: str, items: list[SoftwareItem]) -> Component:
    first, parsed = items[0], PackageURL.from_string(purl)
    licence = next((item.licence for item in items if item.licence), "")
    required = any(item.scope == "required" for item in items)
    hashes = {(algorithm, digest) for item in items for algorithm, digest in item.hashes.items()}
    own = any(item.bespoke for item in items)
    properties = [
        Property(name="paylint:version-range", value=one) for one in {item.constraint for item in items} if one
    ]
    properties.append(Property(name="paylint:bespoke", value="true" if own else "false"))
    digests = sum(item.digests for item in items)
    if digests:
        properties.append(Property(name="paylint:locked-digests", value=str(digests)))
    return Component(
        name=first.name,
        version=first.version or None,
        type=ComponentType.APPLICATION if own else _APPLICATIONS.get(parsed.type, ComponentType.LIBRARY),
        bom_ref=purl,
        purl=parsed,
        scope=ComponentScope.REQUIRED if required else ComponentScope.EXCLUDED,
        licenses=[LicenseFactory().make_from_string(licence)] if licence else None,
        hashes=[HashType(alg=_HASHES[algorithm], content=digest) for algorithm, digest in sorted(hashes)],
        properties=properties,
        evidence=ComponentEvidence(
            occurrences=[
                Occurrence(location=path, line=line)
                for path, line in {(item.place.path, item.place.span.line) for item in items}
            ]
        ),
    )


def _dependency(component: Component, items: list[SoftwareItem], components: dict[str, Component]) -> Dependency:
    needs = {need for item in items for need in item.depends if need in components}
    return Dependency(component.bom_ref, [Dependency(components[need].bom_ref) for need in sorted(needs)])
