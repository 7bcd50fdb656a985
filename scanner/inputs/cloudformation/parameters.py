"""What a parameter is worth: its default, by its type."""

from __future__ import annotations

from scanner.inputs.cloudformation.values import Spot, Unknown, Val, scalar_text
from scanner.model import Json, Step


def value_of(name: str, declared: Json, spot: Spot) -> Val:
    """The value of a parameter that is declared at `spot`."""
    if not isinstance(declared, dict) or declared.get("Default") is None:
        return Val(Unknown(f"parameter {name} has no default", text=f"${{{name}}}"), spot)
    kind = declared.get("Type", "String")
    kind = kind if isinstance(kind, str) else "String"
    if kind.startswith("AWS::SSM::Parameter"):
        return Val(Unknown(f"parameter {name} is looked up in the parameter store", text=f"${{{name}}}"), spot)
    default = Spot(spot.places, (*spot.keys, "Default"))
    steps = (Step(default.place, f"default of parameter {name}"),)
    data = declared["Default"]
    text = scalar_text(data)
    if text is None:
        return Val(Unknown(f"the default of parameter {name} is no text", text=f"${{{name}}}"), spot)
    if text.startswith("{{resolve:"):
        return Val(Unknown(f"parameter {name} is looked up at deployment", text=text), spot)
    if kind == "CommaDelimitedList" or kind.startswith("List<"):
        items = [part.strip() for part in text.split(",")] if text else []
        return Val([Val(item, default, steps) for item in items], default, steps)
    return Val(data, default, steps)
