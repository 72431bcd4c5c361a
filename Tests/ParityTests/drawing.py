"""Draws data and estimators at random: what generate.py fits, stores and asks.

Every function takes the generator it draws from, so a case is a function of its seed alone. Settings that a version of
scikit-learn does not know are left out by `make`.
"""
import inspect

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    IsolationForest,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.multioutput import MultiOutputClassifier, MultiOutputRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, RobustScaler, StandardScaler
from sklearn.svm import SVC, SVR, OneClassSVM
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeClassifier, ExtraTreeRegressor


def choose(rng, *options):
    """One of the options, as it was given: numpy's choice would turn it into a numpy scalar."""
    return options[rng.integers(len(options))]


def chance(rng, probability):
    return bool(rng.random() < probability)


def log_uniform(rng, low, high):
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def log_integer(rng, low, high):
    return min(high, int(log_uniform(rng, low, high + 1)))


def make(cls, **settings):
    """An estimator with those of the settings that this version knows."""
    known = inspect.signature(cls.__init__).parameters
    return cls(**{name: value for name, value in settings.items() if name in known})


def seed_of(rng):
    return int(rng.integers(2**31))


# --- data --------------------------------------------------------------------------------------------------------


def draw_column(rng, count, tame):
    """A column of one of the shapes that columns of real tables have; `tame` keeps its scale near one."""
    scale = log_uniform(rng, 1e-2, 1e2) if tame else log_uniform(rng, 1e-9, 1e9)
    kind = choose(rng, "normal", "normal", "uniform", "integers", "binary", "skewed", "constant", "coarse")
    if kind == "normal":
        return rng.normal(rng.normal() * scale, scale, count)
    if kind == "uniform":
        return rng.random(count) * scale
    if kind == "integers":
        return rng.integers(-9, 10, count).astype(float)
    if kind == "binary":
        return rng.integers(0, 2, count).astype(float)
    if kind == "skewed":
        return rng.exponential(scale, count)
    if kind == "constant":
        return np.full(count, rng.normal() * scale)
    return np.round(rng.normal(size=count), 1) * scale


def draw_rows(rng, tame):
    """Training rows: 20 to 400 rows of 1 to 60 columns, some columns and rows repeated."""
    count, width = log_integer(rng, 20, 400), log_integer(rng, 1, 60)
    rows = np.column_stack([draw_column(rng, count, tame) for _ in range(width)])
    if width > 1 and chance(rng, 0.2):
        rows[:, rng.integers(width)] = rows[:, rng.integers(width)]
    if chance(rng, 0.3):
        repeated = rng.integers(0, count, count // 4)
        rows[rng.permutation(count)[: len(repeated)]] = rows[repeated]
    if (rows == rows[0]).all():
        rows[:, 0] = rng.normal(size=count)
    return rows


def draw_test_rows(rng, rows):
    """Rows to ask about: training rows (values on thresholds), rows between and beside them, and strange ones."""
    count = log_integer(rng, 4, 24)
    known = rows[rng.integers(0, len(rows), count)]
    other = rows[rng.integers(0, len(rows), count)]
    between = (known + other) / 2
    beside = known + rng.normal(size=known.shape) * np.nanstd(rows, axis=0)
    strange = np.vstack([np.zeros(rows.shape[1]), np.nanmax(rows, axis=0) * 3, -np.nanmax(rows, axis=0)])
    return np.vstack([known, between, beside, strange])


def latent(rng, rows):
    """A number a row that depends on its columns, so that there is something to learn."""
    spread = np.nanstd(rows, axis=0)
    normed = np.nan_to_num((rows - np.nanmean(rows, axis=0)) / np.where(spread > 0, spread, 1))
    weights = rng.normal(size=rows.shape[1])
    return normed @ weights + 0.5 * np.sin(3 * normed[:, 0]) + 0.3 * rng.normal(size=len(rows))


def draw_values(rng, rows):
    """A target to regress on."""
    values = latent(rng, rows) * log_uniform(rng, 1e-3, 1e4) + rng.normal() * 10
    return np.round(values).astype(np.int64) if chance(rng, 0.15) else values


def draw_labels(rng, rows, class_count=None):
    """Classes of every type that scikit-learn takes, each with at least two rows."""
    class_count = class_count or choose(rng, 2, 2, 3, 4, 6)
    order = np.argsort(np.argsort(latent(rng, rows), kind="stable"), kind="stable")
    codes = order * class_count // len(rows)
    numbers = np.sort(rng.choice(np.arange(-20, 60), class_count, replace=False))
    words = np.array(["ok", "warning", "größer", "", "node down", "日本", "Z", "a'b\"c"])
    options = [
        np.arange(class_count),
        numbers,
        numbers.astype(choose(rng, np.int32, np.int16)),
        numbers * 1.0,
        words[rng.permutation(len(words))[:class_count]],
        words[rng.permutation(len(words))[:class_count]].astype(object),
    ]
    if class_count == 2:
        options.append(np.array([False, True]))
    return options[rng.integers(len(options))][codes]


def several(rng, draw, rows):
    """Two or three targets side by side, of one type."""
    targets = [draw(rng, rows) for _ in range(choose(rng, 2, 3))]
    if targets[0].dtype.kind in "OU":
        words = draw is draw_labels
        targets = [target.astype(str) for target in targets] if words else targets
    elif draw is draw_labels:
        targets = [codes_of(target) for target in targets]
    return np.column_stack(targets)


def codes_of(target):
    return np.unique(target.astype(str), return_inverse=True)[1].reshape(-1)


# --- steps -------------------------------------------------------------------------------------------------------


def draw_standard_scaler(rng):
    return StandardScaler(with_mean=chance(rng, 0.8), with_std=chance(rng, 0.8))


def draw_robust_scaler(rng):
    return RobustScaler(
        with_centering=chance(rng, 0.8),
        with_scaling=chance(rng, 0.8),
        quantile_range=choose(rng, (25.0, 75.0), (5.0, 95.0)),
        unit_variance=chance(rng, 0.2),
    )


def draw_min_max_scaler(rng):
    return MinMaxScaler(feature_range=choose(rng, (0, 1), (-1, 1), (0.5, 3.25)), clip=chance(rng, 0.4))


def draw_max_abs_scaler(rng):
    return make(MaxAbsScaler, clip=chance(rng, 0.3))


def draw_imputer(rng):
    strategy = choose(rng, "mean", "median", "most_frequent", "constant")
    fill = choose(rng, None, -1.5) if strategy == "constant" else None
    return make(
        SimpleImputer,
        strategy=strategy,
        fill_value=fill,
        add_indicator=chance(rng, 0.4),
        keep_empty_features=chance(rng, 0.3),
    )


def draw_scaler(rng):
    return choose(rng, draw_standard_scaler, draw_robust_scaler, draw_min_max_scaler, draw_max_abs_scaler)(rng)


def draw_pca(rng, width):
    return PCA(
        n_components=None if chance(rng, 0.3) else int(rng.integers(1, width + 1)),
        whiten=chance(rng, 0.4),
        random_state=0,
    )


def draw_kmeans(rng):
    return KMeans(
        n_clusters=int(rng.integers(2, 9)),
        n_init=2,
        max_iter=30,
        init=choose(rng, "k-means++", "random"),
        random_state=seed_of(rng),
    )


# --- trees -------------------------------------------------------------------------------------------------------


def tree_settings(rng):
    return dict(
        max_depth=choose(rng, None, None, 1, 3, 8),
        min_samples_leaf=choose(rng, 1, 1, 3),
        max_leaf_nodes=choose(rng, None, None, 2, 15),
        max_features=choose(rng, None, "sqrt", 0.6),
        ccp_alpha=choose(rng, 0.0, 0.0, 0.01),
        random_state=seed_of(rng),
    )


def classifier_criterion(rng):
    return choose(rng, "gini", "entropy", "log_loss")


def regressor_criterion(rng, tame_target):
    """`absolute_error` is slow to fit and `poisson` needs positive targets, so they are drawn seldom or not at all."""
    return choose(rng, "squared_error", "squared_error", "absolute_error" if tame_target else "squared_error")


def forest_settings(rng):
    bootstrap = chance(rng, 0.6)
    return dict(
        n_estimators=int(rng.integers(1, 16)),
        bootstrap=bootstrap,
        max_samples=choose(rng, None, 0.5) if bootstrap else None,
        **tree_settings(rng),
    )


def draw_tree_classifier(rng, cls):
    settings = tree_settings(rng) if "Tree" in cls.__name__ and "Trees" not in cls.__name__ else forest_settings(rng)
    splitter = choose(rng, "best", "best", "random") if cls is DecisionTreeClassifier else "random"
    return make(
        cls,
        criterion=classifier_criterion(rng),
        class_weight=choose(rng, None, None, "balanced"),
        splitter=splitter,
        **settings,
    )


def draw_tree_regressor(rng, cls):
    settings = tree_settings(rng) if "Tree" in cls.__name__ and "Trees" not in cls.__name__ else forest_settings(rng)
    splitter = choose(rng, "best", "best", "random") if cls is DecisionTreeRegressor else "random"
    return make(cls, criterion=regressor_criterion(rng, chance(rng, 0.2)), splitter=splitter, **settings)


def draw_isolation_forest(rng):
    return IsolationForest(
        n_estimators=int(rng.integers(1, 31)),
        contamination=choose(rng, "auto", 0.05, 0.2),
        max_samples=choose(rng, "auto", 0.7, 16, 2),
        max_features=choose(rng, 1.0, 1.0, 0.5),
        bootstrap=chance(rng, 0.3),
        random_state=seed_of(rng),
    )


def boosting_settings(rng):
    return dict(
        n_estimators=int(rng.integers(1, 16)),
        learning_rate=choose(rng, 0.1, 0.05, 1.0),
        subsample=choose(rng, 1.0, 0.7),
        max_depth=choose(rng, 1, 3, 5, None),
        max_leaf_nodes=choose(rng, None, None, 6),
        max_features=choose(rng, None, 0.5),
        random_state=seed_of(rng),
    )


def draw_boosting_classifier(rng, binary):
    init = choose(rng, None, None, "zero", LogisticRegression(max_iter=50), DecisionTreeClassifier(max_depth=2))
    loss = choose(rng, "log_loss", "exponential") if binary else "log_loss"
    return GradientBoostingClassifier(loss=loss, init=init, **boosting_settings(rng))


def draw_boosting_regressor(rng):
    return GradientBoostingRegressor(
        loss=choose(rng, "squared_error", "absolute_error", "huber", "quantile"),
        alpha=choose(rng, 0.9, 0.3),
        init=choose(rng, None, None, "zero", LinearRegression(), DecisionTreeRegressor(max_depth=2)),
        **boosting_settings(rng),
    )


# --- linear models and support vectors ----------------------------------------------------------------------------


def draw_logistic(rng, binary):
    """All ways to be logistic: the settings were `multi_class` and `penalty` before they went or changed."""
    solver = choose(rng, "lbfgs", "lbfgs", "newton-cg", "liblinear" if binary else "lbfgs", "saga")
    multi_class = choose(rng, "auto", "ovr", "multinomial") if solver != "liblinear" else "auto"
    known = inspect.signature(LogisticRegression.__init__).parameters
    settings = dict(
        C=log_uniform(rng, 1e-2, 1e2),
        fit_intercept=chance(rng, 0.8),
        solver=solver,
        max_iter=60,
        class_weight=choose(rng, None, "balanced"),
        random_state=seed_of(rng),
    )
    if "multi_class" in known and multi_class != known["multi_class"].default:
        settings["multi_class"] = multi_class
    return make(LogisticRegression, **settings)


def kernel_settings(rng):
    return dict(
        kernel=choose(rng, "linear", "poly", "rbf", "rbf", "sigmoid"),
        degree=int(rng.integers(2, 5)),
        gamma=choose(rng, "scale", "auto", log_uniform(rng, 1e-3, 1)),
        coef0=choose(rng, 0.0, 0.0, 0.5),
        shrinking=chance(rng, 0.8),
        max_iter=3000,
    )


def draw_svc(rng):
    shape = choose(rng, "ovr", "ovo")
    return SVC(
        C=log_uniform(rng, 1e-1, 1e2),
        probability=chance(rng, 0.5),
        decision_function_shape=shape,
        break_ties=shape == "ovr" and chance(rng, 0.3),
        class_weight=choose(rng, None, "balanced"),
        random_state=seed_of(rng),
        **kernel_settings(rng),
    )


def draw_svr(rng):
    return SVR(C=log_uniform(rng, 1e-1, 1e2), epsilon=choose(rng, 0.1, 0.01), **kernel_settings(rng))


def draw_one_class(rng):
    return OneClassSVM(nu=rng.uniform(0.05, 0.6), **kernel_settings(rng))


def draw_linear(rng, cls):
    settings = dict(fit_intercept=chance(rng, 0.8), alpha=log_uniform(rng, 1e-3, 10), max_iter=300)
    if cls is LinearRegression:
        return LinearRegression(fit_intercept=settings["fit_intercept"], positive=chance(rng, 0.1))
    if cls is Ridge:
        return Ridge(alpha=settings["alpha"], fit_intercept=settings["fit_intercept"])
    return cls(positive=chance(rng, 0.1), **settings)


# --- whole models -------------------------------------------------------------------------------------------------

TREE_CLASSIFIERS = [DecisionTreeClassifier, ExtraTreeClassifier, RandomForestClassifier, ExtraTreesClassifier]
TREE_REGRESSORS = [DecisionTreeRegressor, ExtraTreeRegressor, RandomForestRegressor, ExtraTreesRegressor]
LINEAR_REGRESSORS = [LinearRegression, Ridge, Lasso, ElasticNet]
TRANSFORMERS = {
    "StandardScaler": draw_standard_scaler,
    "RobustScaler": draw_robust_scaler,
    "MinMaxScaler": draw_min_max_scaler,
    "MaxAbsScaler": draw_max_abs_scaler,
    "SimpleImputer": draw_imputer,
}

#: Every class of which a run draws at least one.
KINDS = (
    ["Pipeline", *TRANSFORMERS, "PCA", "KMeans", "IsolationForest", "OneClassSVM", "SVC", "SVR", "LogisticRegression"]
    + [cls.__name__ for cls in TREE_CLASSIFIERS + TREE_REGRESSORS + LINEAR_REGRESSORS]
    + ["GradientBoostingClassifier", "GradientBoostingRegressor", "MultiOutputClassifier", "MultiOutputRegressor"]
)

#: Classes that are slow or meaningless to fit on columns of wildly different scales.
TAME = {"OneClassSVM", "SVC", "SVR", "LogisticRegression", "MultiOutputClassifier", "MultiOutputRegressor", "PCA"}


def draw_output_base(rng, classifier):
    """What a MultiOutput wrapper wraps: any single-output class of the list."""
    if not classifier:
        linear = draw_linear(rng, choose(rng, *LINEAR_REGRESSORS))
        tree = draw_tree_regressor(rng, choose(rng, *TREE_REGRESSORS))
        return choose(rng, linear, tree, draw_boosting_regressor(rng), draw_svr(rng))
    tree = draw_tree_classifier(rng, choose(rng, *TREE_CLASSIFIERS))
    return choose(rng, draw_logistic(rng, False), tree, draw_boosting_classifier(rng, False), draw_svc(rng))


def draw_final(rng, kind, rows):
    """The estimator of a kind and the target it is fitted to (None where there is none)."""
    by_name = {cls.__name__: cls for cls in TREE_CLASSIFIERS + TREE_REGRESSORS + LINEAR_REGRESSORS}
    many = chance(rng, 0.3)
    if kind in TRANSFORMERS:
        return TRANSFORMERS[kind](rng), None
    if kind == "PCA":
        return draw_pca(rng, min(rows.shape)), None
    if kind == "KMeans":
        return draw_kmeans(rng), None
    if kind == "IsolationForest":
        return draw_isolation_forest(rng), None
    if kind == "OneClassSVM":
        return draw_one_class(rng), None
    if kind == "SVR":
        return draw_svr(rng), draw_values(rng, rows)
    if kind == "GradientBoostingRegressor":
        return draw_boosting_regressor(rng), draw_values(rng, rows)
    if kind == "MultiOutputRegressor":
        return MultiOutputRegressor(draw_output_base(rng, False)), several(rng, draw_values, rows)
    if kind == "MultiOutputClassifier":
        return MultiOutputClassifier(draw_output_base(rng, True)), several(rng, draw_labels, rows)
    if kind in ("SVC", "LogisticRegression", "GradientBoostingClassifier"):
        labels = draw_labels(rng, rows)
        binary = len(np.unique(labels)) == 2
        makers = {"SVC": draw_svc, "LogisticRegression": lambda rng: draw_logistic(rng, binary)}
        return makers.get(kind, lambda rng: draw_boosting_classifier(rng, binary))(rng), labels
    cls = by_name[kind]
    if cls in TREE_CLASSIFIERS:
        labels = several(rng, draw_labels, rows) if many else draw_labels(rng, rows)
        return draw_tree_classifier(rng, cls), labels
    target = several(rng, draw_values, rows) if many else draw_values(rng, rows)
    return (draw_tree_regressor if cls in TREE_REGRESSORS else draw_linear)(rng, cls), target


def draw_model(rng, kind, rows, has_missing):
    """A model whose last step is of a kind, and its target; a bare estimator or a pipeline, nested or not."""
    if kind == "Pipeline":
        inner = choose(rng, *[name for name in KINDS if name != "Pipeline"])
        final, target = draw_final(rng, inner, rows)
        if inner in TRANSFORMERS and chance(rng, 0.5):
            final = "passthrough"
        nested = Pipeline([("impute", draw_imputer(rng)), ("nothing", "passthrough"), ("scale", draw_scaler(rng))])
        steps = [("first", nested), ("none", "passthrough"), ("scale", draw_scaler(rng)), ("last", final)]
        return Pipeline(steps), target
    final, target = draw_final(rng, kind, rows)
    steps = []
    if has_missing and kind not in TRANSFORMERS and not accepts_missing(final):
        steps.append(("impute", draw_imputer(rng)))
    if chance(rng, 0.4) and kind not in TRANSFORMERS:
        steps.append(("scale", draw_scaler(rng)))
    if chance(rng, 0.1) and kind not in TRANSFORMERS and kind != "PCA" and rows.shape[1] > 2:
        # Few components, so that none is noise: a tree would split on the last bits of noise.
        steps += [("standard", StandardScaler()), ("pca", PCA(n_components=min(2, len(rows)), random_state=0))]
    return (Pipeline(steps + [("model", final)]) if steps else final), target


def accepts_missing(estimator):
    """Whether this version says that the estimator takes NaN."""
    try:
        from sklearn.utils import get_tags

        return get_tags(estimator).input_tags.allow_nan
    except ImportError:
        return estimator._get_tags()["allow_nan"]
