"""scikit-learn on the same points: seconds of k-means per iteration, a mixture and HDBSCAN, as JSON."""
import json, os, statistics, sys, time

threads = sys.argv[2]
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = threads
import numpy as np
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.mixture import GaussianMixture


def points(name, dimensions):
    return np.fromfile(os.path.join(sys.argv[1], name + ".bin"), dtype="<f8").reshape(-1, dimensions)


def seconds(times, work):
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        found = work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent), found


x = points("kMeans", 8)
starts = x[np.random.default_rng(1).choice(len(x), 8, replace=False)]


def iterate(iterations):
    return seconds(3, lambda: KMeans(8, init=starts, n_init=1, max_iter=iterations, tol=0).fit(x))


(short, first), (long, last) = iterate(5), iterate(25)
shaped, begun = points("points", 8), points("starts", 8)
whole, fitted = seconds(3, lambda: KMeans(8, init=begun, n_init=1, max_iter=100, tol=0).fit(shaped))
x = points("mixture", 8)
mixture, normal = seconds(3, lambda: GaussianMixture(5, covariance_type="full", random_state=1).fit(x))
dense = points("hdbscan", 6)
dense = (dense - dense.mean(0)) / dense.std(0)
density, found = seconds(1, lambda: HDBSCAN(min_cluster_size=25, copy=True).fit(dense))
print(json.dumps({
    "kMeans": (long - short) / (last.n_iter_ - first.n_iter_),
    "wholeFit": whole,
    "inertia": float(fitted.inertia_),
    "mixture": mixture,
    "logLikelihood": normal.score(x),
    "hdbscan": density,
    "noise": float((found.labels_ < 0).mean()),
}))
