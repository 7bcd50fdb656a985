"""cbom.cdx.json: the cryptography in use as CycloneDX 1.6 (ECMA-424), one component for each way of using it.

https://cyclonedx.org/docs/1.6/json/
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.component_evidence import ComponentEvidence, Occurrence
from cyclonedx.model.crypto import (
    AlgorithmProperties,
    CertificateProperties,
    CryptoAssetType,
    CryptoMode,
    CryptoPrimitive,
    CryptoProperties,
    ProtocolProperties,
    ProtocolPropertiesCipherSuite,
    ProtocolPropertiesType,
    RelatedCryptoMaterialProperties,
    RelatedCryptoMaterialType,
)
from cyclonedx.output.json import JsonV1Dot6

from scanner.evidence.inventories.strength import bits
from scanner.evidence.model import CryptoItem, Evidence

_SPACE = UUID("5b1c7b0e-6f0b-5d0e-9c53-2f0f6a3cf0a1")
"""Of our serial numbers (RFC 9562, version 5): the same content has the same."""
_MODES = {"GCM": CryptoMode.GCM, "CBC": CryptoMode.CBC, "CCM": CryptoMode.CCM, "CTR": CryptoMode.CTR}
_MODES |= {"ECB": CryptoMode.ECB, "CFB": CryptoMode.CFB, "OFB": CryptoMode.OFB}
_PRIMITIVES = {primitive.value: primitive for primitive in CryptoPrimitive}
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def write(evidence: Evidence) -> bytes:
    """UTF-8 Json. The same evidence gives the same bytes."""
    groups: dict[CryptoItem, list[CryptoItem]] = {}
    for item in evidence.cryptography:
        groups.setdefault(item._replace(place=evidence.cryptography[0].place), []).append(item)
    components = [_component(key, found) for key, found in groups.items()]
    bom = Bom(
        components=components,
        serial_number=uuid5(_SPACE, repr((evidence.at, evidence.result.tool, evidence.cryptography))),
        metadata=BomMetaData(
            timestamp=evidence.at,
            tools=[],
            properties=[
                Property(name="paylint:version", value=evidence.result.tool.version),
                Property(name="paylint:rules", value=evidence.result.tool.rules_digest),
            ],
        ),
    )
    return f"{JsonV1Dot6(bom).output_as_string(indent=2)}\n".encode()


def _component(item: CryptoItem, found: Iterable[CryptoItem]) -> Component:
    reference = _reference("crypto", item.kind, item.name, item.detail, item.subject, item.purpose)
    said = dict(item.detail)
    stated = {"subject": item.subject, "purpose": item.purpose, **said}
    return Component(
        type=ComponentType.CRYPTOGRAPHIC_ASSET,
        name=item.name,
        bom_ref=reference,
        crypto_properties=_properties(item, said),
        properties=[Property(name=f"paylint:{name}", value=value) for name, value in stated.items() if value],
        evidence=ComponentEvidence(
            occurrences=[
                Occurrence(
                    bom_ref=_reference(reference, each.place),
                    location=each.place.path,
                    line=each.place.span.line,
                )
                for each in found
            ]
        ),
    )


def _reference(*parts: object) -> str:
    """Unique in the document, and without digits: nothing in it looks like a card number."""
    digest = hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:32]
    return f"crypto:{digest.translate(_LETTERS)}"


def _properties(item: CryptoItem, said: Mapping[str, str]) -> CryptoProperties:
    if item.kind == "protocol":
        return CryptoProperties(asset_type=CryptoAssetType.PROTOCOL, protocol_properties=_protocol(item, said))
    if item.kind == "certificate":
        return CryptoProperties(
            asset_type=CryptoAssetType.CERTIFICATE,
            certificate_properties=CertificateProperties(
                subject_name=said.get("domain"), issuer_name=said.get("authority"), certificate_format="X.509"
            ),
        )
    if item.kind == "key":
        size = said.get("key size", "")
        return CryptoProperties(
            asset_type=CryptoAssetType.RELATED_CRYPTO_MATERIAL,
            related_crypto_material_properties=RelatedCryptoMaterialProperties(
                type=_material(item), size=int(size) if size.isdigit() else None
            ),
        )
    return CryptoProperties(asset_type=CryptoAssetType.ALGORITHM, algorithm_properties=_algorithm(item, said))


def _protocol(item: CryptoItem, said: Mapping[str, str]) -> ProtocolProperties:
    """`version` is the oldest that is accepted, where that is written; suites as they are written."""
    lowest = re.search(r"(?i)(?:TLS[v_ ]*)?(1)[._]([0-3])", said.get("minimum version", ""))
    suites = [name for name in re.split(r"[:,\s]+", said.get("cipher suites", "")) if re.match("[A-Za-z]", name)]
    return ProtocolProperties(
        type=ProtocolPropertiesType.TLS if item.name == "TLS" else ProtocolPropertiesType.OTHER,
        version=f"{lowest[1]}.{lowest[2]}" if lowest else None,
        cipher_suites=[ProtocolPropertiesCipherSuite(name=name) for name in suites if "default" not in name],
    )


def _material(item: CryptoItem) -> RelatedCryptoMaterialType:
    said = dict(item.detail)
    if item.name.startswith(("AES", "HMAC", "ChaCha")):
        return RelatedCryptoMaterialType.SECRET_KEY
    return RelatedCryptoMaterialType.PRIVATE_KEY if said.get("primitive") else RelatedCryptoMaterialType.KEY


def _algorithm(item: CryptoItem, said: Mapping[str, str]) -> AlgorithmProperties:
    mode = next((found for name, found in _MODES.items() if re.search(rf"(?:^|-){name}(?:$|-)", item.name)), None)
    size = said.get("key size", "")
    if not size.isdigit():
        match = re.search(r"-(\d{3})\b", item.name)
        size = match[1] if match else ""
    primitive = said.get("primitive", "")
    if not primitive and item.name.startswith("AES"):
        primitive = "block-cipher"
    return AlgorithmProperties(
        primitive=_PRIMITIVES.get(primitive, CryptoPrimitive.OTHER if primitive else CryptoPrimitive.UNKNOWN),
        parameter_set_identifier=size or None,
        curve=said.get("curve"),
        mode=mode,
        classical_security_level=bits(item),
    )
