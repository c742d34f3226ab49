"""One fit of one library in a process of its own: the rows, settings and measures of bench/boosting/fit.mjs.

usage: boosting.py PLAN, the plan as JSON with `library` beside what fit.mjs takes.
"""

import json
import resource
import sys
import time

import numpy as np

plan = json.loads(sys.argv[1])
total = plan["rows"] + plan["held"]
columns, categories = {"higgs": (28, 0), "airline": (8, 6)}[plan["shape"]]
values = np.fromfile(plan["path"], dtype=np.float32, count=total * columns).reshape(columns, total).T
targets = np.fromfile(plan["path"], dtype=np.uint8, offset=4 * total * columns)
rows, held = slice(0, plan["rows"]), slice(plan["rows"], total)
levels = list(range(categories))


def lightgbm(quantised):
    import lightgbm as lgb

    data = lgb.Dataset(values[rows], targets[rows], categorical_feature=levels or "auto")
    settings = {
        "objective": "binary",
        "num_leaves": plan["leaves"],
        "learning_rate": 0.1,
        "min_data_in_leaf": 20,
        "num_threads": plan["threads"],
        "verbose": -1,
    }
    if quantised:
        settings |= {"use_quantized_grad": True, "quant_train_renew_leaf": True}
    model = lgb.train(settings, data, plan["rounds"])
    return lambda x: model.predict(x)


def xgboost():
    import xgboost as xgb

    types = ["c" if c < categories else "q" for c in range(columns)]
    data = xgb.QuantileDMatrix(values[rows], targets[rows], feature_types=types, enable_categorical=True)
    settings = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "grow_policy": "lossguide",
        "max_leaves": plan["leaves"],
        "max_depth": 0,
        "eta": 0.1,
        "nthread": plan["threads"],
    }
    model = xgb.train(settings, data, plan["rounds"])
    held_out = lambda x: xgb.DMatrix(x, feature_types=types, enable_categorical=True)
    return lambda x: model.predict(held_out(x))


def sklearn():
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=plan["rounds"],
        max_leaf_nodes=plan["leaves"],
        learning_rate=0.1,
        early_stopping=False,
        categorical_features=levels or None,
    ).fit(values[rows], targets[rows])
    return lambda x: model.predict_proba(x)[:, 1]


fits = {
    "LightGBM": lambda: lightgbm(False),
    "LightGBM quantised": lambda: lightgbm(True),
    "XGBoost": xgboost,
    "scikit-learn": sklearn,
}
began = time.perf_counter()
predict = fits[plan["library"]]()
seconds = time.perf_counter() - began
scores = predict(values[held])
order = np.argsort(scores, kind="stable")
ranks = np.empty(len(scores))
ranks[order] = np.arange(1, len(scores) + 1)
for value, count in zip(*np.unique(scores, return_counts=True)):
    if count > 1:
        ranks[scores == value] = ranks[scores == value].mean()
positive = targets[held] == 1
p, n = positive.sum(), (~positive).sum()
auc = (ranks[positive].sum() - p * (p + 1) / 2) / (p * n)
print(
    json.dumps(
        {
            "seconds": seconds,
            "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "auc": float(auc),
        }
    )
)
