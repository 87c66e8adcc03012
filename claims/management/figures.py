"""Figures of an evaluation as a plain table, and as JSON values."""

from collections.abc import Iterator
from typing import Any

from claims.enums import ClaimKind
from claims.extraction.evaluation import Detection, Figures, Ratio

_ALL = "all"
_COLUMNS = "{:<22}{:>20}{:>20}"


def detection_table(detection: Detection) -> Iterator[str]:
    """Recall and precision, a line a kind that occurs, then all of them."""
    yield _COLUMNS.format("kind", "recall", "precision")
    for kind in ClaimKind:
        recall, precision = detection.recall_by_kind[kind], detection.precision_by_kind[kind]
        if recall.of or precision.of:
            yield _COLUMNS.format(kind, _show(recall), _show(precision))
    yield _COLUMNS.format(_ALL, _show(detection.recall), _show(detection.precision))


def finds_table(figures: Figures) -> Iterator[str]:
    """What is right about the claims that were found."""
    yield ""
    for name in ("kind", "claimant", "value", "date"):
        yield _COLUMNS.format(f"right {name}", _show(getattr(figures, name)), "").rstrip()
    overlap = "-" if figures.mean_overlap is None else f"{figures.mean_overlap:.3f}"
    yield _COLUMNS.format("mean overlap of words", overlap, "").rstrip()


def _show(ratio: Ratio) -> str:
    share = "-" if ratio.share is None else f"{ratio.share:.3f}"
    return f"{share} ({ratio.right:,}/{ratio.of:,})"


def as_json(figures: Detection | Figures) -> dict[str, Any]:
    """Each ratio as `{"share", "right", "of"}`; `share` is null of nothing."""
    if isinstance(figures, Figures):
        finds = {name: _ratio(getattr(figures, name)) for name in ("kind", "claimant", "value", "date")}
        return {**as_json(figures.detection), **finds, "mean_overlap": _round(figures.mean_overlap)}
    return {
        "recall": _ratio(figures.recall),
        "precision": _ratio(figures.precision),
        "recall_by_kind": {kind.value: _ratio(ratio) for kind, ratio in figures.recall_by_kind.items()},
        "precision_by_kind": {kind.value: _ratio(ratio) for kind, ratio in figures.precision_by_kind.items()},
    }


def _ratio(ratio: Ratio) -> dict[str, float | None]:
    return {"share": _round(ratio.share), "right": ratio.right, "of": ratio.of}


def _round(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
