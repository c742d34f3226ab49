"""The same model of trees scored by others, one thread; JSON.  usage: scoring.py FOLDER
FOLDER has model.txt (LightGBM's text), rows.f64 (row-major), labels.u8 and about.json."""
import ctypes, json, os, sys, time

os.environ["OMP_NUM_THREADS"] = "1"
import lightgbm as lgb
import numpy as np

folder = sys.argv[1]
about = json.load(open(f"{folder}/about.json"))
rows = np.fromfile(f"{folder}/rows.f64").reshape(-1, about["columns"])
labels = np.fromfile(f"{folder}/labels.u8", dtype=np.uint8)
booster = lgb.Booster(model_file=f"{folder}/model.txt")


def best(work, count, times=5):
    """Least CPU microseconds a row of several tries."""
    tries = []
    for _ in range(times):
        began = time.process_time()
        work()
        tries.append((time.process_time() - began) / count * 1e6)
    return min(tries)


def single_row():
    """LightGBM's fast single-row call through ctypes, a new row each time."""
    lib = lgb.basic._LIB
    config = ctypes.c_void_p()
    assert 0 == lib.LGBM_BoosterPredictForMatSingleRowFastInit(
        booster._handle, 0, 0, -1, 1, about["columns"], b"num_threads=1", ctypes.byref(config)
    )
    length, out = ctypes.c_int64(), (ctypes.c_double * 1)()
    first, width = rows.ctypes.data, rows.strides[0]
    pointers = [ctypes.c_void_p(first + i * width) for i in range(min(len(rows), 20_000))]
    call, at = lib.LGBM_BoosterPredictForMatSingleRowFast, ctypes.byref(length)

    def loop():
        for pointer in pointers:
            call(config, pointer, at, out)

    taken = best(loop, len(pointers))
    lib.LGBM_FastConfigFree(config)
    return taken


def xgboost_batch():
    import xgboost as xgb

    settings = {"objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "nthread": 1}
    settings |= {"max_leaves": about["leaves"], "max_depth": 0, "eta": 0.1}
    model = xgb.train(settings, xgb.DMatrix(rows, label=labels, nthread=1), about["rounds"])
    given = rows.astype(np.float32)
    return best(lambda: model.inplace_predict(given), len(rows))


def treelite_batch():
    import tl2cgen, treelite

    model = treelite.frontend.load_lightgbm_model(f"{folder}/model.txt")
    library = f"{folder}/model.so"
    tl2cgen.export_lib(model, toolchain="gcc", libpath=library, params={"parallel_comp": 2})
    predictor = tl2cgen.Predictor(library, nthread=1)
    data = tl2cgen.DMatrix(rows)
    return best(lambda: predictor.predict(data), len(rows))


def optional(work):
    try:
        return work()
    except Exception as error:
        print(f"{work.__name__}: {error}", file=sys.stderr)
        return None


one = [rows[i : i + 1] for i in range(min(len(rows), 2000))]
explained = rows[: about["explained"]]
said = booster.predict(rows, num_threads=1)
contributions = booster.predict(explained, pred_contrib=True, num_threads=1)
said.tofile(f"{folder}/said.f64")
contributions.tofile(f"{folder}/contributions.f64")
print(json.dumps({
    "lightgbmBatch": best(lambda: booster.predict(rows, num_threads=1), len(rows)),
    "lightgbmOne": single_row(),
    "lightgbmPython": best(lambda: [booster.predict(row, num_threads=1) for row in one], len(one), 2),
    "lightgbmExplain": best(lambda: booster.predict(explained, pred_contrib=True, num_threads=1), len(explained), 3),
    "xgboostBatch": optional(xgboost_batch),
    "treeliteBatch": optional(treelite_batch),
}))
