"""A model as bytes and back: plain arrays and JSON, nothing that can run when it is read."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import BadZipFile

import numpy as np

from aanspreekpunt.suggestions.learning.model import Model
from aanspreekpunt.suggestions.learning.vocabulary import Vocabulary

FORMAT = 1
MOST_BYTES = 32 * 1024 * 1024
ARRAYS = {"weights": (np.float16, 2), "prior": (np.float32, 1), "rarity": (np.float32, 1), "about": (np.uint8, 1)}


class NotAModel(Exception):
    """These bytes are not a model of this version of the program."""


def to_bytes(model: Model) -> bytes:
    """Return a model as the content of a file of plain arrays."""
    about = {
        "format": FORMAT,
        "features": model.vocabulary.features,
        "labels": model.labels,
        "temperature": model.temperature,
        "threshold": model.threshold,
    }
    file = BytesIO()
    np.savez_compressed(
        file,
        weights=model.weights,
        prior=model.prior,
        rarity=model.vocabulary.rarity,
        about=np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), np.uint8),
    )
    return file.getvalue()


def from_bytes(content: bytes) -> Model:
    """Return the model that `to_bytes` wrote; refuses everything else, and never runs anything that stands in it."""
    if len(content) > MOST_BYTES:
        raise NotAModel
    try:
        with np.load(BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in ARRAYS}
        about = json.loads(arrays["about"].tobytes())
        model = Model(
            vocabulary=Vocabulary(tuple(map(str, about["features"])), arrays["rarity"]),
            labels=tuple(map(str, about["labels"])),
            weights=arrays["weights"],
            prior=arrays["prior"],
            temperature=float(about["temperature"]),
            threshold=float(about["threshold"]),
        )
    except (ValueError, KeyError, TypeError, OSError, EOFError, BadZipFile) as problem:
        raise NotAModel from problem
    if about["format"] != FORMAT or not _fits(model, arrays):
        raise NotAModel
    return model


def _fits(model: Model, arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]) -> bool:
    kinds = all(arrays[name].dtype == kind and arrays[name].ndim == sides for name, (kind, sides) in ARRAYS.items())
    features, labels = len(model.vocabulary.features), len(model.labels)
    sizes = (model.weights.shape, model.prior.shape, model.vocabulary.rarity.shape)
    numbers = all(bool(np.isfinite(arrays[name]).all()) for name in ("weights", "prior", "rarity"))
    return kinds and numbers and sizes == ((features, labels), (labels,), (features,)) and model.temperature > 0
