"""LightGBM, tuned inside each fold, and one column alone on the rows and folds of late-delivery, as JSON."""
import itertools, json, sys
import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

abt = json.load(open(sys.argv[1]))
table = pd.DataFrame(abt["columns"])
y = np.array(abt["y"])
for name in table.columns:
    if not pd.api.types.is_numeric_dtype(table[name]):
        table[name] = table[name].astype("category")
grid = [
    dict(num_leaves=l, learning_rate=r, min_child_samples=m)
    for l, r, m in itertools.product([4, 7, 15, 31], [0.02, 0.05], [20, 80])
]

def fit(rows, params):
    model = lgb.LGBMClassifier(n_estimators=200, n_jobs=2, verbose=-1, **params)
    return model.fit(table.iloc[rows], y[rows])

tuned, single = [], []
for fold in abt["folds"]:
    train, test = np.array(fold["train"]), np.array(fold["test"])
    cut = int(len(train) * 0.75)
    early, late = train[:cut], train[cut:]
    def score(params):
        return roc_auc_score(y[late], fit(early, params).predict_proba(table.iloc[late])[:, 1])
    best = max(grid, key=score)
    tuned.append(roc_auc_score(y[test], fit(train, best).predict_proba(table.iloc[test])[:, 1]))
    single.append(roc_auc_score(y[test], -table["promised_days"].to_numpy()[test]))
print(json.dumps({"tuned": float(np.mean(tuned)), "promisedDays": float(np.mean(single))}))
