"""Beside our prices. `off-policy`: the published formulas of Open Bandit Pipeline (Saito et al., 2020),
which does not install here, written once more over numpy. `bandits`: MABWiser on the simulated town.
Reads JSON from standard input, answers JSON."""
import json, sys
import numpy as np


def off_policy(log):
    r, p, t, q, e = (np.array(log[k], dtype=float) for k in
                     ("rewards", "propensities", "target", "logged", "expected"))
    w = t / p
    shrunk = log["lambda"] * w / (w ** 2 + log["lambda"])
    return {
        "dm": float(e.mean()),
        "ips": float((w * r).mean()),
        "snips": float((w * r).mean() / w.mean()),
        "dr": float((e + w * (r - q)).mean()),
        "switch": float((e + np.where(w <= log["weightMax"], w, 0) * (r - q)).mean()),
        "dros": float((e + shrunk * (r - q)).mean()),
    }


def bandits(town):
    from mabwiser.mab import MAB, LearningPolicy
    policies = {
        "epsilon greedy": lambda: LearningPolicy.EpsilonGreedy(epsilon=0.1),
        "UCB1": lambda: LearningPolicy.UCB1(alpha=1),
    }
    best = None
    for name, policy in policies.items():
        last, every = np.zeros(3), np.zeros(3)
        for number, dish in enumerate(town["dishes"]):
            today = (dish["price"] - dish["cost"]) * dish["units"]
            prices = [max(1.1 * dish["cost"], m * dish["price"]) for m in town["multipliers"]]
            mab = MAB(arms=list(range(len(prices))), learning_policy=policy(), seed=number)
            # Told once that every price earns what today's does: the same start as the others have.
            mab.fit(list(range(len(prices))), [1.0] * len(prices))
            for week in range(len(dish["weeks"])):
                season, a, b = dish["weeks"][week]
                mean = lambda price: dish["units"] * (price / dish["price"]) ** dish["elasticity"] * np.exp(season)
                arm = mab.predict()
                expected = mean(prices[arm]) * np.exp(0.12 * a)
                sold = max(0, round(expected + np.sqrt(expected) * b))
                mab.partial_fit([arm], [(prices[arm] - dish["cost"]) * sold / today])
                values = np.array([(x - dish["cost"]) * mean(x) for x in (prices[arm], dish["price"], dish["best"])])
                every += values
                if week == len(dish["weeks"]) - 1:
                    last += values
        share = lambda s: float((s[0] - s[1]) / (s[2] - s[1]))
        if best is None or share(last) > best["last"]:
            best = {"name": name, "last": share(last), "all": share(every)}
    return best


print(json.dumps({"off-policy": off_policy, "bandits": bandits}[sys.argv[1]](json.load(sys.stdin))))
