"""
PyTorch in float64 on the work of `bptt bench speed`: a server on stdin and stdout for torch.js, which starts it.

A frame is a line of JSON whose `arrays` names what follows it and how many float64 each has (frames.js). The first
frame out says which PyTorch this is; then each frame in has its answer:

    {"do": "open", "work": {...}} and arrays    nothing
    {"do": "outputs"}                           the outputs, and after a backward pass the gradients
    {"do": "time", "calls": n, "before": m}     {"ms": what n calls took after m, by Python's own clock}
"""
import ctypes
import gc
import json
import math
import os
import sys
import time

import torch
from torch.nn.functional import scaled_dot_product_attention

source, sink = sys.stdin.buffer, sys.stdout.buffer


def receive():
    line = source.readline()
    if not line:
        sys.exit(0)
    header = json.loads(line)
    arrays = {}
    for name, length in header["arrays"]:
        arrays[name] = torch.frombuffer(bytearray(source.read(8 * length)), dtype=torch.float64)
    return header, arrays


def send(header, arrays={}):
    tensors = {name: tensor.detach().contiguous() for name, tensor in arrays.items()}
    lengths = [[name, tensor.numel()] for name, tensor in tensors.items()]
    sink.write(json.dumps({**header, "arrays": lengths}).encode() + b"\n")
    for tensor in tensors.values():
        sink.write(ctypes.string_at(tensor.data_ptr(), 8 * tensor.numel()))
    sink.flush()


def library():
    """The BLAS behind it: what OpenBLAS says of itself if PyTorch loaded that, else what PyTorch was built with."""
    try:
        openblas = ctypes.CDLL("libblas.so.3", mode=os.RTLD_NOLOAD)
        openblas.openblas_get_config.restype = ctypes.c_char_p
        openblas.openblas_get_corename.restype = ctypes.c_char_p
        words = openblas.openblas_get_config().decode().split()
        return f"{words[0]} {words[1]} for {openblas.openblas_get_corename().decode()}"
    except (OSError, AttributeError):
        built = torch.__config__.show().split("BLAS_INFO=")
        return built[1].split(",")[0] if len(built) > 1 else "unknown"


def both_ways(forward, given, upstream):
    """Forward and backward: the output, and the gradients of what is given."""

    def call():
        for tensor in given.values():
            tensor.grad = None
        out = forward()
        out.backward(upstream)
        return {"out": out, **{f"d{name}": tensor.grad for name, tensor in given.items()}}

    return call


def without_tape(forward):
    def call():
        with torch.no_grad():
            return {"out": forward()}

    return call


def loaded(module, arrays):
    """The module with our weights, which torch.js has put in its order."""
    for name, parameter in module.named_parameters():
        parameter.data.copy_(arrays[name.removesuffix("_l0")].view(parameter.shape))
    return {name.removesuffix("_l0"): parameter for name, parameter in module.named_parameters()}


def cell(work, arrays):
    T, B, D, H = (work[size] for size in "TBDH")
    module = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[work["module"]](D, H)
    parameters = loaded(module, arrays)
    x = arrays["x"].view(T, B, D)
    if not work["backward"]:
        return without_tape(lambda: module(x)[0])
    x.requires_grad_()
    return both_ways(lambda: module(x)[0], {**parameters, "x": x}, arrays["dh"].view(T, B, H))


def step(work, arrays):
    """One step after the other; what the outputs are asked for is the first."""
    D, H = work["D"], work["H"]
    module = torch.nn.LSTMCell(D, H)
    loaded(module, arrays)
    x = arrays["x"].view(1, D)
    state = [arrays["h0"].view(1, H), arrays["c0"].view(1, H)]

    def call():
        with torch.no_grad():
            state[:] = module(x, state)
        return {"h": state[0], "c": state[1]}

    return call


def attention(work, arrays):
    T, D, H = work["T"], work["D"], work["H"]
    # Of four dimensions: with fewer it takes the unfused way.
    Q, K, V = (arrays[name].view(1, 1, T, -1) for name in "QKV")
    forward = {
        "naive": lambda: torch.softmax(Q @ K.transpose(-1, -2) / math.sqrt(D), -1) @ V,
        "online": lambda: scaled_dot_product_attention(Q, K, V),
    }[work["form"]]
    if not work["backward"]:
        return without_tape(forward)
    given = {"Q": Q.requires_grad_(), "K": K.requires_grad_(), "V": V.requires_grad_()}
    return both_ways(forward, given, arrays["dO"].view(1, 1, T, H))


def gradcheck(work, arrays):
    """Every entry of weights, one bias, x and the first states, for the loss Σ h ⊙ dh."""
    T, B, D, H = (work[size] for size in "TBDH")
    module = torch.nn.LSTM(D, H)
    parameters = loaded(module, arrays)
    parameters["bias_hh"].requires_grad_(False)
    x, h0, c0 = arrays["x"].view(T, B, D), arrays["h0"].view(1, B, H), arrays["c0"].view(1, B, H)
    dh = arrays["dh"].view(T, B, H)
    given = [p for p in parameters.values() if p.requires_grad]
    given += [tensor.requires_grad_() for tensor in (x, h0, c0)]

    def loss(*_):
        return (module(x, (h0, c0))[0] * dh).sum()

    return lambda: {
        "passed": torch.tensor([float(torch.autograd.gradcheck(loss, given, raise_exception=False))])
    }


def timed(call, calls, before):
    gc.collect()
    gc.disable()
    for _ in range(before):
        call()
    start = time.perf_counter()
    for _ in range(calls):
        call()
    took = time.perf_counter() - start
    gc.enable()
    return 1000 * took


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    torch.set_default_dtype(torch.float64)
    capability = torch.backends.cpu.get_cpu_capability()
    send({"version": torch.__version__, "blas": library(), "capability": capability})
    programs = {"cell": cell, "step": step, "attention": attention, "gradcheck": gradcheck}
    call = None
    while True:
        asked, arrays = receive()
        if asked["do"] == "open":
            call = programs[asked["work"]["program"]](asked["work"], arrays)
            send({})
        elif asked["do"] == "outputs":
            send({}, call())
        else:
            send({"ms": timed(call, asked["calls"], asked["before"])})


main()
