"""mlforecast with LightGBM on the 52-week differences of Walmart's weeks: forecasts of each fold as JSON.

Arguments: a JSON file of `{ folds: [{ keys, values, holidays }], horizons }`, values by key with null
where nothing is known; holidays by week, those to come included."""

import json
import sys
import time
import warnings

import lightgbm
import numpy as np
import pandas as pd
from mlforecast import MLForecast
from mlforecast.target_transforms import Differences

warnings.filterwarnings("ignore")
YEAR = 52
LAGS = [1, 2, 3, 4]


def forecast(fold):
    """Series too short for a difference repeat their last year, where there is one, as all others would."""
    values = np.array(fold["values"], dtype=float)
    count, weeks = values.shape
    holidays = np.array(fold["holidays"], dtype=float)
    horizon = len(holidays) - weeks
    filled = np.nan_to_num(values)
    ids = np.repeat(np.arange(count), weeks)
    frame = pd.DataFrame(
        {
            "unique_id": ids,
            "ds": np.tile(np.arange(weeks), count),
            "y": filled.ravel(),
            "holiday": np.tile(holidays[:weeks], count),
            "store": [int(key.split("/")[0]) for key in fold["keys"] for _ in range(weeks)],
            "department": [int(key.split("/")[1]) for key in fold["keys"] for _ in range(weeks)],
        }
    )
    model = MLForecast(
        models={"lgb": lightgbm.LGBMRegressor(n_estimators=200, verbosity=-1, n_jobs=1, seed=1)},
        freq=1,
        # A first fold of 56 weeks leaves four differences to learn from.
        lags=[lag for lag in LAGS if lag < weeks - YEAR - 1],
        target_transforms=[Differences([YEAR])],
    )
    model.fit(frame, static_features=["store", "department"])
    ahead = np.tile(np.arange(weeks, weeks + horizon), count)
    future = pd.DataFrame(
        {
            "unique_id": np.repeat(np.arange(count), horizon),
            "ds": ahead,
            "holiday": holidays[ahead],
        }
    )
    said = model.predict(horizon, X_df=future).sort_values(["unique_id", "ds"])
    return said["lgb"].to_numpy().round(2).tolist()


with open(sys.argv[1]) as file:
    given = json.load(file)
started = time.process_time()
answers = [forecast(fold) for fold in given["folds"]]
print(json.dumps({"folds": answers, "seconds": time.process_time() - started}))
