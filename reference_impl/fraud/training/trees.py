"""Trees as one ONNX operator (ai.onnx.ml TreeEnsembleRegressor), and what each feature did on the way to a leaf.

Converters of other projects are not used, for two reasons. Theirs for an isolation forest is a graph of hundreds of
nodes that takes milliseconds a row; and none writes several numbers into a leaf, which is what gives a prediction and
its explanation in one pass.

Thresholds are rounded down to 32 bits. For a 32-bit x and a 64-bit t, x <= t exactly if x <= the largest 32-bit number
that is not above t: so every row, as 32-bit numbers, reaches the very leaf it reaches in the model that was trained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

_OPSET, _ML_OPSET, _IR = 18, 3, 9


@dataclass(frozen=True, slots=True)
class Leaf:
    """`targets`: number of the output to what is added to it."""

    targets: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Branch:
    """To `low` if the feature is at most the threshold, else to `high`."""

    feature: int
    threshold: float
    low: Branch | Leaf
    high: Branch | Leaf


@dataclass(slots=True)
class _Table:
    """The operator's attributes: one entry a node, and one a number in a leaf."""

    nodes: dict[str, list[Any]] = field(default_factory=dict)
    targets: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, tree: int, root: Branch | Leaf) -> None:
        """Numbered from the top, each node before those below it."""
        count = 1
        waiting = [(0, root)]
        while waiting:
            number, node = waiting.pop()
            if isinstance(node, Leaf):
                self._node(treeids=tree, nodeids=number, modes="LEAF")
                for target, weight in sorted(node.targets.items()):
                    self._append(self.targets, treeids=tree, nodeids=number, ids=target, weights=weight)
            else:
                self._node(
                    treeids=tree,
                    nodeids=number,
                    modes="BRANCH_LEQ",
                    featureids=node.feature,
                    values=floor32(node.threshold),
                    truenodeids=count,
                    falsenodeids=count + 1,
                )
                waiting += [(count + 1, node.high), (count, node.low)]
                count += 2

    def _node(self, **given: Any) -> None:
        nothing = {"featureids": 0, "values": 0.0, "truenodeids": 0, "falsenodeids": 0}
        self._append(self.nodes, **(nothing | given))

    @staticmethod
    def _append(table: dict[str, list[Any]], **row: Any) -> None:
        for name, value in row.items():
            table.setdefault(name, []).append(value)


def floor32(value: float) -> float:
    """The largest 32-bit number that is not above it."""
    near = np.float32(value)
    # As a Python float on the left too: NumPy would compare the two in 32 bits, in which they are always equal.
    return float(near if float(near) <= value else np.nextafter(near, np.float32(-np.inf)))


def to_onnx(
    name: str,
    trees: Sequence[Branch | Leaf],
    features: int,
    outputs: int,
    matrices: Sequence[NDArray[np.float32]] = (),
) -> bytes:
    """Input `features`: n × features, float. Output `sums`: n × outputs: what the leaves add.

    `matrices`: what features are multiplied with, one after the other, to become what trees branch on. The same bytes
    for the same trees.
    """
    table = _Table()
    for number, root in enumerate(trees):
        table.add(number, root)
    attributes: dict[str, Any] = {f"nodes_{key}": values for key, values in table.nodes.items()}
    attributes |= {f"target_{key}": values for key, values in table.targets.items()}
    made = ["features", *(f"made_{number}" for number in range(len(matrices)))]
    products = [
        helper.make_node("MatMul", [before, f"matrix_{number}"], [after])
        for number, (before, after) in enumerate(pairwise(made))
    ]
    node = helper.make_node(
        "TreeEnsembleRegressor",
        made[-1:],
        ["sums"],
        domain="ai.onnx.ml",
        n_targets=outputs,
        aggregate_function="SUM",
        post_transform="NONE",
        **attributes,
    )
    graph = helper.make_graph(
        [*products, node],
        name,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, features])],
        [helper.make_tensor_value_info("sums", TensorProto.FLOAT, [None, outputs])],
        [numpy_helper.from_array(matrix, f"matrix_{number}") for number, matrix in enumerate(matrices)],
    )
    model: ModelProto = helper.make_model(
        graph,
        producer_name="payment-service",
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid("ai.onnx.ml", _ML_OPSET)],
        ir_version=_IR,
    )
    content: bytes = model.SerializeToString(deterministic=True)
    return content
