"""`data "aws_iam_policy_document"`: the policy it renders, as the AWS provider puts it together.

What is a list in the block stays a list in the policy, also where it has one item; every value keeps its place.
"""

from __future__ import annotations

from scanner.inputs.terraform import embedded
from scanner.inputs.terraform.content import Content
from scanner.inputs.terraform.syntax import Spot
from scanner.inputs.terraform.values import Doubtful, Unknown, Val, collection, deep_refs, scalar_text

TYPE = "aws_iam_policy_document"
RENDERED = frozenset({"json", "minified_json"})
_VERSION = "2012-10-17"
_RENAMED = {
    "sid": "Sid",
    "effect": "Effect",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}


def render(content: Content, at: Spot) -> Val:
    """The policy of a document block whose header stands at `at`."""
    statements = _listed(content, "source_policy_documents", "source_json")
    statements += [_statement(block) for block in _blocks(content.get("statement"))]
    statements = _overridden(statements, _listed(content, "override_policy_documents", "override_json"))
    policy = {"Version": _given(content, "version") or Val(_VERSION, at)}
    identifier = _given(content, "policy_id")
    if identifier:
        policy["Id"] = identifier
    policy["Statement"] = collection(statements, at)
    return collection(policy, at)


def _given(content: Content, name: str) -> Val | None:
    value = content.get(name)
    return None if value is None or value.data is None else value


def _blocks(value: Val | None) -> list[Val]:
    return value.items() if value is not None and isinstance(value.data, list) else []


def _listed(content: Content, name: str, old_name: str) -> list[Val]:
    """The statements of the policies an argument lists."""
    documents: list[Val] = []
    for argument in filter(None, (content.get(old_name), content.get(name))):
        documents += argument.items() if isinstance(argument.data, list) else [argument]
    statements: list[Val] = []
    for document in documents:
        policy = embedded.meaning(document, content.budget) or document
        found = (
            policy.item(policy.data["Statement"])
            if isinstance(policy.data, dict) and "Statement" in policy.data
            else None
        )
        if found is None:
            reason = document.data.reason if isinstance(document.data, Unknown) else "the policy cannot be read"
            statements.append(Val(Unknown(reason), document.at, deep_refs(document), document.hops))
        else:
            statements += found.items() if isinstance(found.data, list) else [found]
    return statements


def _overridden(statements: list[Val], others: list[Val]) -> list[Val]:
    """Each of the others takes the place of the statement with its Sid, if there is one."""
    by_sid = {_sid(statement): index for index, statement in reversed(list(enumerate(statements))) if _sid(statement)}
    result = list(statements)
    for statement in others:
        index = by_sid.setdefault(_sid(statement) or f" {len(result)}", len(result))
        result[index : index + 1] = [statement]
    return result


def _sid(statement: Val) -> str:
    data = statement.data
    return scalar_text(data["Sid"].data) or "" if isinstance(data, dict) and "Sid" in data else ""


def _statement(block: Val) -> Val:
    data = block.data
    if isinstance(data, Doubtful):
        return Val(Doubtful(data.reason, _statement(data.contents)), block.at, block.refs, block.hops)
    if not isinstance(data, dict):
        return block
    statement = {new: block.item(data[old]) for old, new in _RENAMED.items() if old in data}
    statement.setdefault("Effect", Val("Allow", block.at))
    for old, new in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        if old in data:
            statement[new] = _principals(block.item(data[old]))
    if "condition" in data:
        statement["Condition"] = _conditions(block.item(data["condition"]))
    return collection(statement, block.at, block.refs)


def _principals(value: Val) -> Val:
    """{type: identifiers}; "*" for everyone."""
    grouped: dict[str, list[Val]] = {}
    for block in _blocks(value):
        data = block.data
        if not isinstance(data, dict) or "type" not in data or "identifiers" not in data:
            return _unclear(block)
        kind = scalar_text(data["type"].data)
        if kind is None:
            return _unclear(block.item(data["type"]))
        identifiers = block.item(data["identifiers"])
        if kind == "*":
            return Val("*", identifiers.at, identifiers.refs)
        grouped.setdefault(kind, []).append(identifiers)
    return collection({kind: _joined(lists) for kind, lists in grouped.items()}, value.at)


def _conditions(value: Val) -> Val:
    """{test: {variable: values}}."""
    grouped: dict[str, dict[str, list[Val]]] = {}
    for block in _blocks(value):
        data = block.data
        if not isinstance(data, dict) or not {"test", "variable", "values"} <= data.keys():
            return _unclear(block)
        test, variable = scalar_text(data["test"].data), scalar_text(data["variable"].data)
        if test is None or variable is None:
            return _unclear(block)
        grouped.setdefault(test, {}).setdefault(variable, []).append(block.item(data["values"]))
    made = {
        test: collection({variable: _joined(lists) for variable, lists in variables.items()}, value.at)
        for test, variables in grouped.items()
    }
    return collection(made, value.at)


def _joined(lists: list[Val]) -> Val:
    """One list of all items; where one of the lists is no known list, that one."""
    unclear = next((each for each in lists if not isinstance(each.data, list)), None)
    if unclear or len(lists) == 1:
        return unclear or lists[0]
    refs = frozenset().union(*(each.refs for each in lists))
    return collection([item for each in lists for item in each.items()], lists[0].at, refs)


def _unclear(value: Val) -> Val:
    reason = value.data.reason if isinstance(value.data, Unknown) else "the block is not complete"
    return Val(Unknown(reason), value.at, deep_refs(value))
