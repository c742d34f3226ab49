"""statsforecast on the series of a JSON file, one fit a series: accuracy and CPU, as JSON."""

import json
import sys
import time
import warnings

import numpy as np
from statsforecast.models import AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta

warnings.filterwarnings("ignore")
MODELS = {
    "ets": lambda period: AutoETS(season_length=period),
    "theta": lambda period: DynamicOptimizedTheta(season_length=period),
    "ces": lambda period: AutoCES(season_length=period),
    "arima": lambda period: AutoARIMA(season_length=period),
}


def measured(make, group):
    smape, mase = [], []
    make(group[0]["period"]).forecast(np.array(group[0]["train"]), len(group[0]["test"]))
    started = time.process_time()
    for series in group:
        train, test, period = np.array(series["train"]), np.array(series["test"]), series["period"]
        ahead = make(period).forecast(train, len(test))["mean"]
        smape.append(np.mean(200 * np.abs(test - ahead) / (np.abs(test) + np.abs(ahead))))
        naive = np.mean(np.abs(train[period:] - train[:-period]))
        mase.append(np.mean(np.abs(test - ahead)) / naive)
    seconds = time.process_time() - started
    return {"smape": np.mean(smape), "mase": np.mean(mase), "ms": 1000 * seconds / len(group)}


with open(sys.argv[1]) as file:
    groups = json.load(file)
answer = {
    name: {key: measured(make, group) for key, group in groups.items()}
    for name, make in MODELS.items()
}
print(json.dumps(answer))
