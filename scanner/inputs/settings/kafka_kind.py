"""Whether a *.properties file configures Kafka: a broker or a client. Others are settings of an application."""

from __future__ import annotations

import re

BROKER, CLIENT = "broker", "client"
_KEY = re.compile(
    r"(?m)^[ \t]*(?:(?P<broker>broker\.id|node\.id|process\.roles|zookeeper\.connect|controller\.quorum\.voters"
    r"|advertised\.listeners|listener\.security\.protocol\.map|inter\.broker\.listener\.name"
    r"|security\.inter\.broker\.protocol|authorizer\.class\.name|allow\.everyone\.if\.no\.acl\.found"
    r"|offsets\.topic\.replication\.factor|log\.retention\.(?:hours|ms|bytes|minutes))"
    r"|(?P<shared>listeners|log\.dirs|num\.partitions)"
    r"|(?P<client>(?:(?:producer|consumer|admin)\.)?(?:bootstrap\.servers|security\.protocol|sasl\.jaas\.config"
    r"|sasl\.mechanism|ssl\.endpoint\.identification\.algorithm|ssl\.truststore\.location)))[ \t]*[=: \t]"
)
_APPLICATION = re.compile(
    r"(?m)^[ \t]*(?:spring|server|management|quarkus|micronaut|mp|camel|logging|app|application)[.\w%-]*[ \t]*[=:]"
)


def kafka_kind(text: str) -> str:
    """BROKER, CLIENT, or "" for anything else: one key may be anybody's, an application's own settings decide."""
    found: set[str] = set()
    names: dict[str, set[str]] = {}
    for match in _KEY.finditer(text):
        kind = match.lastgroup or ""
        found.add(kind)
        names.setdefault(kind, set()).add(match[kind])
    if not found or _APPLICATION.search(text):
        return ""
    if "broker" in found or len(names.get("shared", ())) > 1:
        return BROKER
    return CLIENT if "client" in found else ""
