"""LightGBM and one column alone on the ABT of late-delivery, last fifth of time held out, as JSON."""
import itertools, json, sys
import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

table = pd.read_csv(sys.argv[1]).sort_values("tino_at", kind="stable")
y = table.pop("tino_label").to_numpy()
times = pd.to_datetime(table.pop("tino_at"))
closes = pd.to_datetime(table.pop("tino_closes"))
for name in table.columns:
    if table[name].dtype == object:
        table[name] = table[name].astype("category")
cut = int(len(y) * 0.8)
first = times.iloc[cut]
train = (np.arange(len(y)) < cut) & (closes <= first).to_numpy()
test = np.arange(len(y)) >= cut

def fit(rows, params):
    return lgb.LGBMClassifier(n_estimators=200, n_jobs=2, verbose=-1, **params).fit(table[rows], y[rows])

inner = int(train.sum() * 0.8)
order = np.flatnonzero(train)
early, late = order[:inner], order[inner:]
grid = [dict(num_leaves=l, learning_rate=r, min_child_samples=m) for l, r, m in itertools.product([4, 7, 15, 31], [0.02, 0.05], [20, 80])]
def score(params):
    model = lgb.LGBMClassifier(n_estimators=200, n_jobs=2, verbose=-1, **params).fit(table.iloc[early], y[early])
    return roc_auc_score(y[late], model.predict_proba(table.iloc[late])[:, 1])
best = max(grid, key=score)
tuned = roc_auc_score(y[test], fit(train, best).predict_proba(table[test])[:, 1])
single = roc_auc_score(y[test], -table["promised_days"].to_numpy()[test])
print(json.dumps({"tuned": tuned, "promisedDays": max(single, 1 - single), "rows": int(train.sum()), "test": int(test.sum()), "params": best}))
