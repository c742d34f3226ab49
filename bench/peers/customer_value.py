"""What lifetimes says of the customers of Online Retail, as JSON: the golden file of
learn/test/value/real-customers.test.ts. Run: TINO_DATA=... python bench/peers/customer_value.py"""

import json
import os
import sys

import lifetimes
import pandas as pd

DAYS = 90
DATA = os.environ.get("TINO_DATA", os.path.join("..", "shared", "data"))

lines = pd.read_csv(
    os.path.join(DATA, "online_retail", "online_retail.csv.gz"),
    usecols=["Quantity", "InvoiceDate", "UnitPrice", "CustomerID"],
    encoding_errors="replace",
)
lines = lines[lines.CustomerID.notna() & (lines.Quantity > 0) & (lines.UnitPrice > 0)]
lines["day"] = pd.to_datetime(lines.InvoiceDate).dt.normalize()
lines["amount"] = lines.Quantity * lines.UnitPrice
by_day = lines.groupby(["CustomerID", "day"]).amount.sum().reset_index()
end = by_day.day.max()
people = by_day.groupby("CustomerID").agg(
    first=("day", "min"), last=("day", "max"), days=("day", "count"), money=("amount", "sum")
)
frequency = (people.days - 1).astype(float)
recency = (people["last"] - people["first"]).dt.days.astype(float)
tenure = (end - people["first"]).dt.days.astype(float)
monetary = people.money / people.days

bg_nbd = lifetimes.BetaGeoFitter(penalizer_coef=0).fit(frequency, recency, tenure)
gamma_gamma = lifetimes.GammaGammaFitter(penalizer_coef=0).fit(frequency + 1, monetary)
alive = bg_nbd.conditional_probability_alive(frequency, recency, tenure)
expected = bg_nbd.conditional_expected_number_of_purchases_up_to_time(
    DAYS, frequency, recency, tenure
)
spend = gamma_gamma.conditional_expected_average_profit(frequency + 1, monetary)
some = list(range(0, len(people), len(people) // 40))
pick = lambda values: [float(list(values)[i]) for i in some]
json.dump(
    {
        "source": f"lifetimes {lifetimes.__version__} on Online Retail; {DAYS} days ahead",
        "customers": len(people),
        "ids": [int(people.index[i]) for i in some],
        "bgNbd": {k: float(bg_nbd.params_[k]) for k in ("r", "alpha", "a", "b")},
        "gammaGamma": {k: float(gamma_gamma.params_[k]) for k in ("p", "q", "v")},
        "alive": pick(alive),
        "expected": pick(expected),
        "spend": pick(spend),
        "total": float((expected * spend).sum()),
    },
    sys.stdout,
)
