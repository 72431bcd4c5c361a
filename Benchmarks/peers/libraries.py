"""The libraries measured in process: what each makes of a reference model's folder, and how it is asked.

Libraries are imported where they are used: what one costs must not be in the measurement of another.
"""

import pathlib
import statistics
import subprocess
import time

import joblib
import numpy as np

HERE = pathlib.Path(__file__).parent
THREADS = 2
ROWS_FOR_LATENCY = 1000


class Library:
    """A way to predict with a model. Rows are given as the library likes them, made before the clock starts."""

    def inputs(self, rows):
        """The rows in the library's own form."""
        return rows

    def predictor(self, threads):
        """A function from inputs to what the library answers."""
        raise NotImplementedError

    def predictions(self, answer):
        """The answer as scikit-learn's predict would give it; for the comparison, off the clock."""
        return answer

    def row_us(self, rows, seconds):
        """The median time of one row in microseconds, over a thousand rows in turn."""
        predict = self.predictor(threads=1)
        singles = [self.inputs(rows[i : i + 1]) for i in range(ROWS_FOR_LATENCY)]
        times = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            row = singles[len(times) % ROWS_FOR_LATENCY]
            start = time.perf_counter_ns()
            predict(row)
            times.append(time.perf_counter_ns() - start)
        return statistics.median(times) / 1000


class ScikitLearn(Library):
    """The model itself."""

    def __init__(self, folder):
        self.model = joblib.load(folder / "model.pkl")

    def predictor(self, threads):
        if threads == 1:
            return self.model.predict

        def predict(rows):
            with joblib.parallel_config(backend="threading", n_jobs=threads):
                return self.model.predict(rows)

        return predict


class OnnxRuntime(Library):
    """The whole pipeline, converted by skl2onnx, in float32."""

    def __init__(self, folder):
        self.graph = folder / "model.onnx"
        if not self.graph.exists():
            self.convert(joblib.load(folder / "model.pkl"))

    def convert(self, model):
        import skl2onnx
        from skl2onnx.common.data_types import FloatTensorType

        graph = skl2onnx.to_onnx(
            model,
            initial_types=[("rows", FloatTensorType([None, model.n_features_in_]))],
            options={id(model): {"zipmap": False}} if hasattr(model, "predict_proba") else None,
            target_opset={"": 18, "ai.onnx.ml": 3},
        )
        unfinished = self.graph.with_suffix(".unfinished")
        unfinished.write_bytes(graph.SerializeToString())
        unfinished.rename(self.graph)

    def inputs(self, rows):
        return rows.astype(np.float32)

    def predictor(self, threads):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        session = onnxruntime.InferenceSession(self.graph, options, providers=["CPUExecutionProvider"])
        names = [session.get_outputs()[0].name]
        return lambda rows: session.run(names, {"rows": rows})[0]


class Tl2cgen(Library):
    """The forest alone, compiled to machine code. It has no scalers: the rows come scaled, off the clock."""

    def __init__(self, folder):
        model = joblib.load(folder / "model.pkl")
        self.scaler, self.forest = (model[:-1], model[-1]) if hasattr(model, "steps") else (None, model)
        self.folder = folder / "tl2cgen"
        self.library = self.folder / "predictor.so"
        if not self.library.exists():
            self.compile()

    def compile(self):
        import tl2cgen
        import treelite

        units = len(self.forest.estimators_)
        forest = treelite.sklearn.import_model(self.forest)
        tl2cgen.generate_c_code(forest, dirpath=self.folder, params={"parallel_comp": units})
        built = tl2cgen.create_shared("gcc", self.folder, nthread=THREADS)
        pathlib.Path(built).rename(self.library)

    def scaled(self, rows):
        """Scaled, and as scikit-learn's trees see them: float32 features compared with float64 thresholds."""
        scaled = rows if self.scaler is None else self.scaler.transform(rows)
        return scaled.astype(np.float32).astype(np.float64)

    def inputs(self, rows):
        import tl2cgen

        return tl2cgen.DMatrix(self.scaled(rows), dtype="float64")

    def predictor(self, threads):
        import tl2cgen

        return tl2cgen.Predictor(self.library, nthread=threads).predict

    def predictions(self, answer):
        means = answer.reshape(len(answer), -1)
        if hasattr(self.forest, "offset_"):
            return np.where(means[:, 0] > -self.forest.offset_, -1, 1)
        if hasattr(self.forest, "classes_"):
            return self.forest.classes_[means.argmax(axis=1)]
        return means

    def row_us(self, rows, seconds):
        """Asked from C, as compiled models are deployed: its Python interface costs more than the forest."""
        program = self.folder / "one_row"
        subprocess.run(["gcc", "-O2", "-o", program, HERE / "one_row.c", "-ldl"], check=True)
        file = self.folder / "rows.bin"
        file.write_bytes(self.scaled(rows[:ROWS_FOR_LATENCY]).tobytes())
        command = [program, self.library, file, str(rows.shape[1]), str(seconds)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


LIBRARIES = {"scikit-learn": ScikitLearn, "onnxruntime": OnnxRuntime, "tl2cgen": Tl2cgen}
