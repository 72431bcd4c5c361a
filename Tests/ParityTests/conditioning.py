"""How large the terms are from which a model's outputs are summed.

Where a matrix product decides the order of a sum, two correct results differ by a few roundings of its *terms*, not of
the sum: terms may cancel. So each output gets a magnitude of its own, computed here to first order, and a difference is
judged in units of it. Rows whose class hangs on such a difference get a margin: the distance to the nearest other
class, in the same units.
"""
import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor, IsolationForest
from sklearn.impute import SimpleImputer
from sklearn.multioutput import MultiOutputClassifier, MultiOutputRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler
from sklearn.svm import SVC, SVR, OneClassSVM

UNDECIDED = 1e-12
TINY = np.finfo(float).tiny
#: Since 1.5, PCA subtracts the projected mean instead of projecting what is left of the rows without the mean.
MEAN_IS_PROJECTED = tuple(int(part) for part in sklearn.__version__.split(".")[:2]) >= (1, 5)
MULTI_OUTPUT = (MultiOutputClassifier, MultiOutputRegressor)


def through(step, rows, terms):
    """Rows after a transformer, and the magnitude of the terms of each entry (zero where it is exact)."""
    if isinstance(step, Pipeline):
        for _, inner in step.steps:
            if inner is not None and inner != "passthrough":
                rows, terms = through(inner, rows, terms)
        return rows, terms
    after = step.transform(rows)
    if isinstance(step, PCA):
        magnitude = (np.abs(rows) + np.abs(step.mean_) + terms) @ np.abs(step.components_).T
        if step.whiten:
            magnitude = magnitude / np.maximum(np.sqrt(step.explained_variance_), TINY)
        return after, magnitude
    if isinstance(step, SimpleImputer) or not terms.any():
        return after, np.zeros_like(after)
    scale = getattr(step, "scale_", None)
    if scale is None:
        return after, terms
    return after, terms * np.abs(scale) if isinstance(step, MinMaxScaler) else terms / np.abs(scale)


def linear_terms(model, rows, terms):
    """The sums of absolute terms of `X @ coef_.T + intercept_`, one column per target."""
    return (np.abs(rows) + terms) @ np.abs(np.atleast_2d(model.coef_)).T + np.abs(model.intercept_)


def kernel_terms(model, rows, terms):
    """The sum of absolute terms of a support vector machine's decision, the same for all its pairs of classes."""
    vectors = model.support_vectors_
    size = np.abs(rows) + terms
    gamma, products = model._gamma, size @ np.abs(vectors).T
    if model.kernel == "linear":
        values = products
    elif model.kernel == "poly":
        values = (gamma * products + abs(model.coef0)) ** model.degree * model.degree
    elif model.kernel == "sigmoid":
        values = 1 + gamma * products + abs(model.coef0)
    else:
        apart = np.abs(rows[:, None, :] - vectors[None, :, :])
        exponent = np.minimum(gamma * (apart**2).sum(axis=2), 800)
        values = np.exp(-exponent) * (1 + exponent + 2 * gamma * (apart * terms[:, None, :]).sum(axis=2))
    weights = np.abs(model._dual_coef_).max(axis=0)
    return values @ weights + np.abs(model._intercept_).max()


def boosting_terms(model, rows, terms):
    """The magnitude of a boosted score: its start (a logarithm or another model's answer) and its trees."""
    raw = model.decision_function(rows) if hasattr(model, "classes_") else model.predict(rows)
    start = np.abs(model._raw_predict_init(rows))
    if hasattr(model, "classes_"):
        # log(p / (1 - p)) is the difference of two logarithms near 0.7 where p is near one half.
        start = start + 1
    if starts_inexactly(model):
        start = start + linear_terms(model.init_, rows, terms).max(axis=1, keepdims=True)
        if hasattr(model, "classes_"):
            # The start is the logarithm of a probability p (and of 1 - p): as far off as p is beside the smaller one.
            chances = model.init_.predict_proba(rows)
            start = start / np.maximum(np.minimum(chances, 1 - chances).min(axis=1, keepdims=True), 1e-7)
    return np.abs(raw).reshape(len(rows), -1) + start


def starts_inexactly(model):
    """Whether a boosted model starts from the answer of a linear one."""
    return hasattr(getattr(model, "init_", None), "coef_")


def products(model, terms):
    """The precision of the matrix products on which the last step's own arithmetic stands; None if there are none.

    A boosted model casts its rows to float32, and so does a linear model in it compute in float32. Components fitted on
    float32 are multiplied with their mean in float32, where that is done apart from the rows.
    """
    if isinstance(model, PCA) and model.components_.dtype == np.float32 and MEAN_IS_PROJECTED:
        return "float32"
    wrapped = getattr(model, "estimators_", []) if isinstance(model, MULTI_OUTPUT) else []
    if any(starts_inexactly(part) for part in [model, *wrapped]):
        return "float32"
    return "float64" if terms.any() else None


def probability_terms(model, probabilities, score):
    """Magnitudes of probabilities whose scores have terms of the given magnitude.

    A softmax is as exact relative to its value as the score; 1 - p and sums over classifiers are so relative to one.
    """
    relative = probabilities * np.maximum(score, 1)
    if isinstance(model, SVC):
        slope = np.abs(model.probA_).max() * score + np.abs(model.probB_).max()
        return np.maximum(slope, 1) * probabilities.shape[1] ** 2 + np.zeros_like(probabilities)
    if probabilities.shape[1] == 2:
        relative[:, 0] = 1 + relative[:, 0]
    return relative


def score_terms(model, rows, terms):
    """The magnitude of a final estimator's score, one column or one per class; None if it is exact."""
    if isinstance(model, (SVC, SVR, OneClassSVM)):
        return kernel_terms(model, rows, terms)[:, None]
    if isinstance(model, (GradientBoostingClassifier, GradientBoostingRegressor)):
        return boosting_terms(model, rows, terms)
    if hasattr(model, "coef_"):
        return linear_terms(model, rows, terms)
    return None


def kmeans_terms(model, rows, terms):
    """The sums of absolute terms of the squared distances to each centre."""
    centres = np.abs(model.cluster_centers_)
    size = np.abs(rows) + terms
    return (size**2).sum(axis=1, keepdims=True) + (centres**2).sum(axis=1) + 2 * size @ centres.T


def magnitudes(model, rows, terms, method, output):
    """The magnitude of each number of an output; None if it is that of the number itself."""
    if isinstance(model, MULTI_OUTPUT):
        if isinstance(output, list):
            parts = [magnitudes(e, rows, terms, method, o) for e, o in zip(model.estimators_, output)]
            return None if any(part is None for part in parts) else parts
        parts = [magnitudes(e, rows, terms, method, output[:, i]) for i, e in enumerate(model.estimators_)]
        return None if any(part is None for part in parts) else np.column_stack(parts)
    if method == "transform" and isinstance(model, PCA):
        return through(model, rows, terms)[1]
    if method == "transform" and isinstance(model, KMeans):
        squared = kmeans_terms(model, rows, terms)
        return np.minimum(squared / np.maximum(output, TINY), 1e6 * np.sqrt(squared))
    if isinstance(model, IsolationForest) and method == "decision_function":
        return np.abs(output) + abs(model.offset_)
    score = score_terms(model, rows, terms)
    if score is None:
        return None
    if method in ("predict_proba", "predict_log_proba"):
        chances = model.predict_proba(rows)
        magnitude = probability_terms(model, chances, score)
        if method == "predict_proba":
            return magnitude
        return np.maximum(magnitude / np.maximum(chances, TINY), np.abs(np.log(np.maximum(chances, TINY))))
    if isinstance(model, SVC) and output.ndim == 2 and model.decision_function_shape == "ovr":
        # A pair of classes that lies on its threshold votes by its last bits: the votes of such a row are anybody's.
        pairs = np.abs(model._decision_function(rows)).reshape(len(rows), -1).min(axis=1, keepdims=True)
        score = np.where(pairs <= UNDECIDED * score, np.inf, 1 + score * output.shape[1])
    if method == "score_samples":
        score = score + np.abs(output)[:, None]
    return np.broadcast_to(score if output.ndim == 2 else score.max(axis=1), output.shape)


def gap(scores, unit):
    """How far the winner of each row is from losing, in units of the scores' magnitude."""
    unit = np.maximum(unit, TINY)
    if scores.ndim == 1 or scores.shape[1] == 1:
        return np.abs(scores.reshape(-1)) / unit
    top = np.sort(scores, axis=1)
    return (top[:, -1] - top[:, -2]) / unit


def margins(model, rows, terms):
    """How far each row's label is from being another, in units of the score's terms; None if labels are exact."""
    if isinstance(model, MultiOutputClassifier):
        parts = [margins(estimator, rows, terms) for estimator in model.estimators_]
        parts = [part for part in parts if part is not None]
        return np.min(parts, axis=0) if parts else None
    if isinstance(model, KMeans):
        squared = kmeans_terms(model, rows, terms).max(axis=1)
        return gap(-(model.transform(rows) ** 2), squared)
    if isinstance(model, IsolationForest):
        return np.abs(model.decision_function(rows)) / abs(model.offset_)
    if isinstance(model, OneClassSVM) or (hasattr(model, "classes_") and score_terms(model, rows, terms) is not None):
        unit = score_terms(model, rows, terms).max(axis=1)
        margin = gap(model.decision_function(rows), unit)
        if isinstance(model, SVC):
            pairs = model._decision_function(rows)
            pairs = np.abs(pairs).reshape(len(rows), -1).min(axis=1) / np.maximum(unit, TINY)
            margin = np.minimum(margin, pairs)
        return margin
    return None


def split(model, rows):
    """The last step of a model, the rows it sees, and the magnitude of the terms of each of their entries."""
    terms = np.zeros_like(rows)
    while isinstance(model, Pipeline):
        for _, step in model.steps[:-1]:
            if step is not None and step != "passthrough":
                rows, terms = through(step, rows, terms)
        model = model.steps[-1][1]
    return model, rows, terms
