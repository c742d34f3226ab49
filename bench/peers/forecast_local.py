"""statsforecast on the series of a JSON file, one fit a series: accuracy and CPU by model and group, as JSON.

The file holds `{ models, groups: { name: [{ period, train, test }] } }`; a series without a test part
tells its horizon instead, and is timed alone."""

import json
import sys
import time
import warnings

import numpy as np
from statsforecast.models import MSTL, AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta

warnings.filterwarnings("ignore")
MODELS = {
    "ets": AutoETS,
    "theta": DynamicOptimizedTheta,
    "ces": AutoCES,
    "arima": AutoARIMA,
    "mstl": MSTL,
}


def measured(make, group):
    smape, mase = [], []
    steps = lambda series: series.get("horizon") or len(series["test"])
    make(season_length=group[0]["period"]).forecast(np.array(group[0]["train"]), steps(group[0]))
    started = time.process_time()
    for series in group:
        train, period = np.array(series["train"]), series["period"]
        ahead = make(season_length=period).forecast(train, steps(series))["mean"]
        if "test" not in series:
            continue
        test = np.array(series["test"])
        smape.append(np.mean(200 * np.abs(test - ahead) / (np.abs(test) + np.abs(ahead))))
        naive = np.mean(np.abs(train[period:] - train[:-period]))
        mase.append(np.mean(np.abs(test - ahead)) / naive)
    seconds = time.process_time() - started
    scores = {"smape": np.mean(smape), "mase": np.mean(mase)} if smape else {}
    return {**scores, "ms": 1000 * seconds / len(group)}


with open(sys.argv[1]) as file:
    given = json.load(file)
answer = {
    name: {key: measured(MODELS[name], group) for key, group in given["groups"].items()}
    for name in given["models"]
}
print(json.dumps(answer))
