"""Text -> candidate claims. Pure Python: imports no Django, runs without a database."""

from claims.extraction.candidates import Candidate
from claims.extraction.pipeline import EXTRACTOR_VERSION, extract, iter_claims, score_sentences

__all__ = ["EXTRACTOR_VERSION", "Candidate", "extract", "iter_claims", "score_sentences"]
