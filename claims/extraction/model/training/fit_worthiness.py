"""Fits the weights of `worthiness.py` on sentences that the encoder has not been trained on.

python -m claims.extraction.model.training.fit_worthiness dev.tsv [MORE.tsv]
"""

import csv
import json
import sys
from pathlib import Path

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import cross_val_predict

from claims.extraction.encoder import MODEL
from claims.extraction.pipeline import read_sentence
from claims.extraction.worthiness import FEATURES

STRENGTH = 0.3  # of the prior that a feature's weight is 0, for the sentence score speaks for most of them


def main() -> None:
    texts, labels = [], []
    for path in map(Path, sys.argv[1:]):
        with path.open(encoding="utf-8") as file:
            rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row[0] != "sentence_id"]
        texts += [row[1] for row in rows]
        labels += [row[2].strip() == "Yes" for row in rows]
    read = [read_sentence(text) for text in texts]
    features = numpy.array([[name in names for name in FEATURES] for names, _ in read], dtype=float)
    logits = numpy.array([[logit] for _, logit in read])
    weights = {
        "sentence": fit(numpy.hstack([features, logits]), labels, [*FEATURES, "sentence"]),
        "features": fit(features, labels, [*FEATURES]),
    }
    print("sentence score alone: AP", average_precision_score(labels, logits[:, 0]))
    (MODEL / "weights.json").write_text(json.dumps(weights, indent=1) + "\n")


def fit(values: numpy.ndarray, labels: list[bool], names: list[str]) -> dict[str, float]:
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    held_out = cross_val_predict(model, values, labels, cv=10, method="predict_proba")[:, 1]
    print(
        names[-1],
        "cross-validated: AP",
        average_precision_score(labels, held_out),
        "Brier",
        float(numpy.mean((held_out - numpy.array(labels)) ** 2)),
    )
    model.fit(values, labels)
    fitted = dict(zip(names, model.coef_[0], strict=True)) | {"base": model.intercept_[0]}
    return {name: round(float(weight), 4) for name, weight in fitted.items()}


if __name__ == "__main__":
    main()
