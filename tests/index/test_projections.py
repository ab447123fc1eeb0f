from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from index.lean import openvino
from index.projections import join_projections

ov = openvino(converting=True)
make = ov.opset13

ROWS = np.array([[1.0, 2.0], [0.0, -1.0]], dtype=np.float32)


def linear(rows: Any, weights: list[list[float]], bias: list[float]) -> Any:
    product = make.matmul(rows, make.constant(np.array(weights, dtype=np.float32)), False, True)
    return make.add(product, make.constant(np.array(bias, dtype=np.float32)))


def graph_of(*outputs: Any, of: Any) -> Any:
    return ov.Model([make.result(output) for output in outputs], [of], "graph")


def rows_in() -> Any:
    return make.parameter([-1, 2], np.float32, name="rows")


def products(graph: Any) -> int:
    return sum(node.get_type_name() == "MatMul" for node in graph.get_ops())


def outputs(graph: Any) -> list[list[list[float]]]:
    found = ov.Core().compile_model(graph, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})([ROWS])
    return [found[i].tolist() for i in range(len(graph.outputs))]


def test_linear_maps_of_one_input_are_one_with_the_same_outputs():
    """Three maps of different widths; the outputs are worked out by hand, and stay in their order."""
    rows = rows_in()
    graph = graph_of(
        linear(rows, [[1, 0], [0, 1]], [10, 20]),
        linear(rows, [[1, 1]], [0]),
        linear(rows, [[2, 0], [0, 2], [1, -1]], [0, 0, 0.5]),
        of=rows,
    )
    wanted = [[[11, 22], [10, 19]], [[3], [-1]], [[2, 4, -0.5], [0, -2, 1.5]]]
    assert outputs(graph) == wanted
    assert join_projections(graph) == 1
    assert products(graph) == 1
    assert outputs(graph) == wanted


def test_maps_of_several_inputs_are_joined_each_with_its_own():
    """What a map gives is the input of two others: they are joined, and it is left as it is."""
    rows = rows_in()
    first = linear(rows, [[0, 1], [1, 0]], [0, 0])
    graph = graph_of(linear(first, [[1, 0]], [1]), linear(first, [[0, 3]], [2]), of=rows)
    assert join_projections(graph) == 1
    assert products(graph) == 2
    assert outputs(graph) == [[[3], [0]], [[5], [2]]]


@pytest.mark.parametrize("kind", ["alone", "no bias", "used twice", "the other way round", "not constant", "wider"])
def test_what_is_no_linear_map_beside_another_is_left_as_it_is(kind: str):
    """Its graph is the same as before, and gives the same."""
    rows = rows_in()
    weights = make.constant(np.array([[1, 2], [3, 4]], dtype=np.float32))
    bias = make.constant(np.array([5, 6], dtype=np.float32))
    product = {
        "the other way round": lambda: make.matmul(rows, weights, False, False),
        "not constant": lambda: make.matmul(rows, make.multiply(weights, make.reduce_max(rows, 0, True)), False, True),
    }.get(kind, lambda: make.matmul(rows, weights, False, True))()
    if kind == "wider":  # a bias that makes several rows of one
        bias = make.constant(np.array([[5, 6], [7, 8]], dtype=np.float32))
    results = [product if kind == "no bias" else make.add(product, bias)]
    if kind == "used twice":
        results.append(make.relu(product))
    if kind != "alone":
        results.append(linear(rows, [[1, 1]], [0]))
    graph = graph_of(*results, of=rows)
    before, count = outputs(graph), products(graph)
    assert join_projections(graph) == 0
    assert (outputs(graph), products(graph)) == (before, count)
