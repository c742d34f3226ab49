"""What LightGBM says of rows.  stdin: a list of {"model": text, "columns": {name: cells}, "levels":
{name: levels}}; stdout: for each the raw scores, predictions and contributions. Cells of a column with
levels are levels."""
import json
import sys

import lightgbm
import pandas


def answer(given):
    booster = lightgbm.Booster(model_str=given["model"])
    frame = pandas.DataFrame(
        {
            name: pandas.Categorical(cells, categories=given["levels"][name])
            if name in given["levels"]
            else pandas.Series(cells, dtype=float)
            for name, cells in given["columns"].items()
        }
    )
    return {
        "raw": booster.predict(frame, raw_score=True).reshape(len(frame), -1).tolist(),
        "predicted": booster.predict(frame).reshape(len(frame), -1).tolist(),
        "contributions": booster.predict(frame, pred_contrib=True).tolist(),
    }


json.dump([answer(given) for given in json.load(sys.stdin)], sys.stdout)
