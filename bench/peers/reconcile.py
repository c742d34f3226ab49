"""MinT with shrinkage by hierarchicalforecast: seconds, peak memory and the first forecasts, as JSON."""
import json, resource, sys, time
import numpy as np
from hierarchicalforecast.methods import MinTrace

given = json.load(open(sys.argv[1]))
nodes, steps = given["nodes"], given["steps"]
S = np.zeros((nodes, given["bottom"]))
for node, members in enumerate(given["members"]):
    S[node, members] = 1
residuals = np.array(given["residuals"]).reshape(nodes, steps)
base = np.array(given["base"]).reshape(nodes, 1)


def run(**options):
    started = time.time()
    found = MinTrace(method="mint_shrink", **options).fit_predict(
        S=S, y_hat=base, y_insample=residuals, y_hat_insample=np.zeros_like(residuals)
    )
    return time.time() - started, np.asarray(found["mean"]).ravel().tolist()


seconds, values = run(nonnegative=len(sys.argv) > 2)
print(json.dumps({
    "seconds": seconds,
    "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "values": values,
}))
