"""What PyMC-Marketing says of the customers of learn/test/value/golden/lifetimes.json, as JSON: the golden
file beside it. Flat priors, so that its mode is the maximum of the likelihood. It is not in
requirements.txt: pip install pymc-marketing in an environment of its own."""

import json
import os
import sys

import numpy as np
import pandas as pd
import pymc_marketing
from pymc_extras.prior import Prior
from pymc_marketing import clv

WEEKS = 26
HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, "..", "..", "learn", "test", "value", "golden", "lifetimes.json")

with open(GOLDEN, encoding="utf8") as file:
    known = json.load(file)
people = pd.DataFrame(
    {
        "customer_id": range(len(known["frequency"])),
        "frequency": known["frequency"],
        "recency": known["recency"],
        "T": known["tenure"],
    }
)
spending = pd.DataFrame(
    {
        "customer_id": people.customer_id,
        "frequency": people.frequency + 1,
        "monetary_value": known["monetary"],
    }
)


def fitted(model, names, data):
    flat = {name: Prior("HalfFlat") for name in names}
    made = model(data=data, model_config=flat)
    made.fit(method="map", progressbar=False)
    return made, {name: float(made.fit_result[name].values.ravel()[0]) for name in names}


bg_nbd, bg_nbd_found = fitted(clv.BetaGeoModel, ("r", "alpha", "a", "b"), people)
gamma_gamma, gamma_gamma_found = fitted(clv.GammaGammaModel, ("p", "q", "v"), spending)
values = lambda array: [float(f"{value:.9g}") for value in np.asarray(array).ravel()]
json.dump(
    {
        "source": f"PyMC-Marketing {pymc_marketing.__version__}, mode under flat priors; {WEEKS} weeks ahead",
        "bgNbd": bg_nbd_found,
        "gammaGamma": gamma_gamma_found,
        "alive": values(bg_nbd.expected_probability_alive(people)),
        "expected": values(bg_nbd.expected_purchases(people, future_t=WEEKS)),
        "none": values(bg_nbd.expected_probability_no_purchase(WEEKS, people)),
        "spend": values(gamma_gamma.expected_customer_spend(spending)),
    },
    sys.stdout,
)
