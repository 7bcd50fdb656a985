"""What a plan says about the code it was made from: which arguments are written, and what they refer to.

Locals are not in a plan: what an argument gets through one is not seen here (it is where the code is in the scan).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from scanner.inputs.terraform.plan.document import Plan, Planned, stripped
from scanner.model import Json

_MAX_HOPS = 20
"""Through how many variables and outputs a reference is followed."""
_MANY = 50
"""Of more instances than these the resource is named, not each."""
_MAX_DEPTH = 30
_NOT_RESOURCES = frozenset({"local", "each", "count", "path", "self", "terraform", "ephemeral"})
_PART = re.compile(r'([A-Za-z_][\w-]*)((?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)\.?')
_LAST_INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]$')


class Reference(NamedTuple):
    """What an argument refers to: a resource or data block, and what follows behind its address."""

    address: str
    attribute: str


class Configuration:
    """The modules of a plan's configuration, and the instances that the plan has of their resources."""

    def __init__(self, plan: Plan) -> None:
        self._modules: dict[str, Json] = {}
        self._resources: dict[str, Json] = {}
        self.repeated: set[str] = set()
        """Addresses (without indexes) of resources and module calls with `count` or `for_each`."""
        self._read(plan.configuration.get("root_module"))
        self.addresses = {item.address for item in plan.resources}
        self._instances: dict[str, list[str]] = {}
        for item in plan.resources:
            self._instances.setdefault(stripped(item.address), []).append(item.address)
        self._known: dict[tuple[str, str, str], tuple[Reference, ...]] = {}

    def declares(self, address: str) -> bool:
        """Whether the code that was planned declares a resource of this address (indexes do not count)."""
        return stripped(address) in self._resources

    def planned(self, address: str) -> bool:
        """Whether there is any instance of the resource in the plan."""
        return stripped(address) in self._instances

    def is_several(self, address: str) -> bool:
        """Whether an address stands for any number of instances: an index is missing in it."""
        whole, seen = stripped(address), ""
        parts = _joined(whole)
        rest = address
        for part in parts:
            seen = f"{seen}.{part}" if seen else part
            rest = rest.removeprefix(".").removeprefix(part)
            match = _PART.match(f"x{rest}")
            indexed = bool(match and match[2])
            if seen in self.repeated and not indexed:
                return True
            rest = rest[len(match[2]) if match else 0 :]
        return False

    def expressions(self, address: str) -> Json:
        """The arguments written for a resource: nested as they are; None where the plan does not say."""
        resource = self._resources.get(stripped(address))
        if resource is None:
            return None
        found = resource.get("expressions")
        return found if isinstance(found, dict) else {}

    def references(self, item: Planned, expression: Json) -> dict[str, list[Reference]]:
        """Dotted path -> what is referred to there or below. Lists of blocks count from 0."""
        found: dict[str, list[Reference]] = {}
        for path, names in _mentions(expression, ()):
            references = [each for name in names for each in self._resolved(name, item, names)]
            for length in range(1, len(path) + 1):
                found.setdefault(".".join(path[:length]), []).extend(references)
        return found

    def origin(self, item: Planned, expression: Json) -> dict[str, str]:
        """{"ref", "attr"} where an argument is an attribute of a resource and depends on nothing else."""
        names = expression.get("references") if isinstance(expression, dict) else None
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            return {}
        found = {each for name in _longest(names) for each in self._resolved(name, item, names)}
        if len(found) != 1:
            return {}
        (only,) = found
        return {"ref": only.address, "attr": only.attribute} if only.attribute else {"ref": only.address}

    def instances(self, address: str) -> list[str]:
        """The planned instances that an address of the code, with or without indexes, may mean."""
        if address in self.addresses:
            return [address]
        found = self._instances.get(stripped(address), [])
        return found if 0 < len(found) <= _MANY else [address]

    # Reading

    def _read(self, root: Json) -> None:
        waiting = [("", root, 0)]
        while waiting:
            address, module, depth = waiting.pop()
            if not isinstance(module, dict) or depth > _MAX_DEPTH:
                continue
            self._modules[address] = module
            prefix = f"{address}." if address else ""
            for resource in _objects(module.get("resources")):
                name = f"{prefix}{resource.get('address')}"
                self._resources[name] = resource
                self._note_repeated(name, resource)
            for call, made in _entries(module.get("module_calls")):
                name = f"{prefix}module.{call}"
                self._note_repeated(name, made)
                waiting.append((name, made.get("module"), depth + 1))

    def _note_repeated(self, name: str, block: Mapping[str, Json]) -> None:
        if "count_expression" in block or "for_each_expression" in block:
            self.repeated.add(name)

    # Resolving

    def _resolved(self, name: str, item: Planned, beside: Iterable[str]) -> tuple[Reference, ...]:
        """What one mention in an instance's arguments leads to."""
        found = self._targets(name, item.module, 0)
        if not {"each.key", "each.value", "count.index"} & set(beside):
            return found
        index = _LAST_INDEX.search(item.address)
        same = tuple(
            Reference(f"{each.address}{index[0]}", each.attribute)
            for each in found
            if index and f"{each.address}{index[0]}" in self.addresses
        )
        return same or found

    def _targets(self, name: str, module: str, hops: int) -> tuple[Reference, ...]:
        key = (name, module, "")
        if key not in self._known:
            self._known[key] = ()  # what refers to itself leads nowhere
            self._known[key] = tuple(self._followed(name, module, hops)) if hops < _MAX_HOPS else ()
        return self._known[key]

    def _followed(self, name: str, module: str, hops: int) -> Iterator[Reference]:
        parts = [(match[1], match[2]) for match in _PART.finditer(name)]
        if len(parts) < 2 or parts[0][0] in _NOT_RESOURCES:
            return
        kind = parts[0][0]
        if kind == "var":
            yield from self._through_variable(parts[1][0], module, hops)
        elif kind == "module":
            if len(parts) > 2:
                yield from self._through_output(parts[1], parts[2][0], module, hops)
        else:
            length = 3 if kind == "data" else 2
            if len(parts) < length:
                return
            own = ".".join(word for word, _ in parts[:length]) + parts[length - 1][1]
            attribute = ".".join(word for word, _ in parts[length : length + 1])
            yield Reference(f"{module}.{own}" if module else own, attribute)

    def _through_variable(self, variable: str, module: str, hops: int) -> Iterator[Reference]:
        if not module:
            return
        parent, _, called = stripped(module).rpartition("module.")
        calls = self._modules.get(parent.rstrip("."), {}).get("module_calls")
        call = calls.get(called) if isinstance(calls, dict) else None
        expressions = call.get("expressions") if isinstance(call, dict) else None
        argument = expressions.get(variable) if isinstance(expressions, dict) else None
        for _, names in _mentions(argument, ()):
            for name in names:
                yield from self._targets(name, _parent(module), hops + 1)

    def _through_output(self, call: tuple[str, str], output: str, module: str, hops: int) -> Iterator[Reference]:
        child = f"{module}.module.{call[0]}" if module else f"module.{call[0]}"
        outputs = self._modules.get(stripped(child), {}).get("outputs")
        block = outputs.get(output) if isinstance(outputs, dict) else None
        if isinstance(block, dict):
            for _, names in _mentions(block.get("expression"), ()):
                for name in names:
                    yield from self._targets(name, child + call[1], hops + 1)


def _parent(module: str) -> str:
    """The address of the module that a module is called from."""
    parts = _addressed(module)
    return ".".join(parts[:-2])


def _addressed(address: str) -> list[str]:
    return [match[1] + match[2] for match in _PART.finditer(address)]


def _joined(address: str) -> list[str]:
    """module.a.module.b.aws_x.y -> [module.a, module.b, aws_x.y]."""
    parts, found = address.split("."), []
    while parts:
        length = 3 if parts[0] == "data" else 2
        found.append(".".join(parts[:length]))
        del parts[:length]
    return found


def _mentions(expression: Json, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The path of every argument that refers to something, and to what: the longest of each chain of names."""
    if len(path) > _MAX_DEPTH:
        return
    if isinstance(expression, list):
        for index, item in enumerate(expression):
            yield from _mentions(item, (*path, str(index)))
    elif isinstance(expression, dict):
        names = expression.get("references")
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            yield path, _longest(names)
            return
        for key, item in expression.items():
            if key != "constant_value":
                yield from _mentions(item, (*path, key))


def _longest(names: list[str]) -> list[str]:
    """A plan lists `a.b.id`, `a.b` for one mention: the first says it all."""
    found: list[str] = []
    for name in names:
        if not found or not found[-1].startswith((f"{name}.", f"{name}[")):
            found.append(name)
    return found


def _objects(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _entries(value: Json) -> list[tuple[str, dict[str, Json]]]:
    return [(key, item) for key, item in value.items() if isinstance(item, dict)] if isinstance(value, dict) else []
