"""What onnxruntime says of rows.  stdin: a list of {"model": base64, "columns": {name: cells}}; stdout: for
each the predictions, row by row. Null is NaN in a column of numbers and "" in one of text."""
import base64
import json
import sys

import numpy
import onnx
import onnxruntime


def tensor(given, cells):
    if given.type == "tensor(string)":
        return numpy.array([["" if cell is None else cell] for cell in cells], dtype=object)
    return numpy.array([[numpy.nan if cell is None else cell] for cell in cells], dtype=numpy.float64)


def answer(request):
    model = base64.b64decode(request["model"])
    onnx.checker.check_model(onnx.load_model_from_string(model), full_check=True)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    feeds = {given.name: tensor(given, request["columns"][given.name]) for given in session.get_inputs()}
    return session.run(["prediction"], feeds)[0].tolist()


json.dump([answer(request) for request in json.load(sys.stdin)], sys.stdout)
