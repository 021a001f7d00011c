"""The network of Tesseract's fast models in PyTorch: the same numbers out for the same weights, and it can learn.

    line 36 high -> 3 x 3 convolution, 16 -> largest of 3 x 3 -> LSTM down each column -> LSTM forth, back, forth
    -> one output a character

Outside the picture the convolution sees noise, as in Tesseract. Integer models that `lstmtraining` refuses to go on
with are taken as well: their weights are multiplied out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors import ModelError
from pipeline.imaging.raster import Pixels
from pipeline.train.recogniser_format import Layer, Network, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["build", "grown", "logits", "normalised", "written"]

STACK = ("ConvNL", "Lfys48", "Lfx96", "Lrx96", "Lfx192", "Output")
#: Columns that one step of the network stands for.
STEP = 3
#: PyTorch keeps the gates of an LSTM as input, forget, cell, output; the file as cell, input, forget, output.
TO_TORCH, TO_FILE = (1, 2, 0, 3), (2, 0, 1, 3)


def _torch() -> Any:
    try:
        return import_module("torch")
    except ImportError:
        raise ModelError("PyTorch is not installed", remedy="run `uv pip install torch`") from None


def _named(layer: Layer) -> dict[str, Layer]:
    found = {layer.name: layer}
    for inner in layer.layers:
        found |= _named(inner)
    return found


def build(network: Network) -> Any:
    """The modules, by the names of the file, with its weights. Raises ModelError where the network is another."""
    torch = _torch()
    layers = _named(network.root)
    if not set(STACK) <= set(layers):
        raise ModelError(f"a network of another shape, {network.description}", remedy="give tessdata_fast's `vie`")
    modules = torch.nn.ModuleDict()
    for name in STACK:
        layer = layers[name]
        recurrent = layer.kind in ("LSTM", "SummLSTM")
        kind = torch.nn.LSTM if recurrent else torch.nn.Linear
        modules[name] = kind(layer.inputs, layer.outputs)
        (_fill_lstm if recurrent else _fill_dense)(torch, modules[name], layer)
    return modules


def _tensor(torch: Any, matrix: NDArray[np.float64]) -> Any:
    return torch.tensor(matrix, dtype=torch.float32)


def _fill_dense(torch: Any, module: Any, layer: Layer) -> None:
    matrix = _tensor(torch, layer.weights[0].dense)
    with torch.no_grad():
        module.weight.copy_(matrix[:, :-1])
        module.bias.copy_(matrix[:, -1])


def _fill_lstm(torch: Any, module: Any, layer: Layer) -> None:
    matrix = torch.cat([_tensor(torch, layer.weights[gate].dense) for gate in TO_TORCH])
    with torch.no_grad():
        module.weight_ih_l0.copy_(matrix[:, : layer.inputs])
        module.weight_hh_l0.copy_(matrix[:, layer.inputs : -1])
        module.bias_ih_l0.copy_(matrix[:, -1])
        module.bias_hh_l0.zero_()
    module.bias_hh_l0.requires_grad_(False)  # the file has one bias, PyTorch two


def logits(modules: Any, lines: Any) -> Any:
    """(steps, lines, characters) of pictures (lines, height, width) in -1 (ink) to 1 (paper)."""
    torch = _torch()
    count, height, width = lines.shape
    padded = torch.rand(count, height + 2, width + 2) * 2 - 1
    padded[:, 1:-1, 1:-1] = lines
    conv = modules["ConvNL"]
    kernel = conv.weight.view(-1, 3, 3).transpose(1, 2).unsqueeze(1)  # the file runs down columns first
    seen = torch.tanh(torch.nn.functional.conv2d(padded.unsqueeze(1), kernel, conv.bias))
    seen = torch.nn.functional.max_pool2d(seen, STEP)
    _, depth, rows, steps = seen.shape
    columns = seen.permute(2, 0, 3, 1).reshape(rows, count * steps, depth)
    _, (last, _) = modules["Lfys48"](columns)
    values = last[0].view(count, steps, -1).transpose(0, 1)
    values, _ = modules["Lfx96"](values)
    values = torch.flip(modules["Lrx96"](torch.flip(values, (0,)))[0], (0,))
    values, _ = modules["Lfx192"](values)
    return modules["Output"](values)


def normalised(pixels: Pixels) -> NDArray[np.float32]:
    """A line as the network takes it: black and white are found along its middle, as in Tesseract."""
    middle = pixels[pixels.shape[0] // 2].astype(np.int16)
    before, here, after = middle[:-2], middle[1:-1], middle[2:]
    low = here[((here < before) & (here <= after)) | ((here <= before) & (here < after))]
    high = here[((here > before) & (here >= after)) | ((here >= before) & (here > after))]
    black = float(np.quantile(low, 0.25)) if len(low) else 0.0
    white = float(np.quantile(high, 0.75)) if len(high) else 255.0
    contrast = (white - black) / 2 if white > black else 1.0
    return np.asarray(np.clip((pixels - black) / contrast - 1, -1, 1), np.float32)


def written(modules: Any, network: Network, *, whole: bool = True) -> Network:
    """`network` with the weights of `modules`, as integers where `whole`."""
    matrices = {name: _matrices(modules[name]) for name in STACK}
    root = _rebuilt(network.root, matrices, whole)
    integer = 1
    flags = network.tail[0] | integer if whole else network.tail[0] & ~integer
    return replace(network, root=root, tail=(flags, *network.tail[1:]))


def _matrices(module: Any) -> list[NDArray[np.float64]]:
    names = ("weight", "bias") if hasattr(module, "weight") else ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0")
    parts = [getattr(module, name).detach().numpy().astype(np.float64) for name in names]
    matrix = np.hstack([*parts[:-1], parts[-1][:, None]])
    if hasattr(module, "weight"):
        return [matrix]
    gates = np.split(matrix, 4)
    return [gates[gate] for gate in TO_FILE]


def _rebuilt(layer: Layer, matrices: Mapping[str, Sequence[NDArray[np.float64]]], whole: bool) -> Layer:
    weights = tuple(Weights(matrix) for matrix in matrices.get(layer.name, ()))
    inner = tuple(_rebuilt(each, matrices, whole) for each in layer.layers)
    return replace(layer, weights=tuple(w.whole() if whole else w for w in weights), layers=inner)


def grown(network: Network, like: Iterable[int], *, shy: float = 3.0) -> Network:
    """The network with further outputs, each beginning as a less likely copy of output `like`."""
    root = network.root
    output = root.layers[-1]
    dense = output.weights[0].dense
    rows = dense[list(like)].copy()
    rows[:, -1] -= shy
    values = np.vstack([dense, rows])
    grew = replace(output, outputs=len(values), count=values.size, weights=(Weights(values),))
    count = root.count + rows.size
    return replace(network, root=replace(root, outputs=len(values), count=count, layers=(*root.layers[:-1], grew)))
