"""Boosters with their defaults, and LightGBM with settings that both sides share, on given folds, as JSON."""
import importlib, json, sys, time, warnings
import numpy as np
import pandas as pd
from sklearn.metrics import log_loss, roc_auc_score

warnings.filterwarnings("ignore")
given = json.loads(sys.argv[1])
about = json.load(open(given["path"] + ".json"))
threads = given["threads"]
table = np.fromfile(given["path"] + ".f64").reshape(-1, about["rows"])
y, fold_of = table[-2], table[-1].astype(int)
regress = about["task"] == "regress"
if not regress:
    y = y.astype(int)


def frame(text):
    """Categories as pandas knows them; as text for CatBoost, which takes no missing category."""
    columns = {}
    for c, levels in enumerate(about["levels"]):
        if levels == 0:
            columns[f"x{c}"] = table[c]
        elif text:
            columns[f"x{c}"] = np.char.add("level", table[c].astype(int).astype(str))
        else:
            codes = table[c].astype(int)
            columns[f"x{c}"] = pd.Categorical.from_codes(codes, [f"level{k}" for k in range(levels)])
    return pd.DataFrame(columns)


def lightgbm(**settings):
    module = importlib.import_module("lightgbm")
    kind = module.LGBMRegressor if regress else module.LGBMClassifier
    return kind(n_jobs=threads, verbose=-1, **settings)


def xgboost():
    module = importlib.import_module("xgboost")
    kind = module.XGBRegressor if regress else module.XGBClassifier
    return kind(n_jobs=threads, enable_categorical=True)


def catboost():
    module = importlib.import_module("catboost")
    kind = module.CatBoostRegressor if regress else module.CatBoostClassifier
    categories = [f"x{c}" for c, levels in enumerate(about["levels"]) if levels > 0]
    return kind(thread_count=threads, verbose=0, allow_writing_files=False, cat_features=categories)


def scikit():
    module = importlib.import_module("sklearn.ensemble")
    kind = module.HistGradientBoostingRegressor if regress else module.HistGradientBoostingClassifier
    return kind(categorical_features="from_dtype")


# LightGBM's own penalty on categories has no like in the shared settings, so that it is taken out.
shared = dict(n_estimators=100, learning_rate=0.1, num_leaves=31, min_child_samples=20,
              min_child_weight=1e-3, reg_lambda=0.0, max_bin=255, subsample=1.0, colsample_bytree=1.0)
makers = {
    "LightGBM": lightgbm,
    "XGBoost": xgboost,
    "CatBoost": catboost,
    "scikit-learn": scikit,
    "LightGBM, same settings": lambda: lightgbm(**shared),
}


def score(actual, said):
    if given["metric"] == "rmse":
        return float(np.sqrt(np.mean((actual - said) ** 2)))
    if given["metric"] == "rocAuc":
        return float(roc_auc_score(actual, said[:, 1]))
    return float(log_loss(actual, said, labels=list(range(about["classes"]))))


def judged(make, x):
    started = time.process_time()
    said, actual = [], []
    for fold in range(fold_of.max() + 1):
        test = fold_of == fold
        if regress:
            said.append(np.asarray(make().fit(x[~test], y[~test]).predict(x[test])))
        else:
            # Peers want classes without gaps; one that training lacked has probability 0.
            classes, codes = np.unique(y[~test], return_inverse=True)
            p = np.zeros((test.sum(), about["classes"]))
            p[:, classes] = make().fit(x[~test], codes).predict_proba(x[test])
            said.append(p)
        actual.append(y[test])
    return {"score": score(np.concatenate(actual), np.concatenate(said)), "cpu": time.process_time() - started}


found = {}
for name in [*given["peers"], "LightGBM, same settings"]:
    try:
        found[name] = judged(makers[name], frame(name == "CatBoost"))
    except ImportError:
        print(f"{name} is not installed", file=sys.stderr)
print(json.dumps(found))
