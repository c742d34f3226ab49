"""What statsforecast and statsmodels say of simulated series, as JSON: the golden file of
learn/test/forecast/reference.test.ts. Arguments: how many series, the file to write."""

import json
import sys
import warnings

import numpy as np
from statsforecast.arima import ndiffs
from statsforecast.ets import ets_f, forecast_ets
from statsforecast.models import ADIDA, IMAPA, CrostonClassic, CrostonSBA
from statsforecast.theta import auto_theta, forecast_theta
from statsmodels.tsa.seasonal import STL
from statsmodels.tsa.statespace.sarimax import SARIMAX

warnings.filterwarnings("ignore")
HORIZON = 6
FORMS = [
    ("ANN", False),
    ("AAN", True),
    ("MAN", False),
    ("ANA", False),
    ("MAM", False),
    ("MAA", True),
]
ORDERS = [
    ((1, 0, 0), (0, 0, 0)),
    ((2, 1, 1), (0, 0, 0)),
    ((0, 1, 2), (0, 1, 1)),
    ((1, 0, 1), (1, 0, 1)),
]


def simulated(rng, index):
    period = [1, 4, 12][index % 3]
    length = int(rng.integers(30, 60)) if period == 1 else int(rng.integers(5, 8)) * max(period, 6)
    time = np.arange(length)
    level = 100 * np.exp(np.cumsum(rng.normal(0, 0.02, length)))
    trend = rng.normal(0, 0.4) * time
    season = 0
    if period > 1:
        season = np.tile(rng.normal(0, 0.08, period), length // period + 1)[:length]
    return period, np.round((level + trend) * (1 + season) + rng.normal(0, 2, length) + 40, 3)


def smoothing(y, period):
    found = []
    for model, damped in FORMS:
        if period == 1 and model[2] != "N":
            continue
        fit = ets_f(y, period, model, damped=damped)
        found.append(
            {
                "model": model[:2] + ("d" if damped else "") + model[2],
                "par": [None if np.isnan(v) else float(v) for v in fit["par"]],
                "loglik": float(fit["loglik"]),
                "aicc": float(fit["aicc"]),
                "mean": forecast_ets(fit, HORIZON)["mean"].tolist(),
            }
        )
    return found


def theta(y, period, model):
    fit = auto_theta(y, period, model=model)
    return {
        "model": model,
        "decompose": bool(fit.get("decompose", False)),
        "level": float(fit["par"]["initial_smoothed"]),
        "alpha": float(fit["par"]["alpha"]),
        "theta": float(fit["par"]["theta"]),
        "mean": forecast_theta(fit, HORIZON)["mean"].tolist(),
    }


def arima(y, period):
    found = []
    for (p, d, q), (P, D, Q) in ORDERS:
        if period == 1 and P + D + Q > 0:
            continue
        model = SARIMAX(
            y,
            order=(p, d, q),
            seasonal_order=(P, D, Q, period if period > 1 else 0),
            simple_differencing=True,
        )
        parts = [(p, 0.3), (q, -0.4), (P, 0.2), (Q, 0.25)]
        params = [value / size for size, value in parts for _ in range(size)] + [4.0]
        loglik = float(model.loglike(np.array(params)))
        found.append({"order": [p, d, q, P, D, Q], "params": params, "loglik": loglik})
    return found


def decomposed(y, period):
    degrees = {"seasonal_deg": 0, "trend_deg": 1, "low_pass_deg": 1}
    fit = STL(y, period=period, seasonal=11, **degrees).fit(inner_iter=2, outer_iter=0)
    return {"season": fit.seasonal.tolist(), "trend": fit.trend.tolist()}


def intermittent(rng):
    y = np.where(rng.random(60) < 0.35, rng.integers(1, 12, 60), 0).astype(float)
    models = {
        "croston": CrostonClassic(),
        "sba": CrostonSBA(),
        "adida": ADIDA(),
        "imapa": IMAPA(),
    }
    said = {name: float(model.forecast(y, 1)["mean"][0]) for name, model in models.items()}
    return {"values": y.tolist(), **said}


def main():
    count, path = int(sys.argv[1]), sys.argv[2]
    rng = np.random.default_rng(20261121)
    series = []
    for index in range(count):
        period, y = simulated(rng, index)
        series.append(
            {
                "period": period,
                "values": y.tolist(),
                "ets": smoothing(y, period),
                "theta": [theta(y, period, model) for model in ("STM", "OTM", "DSTM", "DOTM")],
                "arima": arima(y, period),
                "ndiffs": int(ndiffs(y)),
                **({"stl": decomposed(y, period)} if period > 1 and index < 12 else {}),
            }
        )
    short = lambda value: float(f"{value:.10g}") if isinstance(value, float) else value
    walk = lambda node: (
        {key: walk(one) for key, one in node.items()}
        if isinstance(node, dict)
        else [walk(one) for one in node] if isinstance(node, list) else short(node)
    )
    with open(path, "w") as out:
        demands = [intermittent(rng) for _ in range(max(6, count // 5))]
        json.dump(walk({"series": series, "intermittent": demands}), out)
        out.write("\n")


main()
