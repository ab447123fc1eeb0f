"""Linear maps of one input, as in attention the queries, keys and values, are computed as one.

The same products of the same rows, in a third of the calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

import numpy as np

from index.lean import openvino

_LAST: Final = -1
"""The axis that a linear map works on."""


class _Linear(NamedTuple):
    """`rows @ weights.T + bias`, somewhere in a graph of OpenVINO, which publishes no types."""

    rows: Any
    weights: Any
    bias: Any
    sum: Any

    @property
    def place(self) -> tuple[str, int]:
        """Tells what goes in from what goes into others."""
        return self.rows.get_node().get_name(), self.rows.get_index()


def join_projections(graph: Any) -> int:  # noqa: ANN401 (OpenVINO publishes no types)
    """Linear maps of the graph with the same input are one, and its outputs what they were.

    Returns:
        How many there are instead of several each.
    """
    found = sorted(_linear_maps(graph), key=lambda linear: linear.place)
    joined = [alike for _, group in groupby(found, key=lambda linear: linear.place) if len(alike := list(group)) > 1]
    for alike in joined:
        _join(alike)
    graph.validate_nodes_and_infer_types()
    return len(joined)


def _linear_maps(graph: Any) -> Iterator[_Linear]:  # noqa: ANN401 (likewise)
    for product in graph.get_ordered_ops():
        if product.get_type_name() != "MatMul":
            continue
        rows, weights = product.input_values()
        turned = product.get_attributes()
        users = list(product.output(0).get_target_inputs())
        if turned["transpose_a"] or not turned["transpose_b"] or not _is_constant(weights) or len(users) != 1:
            continue
        total = users[0].get_node()
        bias = next(filter(_is_constant, total.input_values()), None)
        if total.get_type_name() != "Add" or bias is None:
            continue
        width = weights.get_shape()[0]
        if len(weights.get_shape()) == 2 and np.size(bias.get_node().data) == bias.get_shape()[_LAST] == width:
            yield _Linear(rows, weights, bias, total)


def _is_constant(value: Any) -> bool:  # noqa: ANN401 (likewise)
    return bool(value.get_node().get_type_name() == "Constant")


def _join(alike: list[_Linear]) -> None:
    ov = openvino(converting=True)
    make = ov.opset13
    weights = np.concatenate([linear.weights.get_node().data for linear in alike])
    bias = np.concatenate([linear.bias.get_node().data.reshape(-1) for linear in alike])
    widths = np.array([linear.weights.get_shape()[0] for linear in alike], dtype=np.int64)
    total = make.add(make.matmul(alike[0].rows, make.constant(weights), False, True), make.constant(bias))
    parts = make.variadic_split(total, make.constant(np.int64(_LAST)), make.constant(widths))
    for i, linear in enumerate(alike):
        linear.sum.output(0).replace(parts.output(i))
