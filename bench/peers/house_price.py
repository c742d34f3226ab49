"""LightGBM with its defaults on the same houses: seconds, peak memory and held-out error, as JSON."""
import json, resource, sys, time
import lightgbm as lgb
import numpy as np
import pandas as pd

started = time.time()
table = pd.read_csv(sys.argv[1])
read = time.time() - started
y = table.pop("Prices").to_numpy()
x = table.to_numpy(dtype=np.float64)
rng = np.random.default_rng(1)
folds = rng.integers(0, 4, len(y))
started = time.time()
said = np.empty(len(y))
for fold in range(4):
    test = folds == fold
    model = lgb.LGBMRegressor(n_estimators=200, n_jobs=2, verbose=-1)
    said[test] = model.fit(x[~test], y[~test]).predict(x[test])
lgb.LGBMRegressor(n_estimators=200, n_jobs=2, verbose=-1).fit(x, y)
trained = time.time() - started
print(json.dumps({
    "read": read,
    "train": trained,
    "rmse": float(np.sqrt(np.mean((y - said) ** 2))),
    "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
