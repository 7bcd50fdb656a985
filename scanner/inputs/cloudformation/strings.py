"""Functions that make texts: Fn::Sub, Fn::Join. A text with an unknown part is unknown, with its known parts kept.

`AWS::Partition` as a part of a text is `aws`: an ARN means the same in every partition, and what rules ask of it too.
By itself, in a condition for instance, it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from scanner.inputs.cloudformation.values import Removed, Spot, Unknown, Val, deep_refs, scalar_text
from scanner.model import Step

_PARTITION = "${AWS::Partition}"
_VARIABLE = re.compile(r"\$\{(!?)([^{}\n]*)\}")


def substituted(text: str, at: Spot, look_up: Callable[[str], Val]) -> Val:
    """A text with every `${Name}` replaced; `${!Literal}` stands for `${Literal}`."""
    parts: list[str | Val] = []
    here = 0
    for match in _VARIABLE.finditer(text):
        parts.append(text[here : match.start()])
        here = match.end()
        parts.append(f"${{{match[2]}}}" if match[1] else look_up(match[2].strip()))
    parts.append(text[here:])
    return concatenated([part for part in parts if part != ""], at)


def joined(delimiter: str, items: Sequence[Val], at: Spot) -> Val:
    """Texts with a delimiter between them."""
    parts: list[str | Val] = []
    for item in items:
        if isinstance(item.data, Removed):
            continue
        if parts:
            parts.append(delimiter)
        parts.append(item)
    return concatenated(parts, at)


def concatenated(parts: Sequence[str | Val], at: Spot) -> Val:
    """A text made of parts. A single one that is unknown is what it is."""
    if len(parts) > 1:
        parts = ["aws" if isinstance(part, Val) and _is_partition(part) else part for part in parts]
    values = [part for part in parts if isinstance(part, Val)]
    refs = deep_refs(*values)
    if len(parts) == 1 and values and isinstance(values[0].data, Unknown):
        return Val(values[0].data, at, values[0].steps, refs)
    written = "".join(part if isinstance(part, str) else _text(part) for part in parts)
    doubt = next((value.data for value in values if scalar_text(value.data) is None), None)
    if doubt is not None:
        reason = doubt.reason if isinstance(doubt, Unknown) else "a part of the text is no text"
        return Val(Unknown(reason, text=written), at, (), refs)
    steps: dict[Step, None] = {step: None for value in values for step in value.steps}
    return Val(written, at, tuple(steps), refs)


def _is_partition(value: Val) -> bool:
    return isinstance(value.data, Unknown) and value.data.text == _PARTITION


def _text(value: Val) -> str:
    if isinstance(value.data, Unknown):
        data = value.data
        named = f"{data.ref}.{data.attr}" if data.attr else data.ref
        return data.text or f"${{{named or 'unknown'}}}"
    return scalar_text(value.data) or ""
