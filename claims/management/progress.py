"""A progress bar for a person who waits; nothing for a log file, nor for work that is soon done."""

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tqdm import tqdm

_LAYOUT = "{percentage:3.0f} % |{bar:20}| {desc}, {elapsed} gone, {remaining} left"
_LAYOUT_OF_UNKNOWN_SIZE = "{desc}, {elapsed} gone"


class Progress:
    """Counts articles and claims on standard error while their bytes are worked off. Where standard output is the
    terminal too, the claims themselves show the progress, and no bar stands among them.
    """

    def __init__(
        self, measure_total: Callable[[], int | None], *, patience: float = 2.0, refresh_every: float = 0.1
    ) -> None:
        """`patience`: seconds of work before the bar appears. The total is measured only where a bar is wanted."""
        shown = sys.stderr.isatty() and not sys.stdout.isatty()
        total = measure_total() if shown else None
        self._bar = tqdm(
            total=total,
            disable=not shown,
            delay=patience,
            mininterval=refresh_every,
            miniters=1,  # else a long article, once done, keeps the bar from showing the short ones after it
            leave=False,
            file=sys.stderr,
            bar_format=_LAYOUT if total else _LAYOUT_OF_UNKNOWN_SIZE,
        )
        self._done = 0
        self._articles = self._claims = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.close()

    def claim_found(self, share: float, size: int) -> None:
        """`share`: how much of the article's `size` bytes lies behind the claim, 0 to 1."""
        self._claims += 1
        self._show(self._done + int(share * size))

    def article_done(self, size: int) -> None:
        self._articles += 1
        self._done += size
        self._show(self._done)

    def _show(self, done: int) -> None:
        if self._bar.disable:
            return
        rate = self._articles / (self._bar.format_dict["elapsed"] or 1)
        words = f"{self._articles:,} articles ({rate:.1f}/s), {self._claims:,} claims"
        self._bar.set_description_str(words, refresh=False)
        self._bar.update(done - self._bar.n)

    def stand_aside(self) -> None:
        """For a message on standard error: the bar leaves its line, and comes back by itself."""
        self._bar.clear()
