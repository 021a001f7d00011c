"""Tesseract's LSTM models: reading a `.traineddata` file and its network, and writing them back.

A file is a table of offsets and up to 24 components; the component `lstm` holds a tree of layers, each a header and
what its type needs, then a tail of training settings. A matrix of weights has one row an output, the bias last. In
integer models a row is `int8` and a scale: weight = value x scale. Integers are little-endian. Source of the layout:
Tesseract 5.3, `ccutil/tessdatamanager.cpp` and `lstm/{network,plumbing,lstm,weightmatrix,lstmrecognizer}.cpp`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError

__all__ = ["COMPONENTS", "Layer", "Network", "Weights", "components", "pack", "parse", "serialise", "weights"]

#: Position of a component in the table, by the name `combine_tessdata` gives it.
COMPONENTS = {
    "lstm": 17, "lstm-punc-dawg": 18, "lstm-word-dawg": 19, "lstm-number-dawg": 20, "lstm-unicharset": 21,
    "lstm-recoder": 22, "version": 23,
}  # fmt: skip
ENTRIES = 24
PLUMBING = frozenset(("Series", "Parallel", "Replicated", "RTLReversed", "TTBReversed", "XYTranspose"))
DENSE = frozenset(("Softmax", "SoftmaxNoCTC", "Tanh", "Relu", "Linear", "Logistic"))
#: How many integers follow the header of a layer without weights.
SHAPED = {"Input": 5, "Convolve": 2, "Maxpool": 2}
GATES = 4
INTEGER, ADAM, DOUBLE = 1, 4, 128
#: Flag of plumbing that keeps a learning rate for each of its layers.
OWN_RATES = 64
BIGGEST = 127

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A matrix (outputs x (inputs + 1)); `scales` is None in a float model, else `values` are whole numbers."""

    values: Matrix
    scales: Matrix | None = None
    adam: bool = True

    @property
    def dense(self) -> Matrix:
        """The weights as they multiply."""
        return self.values if self.scales is None else self.values * self.scales[:, None]

    def whole(self) -> Weights:
        """The weights rounded to a scale and `int8` a row, as Tesseract itself does it."""
        dense = self.dense
        scales = np.abs(dense).max(axis=1) / BIGGEST
        return Weights(np.rint(dense / np.where(scales == 0, 1, scales)[:, None]), scales, self.adam)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer: header, numbers of its shape, weights of its gates, layers within, learning rates of these."""

    kind: str
    training: int
    backward: int
    flags: int
    inputs: int
    outputs: int
    count: int
    name: str
    shape: tuple[int, ...] = ()
    weights: tuple[Weights, ...] = ()
    layers: tuple[Layer, ...] = ()
    rates: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The layers, the description they were built from, and the tail: flags, iterations, null, beta, rate, momentum."""

    root: Layer
    description: str
    tail: tuple[Any, ...] = field(default=())


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[Any, ...]:
        form = "<" + form
        try:
            values = struct.unpack_from(form, self.data, self.at)
        except struct.error:
            raise ModelError("an LSTM model ends too early", remedy="reinstall tesseract-ocr-vie") from None
        self.at += struct.calcsize(form)
        return values

    def one(self, form: str) -> Any:
        return self.take(form)[0]

    def text(self) -> str:
        length = int(self.one("I"))
        return bytes(self.one(f"{length}s")).decode("utf8")

    def array(self, kind: str, count: int) -> Matrix:
        numbers = np.dtype(kind).newbyteorder("<")
        raw = self.one(f"{count * numbers.itemsize}s")
        return np.frombuffer(raw, numbers).astype(np.float64)


def components(data: bytes) -> dict[str, bytes]:
    """The components of a `.traineddata` file by name. Raises ModelError where it is none, or has others."""
    reader = _Reader(data)
    count = int(reader.one("I"))
    if count > ENTRIES:
        raise ModelError("not a Tesseract model", remedy="give a .traineddata file of Tesseract 4 or later")
    offsets = reader.take(f"{count}q")
    there = sorted((start, place) for place, start in enumerate(offsets) if start >= 0)
    ends = [start for start, _ in there[1:]] + [len(data)]
    names = {place: name for name, place in COMPONENTS.items()}
    try:
        return {names[place]: data[start:end] for (start, place), end in zip(there, ends, strict=True)}
    except KeyError as error:
        raise ModelError(f"a model with a component {error}", remedy="give a model of tessdata_fast") from None


def pack(parts: dict[str, bytes]) -> bytes:
    """The `.traineddata` file of `parts`, in Tesseract's order."""
    offsets, body = [-1] * ENTRIES, b""
    start = struct.calcsize(f"<I{ENTRIES}q")
    for name, place in sorted(COMPONENTS.items(), key=lambda item: item[1]):
        if name in parts:
            offsets[place] = start + len(body)
            body += parts[name]
    return struct.pack(f"<I{ENTRIES}q", ENTRIES, *offsets) + body


def parse(data: bytes) -> Network:
    """The network of a component `lstm`. Raises ModelError where it has an unknown layer or ends too early."""
    reader = _Reader(data)
    root = _layer(reader)
    return Network(root, reader.text(), reader.take("iiiifff"))


def _layer(reader: _Reader) -> Layer:
    reader.one("b")
    kind = reader.text()
    training, backward, flags, inputs, outputs, count = reader.take("bbiiii")
    layer = Layer(kind, training, backward, flags, inputs, outputs, count, reader.text())
    if kind in PLUMBING:
        layers = tuple(_layer(reader) for _ in range(reader.one("I")))
        rates = reader.take(f"{reader.one('I')}f") if layer.flags & OWN_RATES else ()
        return replace(layer, layers=layers, rates=rates)
    if kind in SHAPED:
        return replace(layer, shape=reader.take(f"{SHAPED[kind]}i"))
    if kind in DENSE:
        return replace(layer, weights=(_weights(reader),))
    if kind in ("LSTM", "SummLSTM"):
        return replace(layer, shape=reader.take("i"), weights=tuple(_weights(reader) for _ in range(GATES)))
    raise ModelError(f"a layer of an unknown kind, {kind}", remedy="give a model of tessdata_fast")


def _weights(reader: _Reader) -> Weights:
    mode = int(reader.one("B"))
    rows, columns = reader.take("II")
    numbers = "i1" if mode & INTEGER else "f8"
    reader.array(numbers, 1)  # what an unset element holds
    values = reader.array(numbers, rows * columns).reshape(rows, columns)
    scales = reader.array("f8", reader.one("I")) if mode & INTEGER else None
    return Weights(values, scales, bool(mode & ADAM))


def serialise(network: Network) -> bytes:
    """The component `lstm`; `parse` gives the same network back, and of a file read the very bytes come again."""
    return _bytes(network.root) + _text(network.description) + struct.pack("<iiiifff", *network.tail)


def _text(text: str) -> bytes:
    raw = text.encode("utf8")
    return struct.pack("<I", len(raw)) + raw


def _bytes(layer: Layer) -> bytes:
    header = (layer.training, layer.backward, layer.flags, layer.inputs, layer.outputs, layer.count)
    parts = [b"\0", _text(layer.kind), struct.pack("<bbiiii", *header), _text(layer.name)]
    parts.append(struct.pack(f"<{len(layer.shape)}i", *layer.shape))
    parts += [_matrix(weights) for weights in layer.weights]
    if layer.kind in PLUMBING:
        parts.append(struct.pack("<I", len(layer.layers)))
        parts += [_bytes(inner) for inner in layer.layers]
        if layer.flags & OWN_RATES:
            parts.append(struct.pack(f"<I{len(layer.rates)}f", len(layer.rates), *layer.rates))
    return b"".join(parts)


def _matrix(weights: Weights) -> bytes:
    whole = weights.scales is not None
    mode = INTEGER * whole | ADAM * weights.adam | DOUBLE
    numbers = "<i1" if whole else "<f8"
    raw = struct.pack("<BII", mode, *weights.values.shape)
    raw += np.zeros(1, numbers).tobytes() + weights.values.astype(numbers).tobytes()
    if weights.scales is not None:
        raw += struct.pack("<I", len(weights.scales)) + weights.scales.astype("<f8").tobytes()
    return raw


def weights(layer: Layer) -> Iterator[Weights]:
    """The matrices of a layer and of all within, in the order of the file."""
    yield from layer.weights
    for inner in layer.layers:
        yield from weights(inner)
