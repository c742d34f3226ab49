"""Trains one small LightGBM model a case on simulated rows and writes, for each, CASE.txt (the model)
and CASE.json (rows, raw scores, predictions and contributions).  usage: models.py FOLDER [ROUNDS]"""
import json
import sys

import lightgbm
import numpy
import pandas

COMMON = {"verbose": -1, "num_threads": 1, "deterministic": True, "num_leaves": 6, "min_data_per_group": 5}
CASES = {
    "regression": {"objective": "regression"},
    "zero-as-missing": {"objective": "regression", "zero_as_missing": True},
    "no-missing": {"objective": "regression", "use_missing": False},
    "binary": {"objective": "binary", "sigmoid": 0.7},
    "multiclass": {"objective": "multiclass", "num_class": 3},
    "poisson": {"objective": "poisson"},
    "tweedie": {"objective": "tweedie"},
    "gamma": {"objective": "gamma"},
    "quantile": {"objective": "quantile", "alpha": 0.7},
    "random-forest": {"objective": "regression", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.6},
    "dart": {"objective": "regression", "boosting": "dart", "drop_rate": 0.5},
    "linear": {"objective": "regression", "linear_tree": True, "linear_lambda": 0.1},
    "lambdarank": {"objective": "lambdarank"},
}


def rows_of(rng, rows, plain):
    """Numbers with holes and zeros, and a category with levels that the training rows lack."""
    x = rng.normal(size=rows)
    x[rng.random(rows) < 0.2] = numpy.nan
    z = rng.normal(size=rows)
    z[rng.random(rows) < 0.3] = 0
    levels = list("abcdefg")
    codes = rng.integers(-1, 6, rows)
    frame = {"x": x, "z": z, "level": pandas.Categorical.from_codes(codes, levels)}
    if plain:
        frame["level"] = numpy.where(codes < 0, numpy.nan, codes.astype(float))
    effect = numpy.array([0.5, -1, 1, 0, 2, -2, 0.0])[codes]
    return pandas.DataFrame(frame), numpy.nan_to_num(x) + numpy.where(z == 0, 1, 0.3 * z) + effect


def target_of(rng, parameters, signal):
    noisy = signal + 0.2 * rng.normal(size=len(signal))
    objective = parameters["objective"]
    if objective == "binary":
        return (noisy > 0).astype(int)
    if objective in ("multiclass", "lambdarank"):
        return numpy.digitize(noisy, [-0.7, 0.7])
    return numpy.exp(0.3 * noisy) if objective in ("poisson", "tweedie", "gamma") else noisy


def main(folder, rounds=3):
    for number, (case, given) in enumerate(CASES.items()):
        rng = numpy.random.default_rng(number)
        plain = case in ("binary", "zero-as-missing")
        frame, signal = rows_of(rng, 400, plain)
        parameters = {**COMMON, **given}
        data = lightgbm.Dataset(
            frame,
            target_of(rng, parameters, signal),
            group=[20] * 20 if case == "lambdarank" else None,
            categorical_feature=["level"] if plain else "auto",
        )
        booster = lightgbm.train(parameters, data, rounds)
        fresh, _ = rows_of(rng, 25, plain)
        booster.save_model(f"{folder}/{case}.txt")
        columns = [fresh.x, fresh.z, fresh.level.astype(object)]
        cells = [[None if pandas.isna(v) else v for v in column] for column in columns]
        linear = parameters.get("linear_tree", False)
        answer = {
            "columns": cells,
            # Both are folded into the trees when the model is read.
            "scale": parameters.get("sigmoid", 1) / (rounds if case == "random-forest" else 1),
            "raw": booster.predict(fresh, raw_score=True).reshape(len(fresh), -1).tolist(),
            "predicted": booster.predict(fresh).reshape(len(fresh), -1).tolist(),
            # LightGBM explains linear trees by their plain leaf values: not what they predict.
            "contributions": None if linear else booster.predict(fresh, pred_contrib=True).tolist(),
        }
        with open(f"{folder}/{case}.json", "w") as out:
            json.dump(answer, out)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
