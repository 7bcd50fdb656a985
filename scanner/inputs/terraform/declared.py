"""What the files of one directory declare together, with override files merged in as Terraform does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from scanner.inputs.terraform import is_override
from scanner.inputs.terraform.order import mentioned
from scanner.inputs.terraform.syntax import Attribute, Block, Body
from scanner.inputs.terraform.templates import static_text

_META_MERGED = "lifecycle"


class Declared:
    """One module's declarations by name. Resources and data blocks by address (`aws_s3_bucket.b`, `data.aws_ami.a`).

    `incomplete`: some file of the directory could not be read, so what is not declared here may be declared there.
    `twice`: blocks of a name that is taken. With each the first one of it, where both are looked at and each file by
    itself is fine: files may lie together that are never used together.
    """

    def __init__(self, directory: str, bodies: Iterable[tuple[str, Body]], incomplete: bool) -> None:
        """`bodies`: path and content of the directory's files, of which there may be override files."""
        self.directory, self.incomplete = directory, incomplete
        self.resources: dict[str, Block] = {}
        self.variables: dict[str, Block] = {}
        self.outputs: dict[str, Block] = {}
        self.modules: dict[str, Block] = {}
        self.providers: dict[str, Block] = {}
        self.locals: dict[str, Attribute] = {}
        self.settings: list[Block] = []
        self.twice: list[tuple[Block, Block | None]] = []
        self._mentioned: dict[str, frozenset[tuple[str, str]]] = {}
        ordered = sorted(bodies, key=lambda item: (is_override(item[0]), item[0]))
        for path, body in ordered:
            for block in body.blocks:
                self._add(block, is_override(path))

    def mentioned(self, name: str) -> frozenset[tuple[str, str]]:
        """Which locals and variables a local's expression refers to."""
        if name not in self._mentioned:
            self._mentioned[name] = mentioned(self.locals[name].expression)
        return self._mentioned[name]

    def _add(self, block: Block, override: bool) -> None:
        kind = _KINDS.get((block.type, len(block.labels)))
        if block.type == "locals":
            self.locals.update(block.body.attributes)
        elif block.type == "terraform":
            self._add_settings(block, override)
        elif kind:
            table: dict[str, Block] = getattr(self, kind.table)
            name = kind.prefix + ".".join(block.labels)
            if block.type == "provider":
                name = _provider_name(block)
            if name in table and override:
                table[name] = _merged(table[name], block)
            elif name in table:
                elsewhere = table is self.resources and table[name].file.path != block.file.path
                self.twice.append((block, table[name] if elsewhere else None))
                if table is self.resources:  # it is looked at all the same, under a name nothing can refer to
                    table[f"{name}#{len(self.twice) + 1}"] = block
            else:
                table[name] = block

    def _add_settings(self, block: Block, override: bool) -> None:
        if override and self.settings:
            self.settings[0] = _merged(self.settings[0], block)
        else:
            self.settings.append(block)


class _Kind(NamedTuple):
    table: str
    prefix: str = ""


_KINDS = {
    ("resource", 2): _Kind("resources"),
    ("data", 2): _Kind("resources", "data."),
    ("variable", 1): _Kind("variables"),
    ("output", 1): _Kind("outputs"),
    ("module", 1): _Kind("modules"),
    ("provider", 1): _Kind("providers"),
}


def _provider_name(block: Block) -> str:
    alias = block.body.attributes.get("alias")
    text = static_text(alias.expression) if alias else None
    return f"{block.labels[0]}.{text}" if text else block.labels[0]


def nested_type(block: Block) -> str:
    """The type of a nested block, or of those a `dynamic` block makes."""
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


def _merged(base: Block, override: Block) -> Block:
    """Attributes replace attributes of the same name, nested blocks all those of the same type; `lifecycle` merges."""
    replaced = {nested_type(block) for block in override.body.blocks if block.type != _META_MERGED}
    kept = [block for block in base.body.blocks if nested_type(block) not in replaced]
    cycles = [block for block in kept if block.type == _META_MERGED]
    for block in override.body.blocks:
        if block.type == _META_MERGED and cycles:
            kept = [_merged(other, block) if other is cycles[0] else other for other in kept]
        else:
            kept.append(block)
    attributes = {**base.body.attributes, **override.body.attributes}
    return base._replace(body=Body(attributes, kept))
