"""The record of processing activities (Art. 30(1)), made from the map: it cannot say what the service does not do."""

from __future__ import annotations

from typing import Any

from reference_impl.gdpr.datamap import NONE, DataMap, Table

UNKNOWN = "not set: PAYMENT_PRIVACY_CONTROLLER"


def record(held: DataMap, controller: str) -> dict[str, Any]:
    """`controller`: name and contact (a); the other letters of Art. 30(1) by what they are about."""
    return {
        "version": held.version,
        "controller": controller or UNKNOWN,
        "activities": [_activity(held, name) for name in held.purposes],
        "measures": list(held.measures),
    }


def markdown(made: dict[str, Any]) -> str:
    """The same for people."""
    lines = ["# Record of processing activities (Art. 30 GDPR)", ""]
    lines += [f"Controller: {made['controller']}", "", f"Made from version {made['version']} of the data map.", ""]
    for one in made["activities"]:
        lines += [f"## {one['purpose']}", "", f"- People: {one['people']}"]
        lines += [f"- Recipients: {'; '.join(one['recipients']) or 'none'}", f"- Third countries: {one['transfers']}"]
        if one["automated_decisions"]:
            lines.append(f"- Automated decisions: {one['automated_decisions']}")
        lines += ["", "| Data | Category | Basis | Kept | In |", "|---|---|---|---|---|"]
        lines += [
            f"| {each['holds']} | {each['category']} | {each['basis']}, Art. {each['article']} | {each['kept']} | "
            f"{each['table']} |"
            for each in one["data"]
        ]
        lines.append("")
    return "\n".join([*lines, "## Measures (Art. 32)", "", *(f"- {one}" for one in made["measures"]), ""])


def _activity(held: DataMap, purpose: str) -> dict[str, Any]:
    said = held.purposes[purpose]
    tables = [(name, table) for name, table in held.tables.items() if table.purpose == purpose and table.category]
    return {
        "purpose": said.why,
        "people": said.people,
        "recipients": list(said.recipients),
        "transfers": held.transfers,
        "automated_decisions": said.automated,
        "data": [_data(held, name, table) for name, table in tables],
    }


def _data(held: DataMap, name: str, table: Table) -> dict[str, Any]:
    category = held.category(table)
    kept = f"{held.days(table)} days" + (f", {category.years} years at least" if category.years else "")
    return {
        "table": name,
        "holds": table.holds,
        "category": table.category,
        "basis": category.basis,
        "article": category.article,
        "kept": kept,
        "fields": [column for group in table.columns if group.is_ != NONE for column in group.names],
    }
