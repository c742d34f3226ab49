"""mlforecast with LightGBM on the series of a JSON file, group by group: accuracy and time, as JSON."""

import json
import sys
import time
import warnings

import lightgbm
import numpy as np
import pandas as pd
from mlforecast import MLForecast
from mlforecast.target_transforms import Differences, LocalStandardScaler

warnings.filterwarnings("ignore")


def measured(group):
    """Lags of a season and the usual settings; differences of a season where there is one."""
    period, series = group["period"], group["series"]
    horizon = len(series[0]["test"])
    frame = pd.DataFrame(
        {
            "unique_id": np.concatenate([[one["key"]] * len(one["train"]) for one in series]),
            "ds": np.concatenate([np.arange(len(one["train"])) for one in series]),
            "y": np.concatenate([one["train"] for one in series]).astype(float),
        }
    )
    shortest = min(len(one["train"]) for one in series)
    lag_max = period if 2 * period < shortest else 1
    started = time.process_time()
    model = MLForecast(
        models={"lgb": lightgbm.LGBMRegressor(n_estimators=200, verbosity=-1, n_jobs=1, seed=1)},
        freq=1,
        lags=sorted({1, 2, 3, lag_max}),
        target_transforms=[Differences([lag_max]), LocalStandardScaler()],
    )
    model.fit(frame)
    ahead = model.predict(horizon)
    seconds = time.process_time() - started
    said = {key: part["lgb"].to_numpy() for key, part in ahead.groupby("unique_id")}
    smape, mase = [], []
    for one in series:
        train, test, forecast = np.array(one["train"]), np.array(one["test"]), said[one["key"]]
        scale = group["scale"]
        naive = np.mean(np.abs(train[scale:] - train[:-scale]))
        smape.append(np.mean(200 * np.abs(test - forecast) / (np.abs(test) + np.abs(forecast))))
        mase.append(np.mean(np.abs(test - forecast)) / naive)
    return {"smape": float(np.mean(smape)), "mase": float(np.mean(mase)), "seconds": seconds}


with open(sys.argv[1]) as file:
    groups = json.load(file)
print(json.dumps({name: measured(group) for name, group in groups.items()}))
