"""Fits the weights of `acceptance.py` on labelled articles: is a clause that the extractor proposes one of the labels?

python -m claims.extraction.model.training.fit_acceptance ARTICLES.json [MORE.json]
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from claims.extraction.article import Article
from claims.extraction.candidates import Traits
from claims.extraction.encoder import MODEL
from claims.extraction.english import propose_claims
from claims.extraction.evaluation import compare
from claims.extraction.gold import GoldArticle, read_gold
from claims.extraction.pipeline import finish, read_window
from claims.extraction.sentences import split_sentences

STRENGTH = 0.1  # of the prior that a trait says nothing


def read_clauses(article: GoldArticle) -> Iterator[tuple[Traits, bool]]:
    """The traits of each proposed clause, and whether it answers to a label."""
    sentences = split_sentences(article.text)
    readings = read_window(sentences, Article(), article.published_on)
    pairs = zip(sentences, readings, strict=True)
    proposed = [(draft, finish(sentence, draft, of.logit)) for sentence, of in pairs for draft in propose_claims(of)]
    found = {id(pair.found) for pair in compare(article, article.text, [claim for _, claim in proposed]).pairs}
    return ((draft.traits, id(claim) in found) for draft, claim in proposed if draft.traits)


def main() -> None:
    articles = [article for path in sys.argv[1:] for article in read_gold(Path(path).read_text("utf-8"))]
    rows = [(traits, label, of) for of, article in enumerate(articles) for traits, label in read_clauses(article)]
    vectors = DictVectorizer()
    named = vectors.fit_transform([traits.named for traits, *_ in rows]).toarray()
    values = numpy.hstack([named, numpy.array([traits.state for traits, *_ in rows])])
    labels, groups = [label for _, label, _ in rows], [of for *_, of in rows]
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    held_out = cross_val_predict(model, values, labels, groups=groups, cv=GroupKFold(10), method="predict_proba")[:, 1]
    print(len(rows), "clauses; held-out articles: AP", average_precision_score(labels, held_out))
    print("Brier", float(numpy.mean((held_out - numpy.array(labels)) ** 2)))
    model.fit(values, labels)
    names, weights = vectors.get_feature_names_out(), [round(float(weight), 3) for weight in model.coef_[0]]
    found = {
        "base": round(float(model.intercept_[0]), 3),
        "named": dict(zip(names, weights, strict=False)),
        "state": weights[len(names) :],
    }
    (MODEL / "acceptance.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
