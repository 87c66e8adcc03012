"""Plots as SVG that says in words what it shows: no script and no style, which the desk's policy would block.

Colours and dashes come from classes in desk.css. Pure: numbers in, markup out.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 760, 270
LEFT, RIGHT, TOP, BOTTOM = 46, 20, 40, 30
LABEL_WIDTH = 215  # of bars
BAR, ROW = 18, 28
LETTER = 7  # the usual width of one, in the units of the picture
MOST_LABELS = 10  # below a plot
MOST_DOTS = 40  # of a line


class Line(NamedTuple):
    """A value for each label; None leaves a gap."""

    name: str
    values: Sequence[float | None]


class Bar(NamedTuple):
    """Its parts stand one after the other; `shade` is the class of one that has a colour of its own."""

    name: str
    parts: Sequence[float]
    shade: str = ""


def draw_lines(
    title: str,
    labels: Sequence[str],
    lines: Sequence[Line],
    *,
    low: float = 0,
    high: float = 0,
    places: Sequence[float] = (),
    mark: tuple[float, str] | None = None,
) -> SafeString:
    """Lines over the labels, which stand at their `places` or else evenly; `mark` is a place with a word to it.

    The scale holds all values, and reaches from `low` to `high` at least.
    """
    known = [value for line in lines for value in line.values if value is not None]
    ticks = find_ticks(min([low, *known]), max([high, *known]))
    places = places or range(len(labels))
    xs = [_scale(place, (min(places), max(places)), (LEFT, WIDTH - RIGHT)) for place in places]
    heights = (ticks[0], ticks[-1]), (HEIGHT - BOTTOM, TOP)
    parts = [
        _legend([line.name for line in lines], "line"),
        _join(_level(_number(tick), _scale(tick, *heights)) for tick in ticks),
        _labels(labels, xs),
    ]
    if mark:
        parts.append(_mark(_scale(mark[0], (min(places), max(places)), (LEFT, WIDTH - RIGHT)), mark[1]))
    for number, line in enumerate(lines, start=1):
        ys = [None if value is None else _scale(value, *heights) for value in line.values]
        parts.append(_line(number, [(x, y) for x, y in zip(xs, ys, strict=True)]))
    return _picture(title, HEIGHT, parts)


def draw_bars(title: str, names: Sequence[str], bars: Sequence[Bar]) -> SafeString:
    """A bar a row, with its sum at its end; `names` are those of the parts."""
    top = TOP if len(names) > 1 else 10
    height = top + ROW * len(bars) + BOTTOM
    ticks = find_ticks(0, max([1, *(sum(bar.parts) for bar in bars)]), whole=True)
    widths = (ticks[0], ticks[-1]), (LABEL_WIDTH, WIDTH - RIGHT - 30)
    grid = (_upright(_number(tick), _scale(tick, *widths), top - 6, height) for tick in ticks)
    rows = (_bar(bar, top + ROW * number, widths) for number, bar in enumerate(bars))
    return _picture(title, height, [_legend(names, "part") if len(names) > 1 else "", _join(grid), _join(rows)])


def find_ticks(low: float, high: float, whole: bool = False) -> list[float]:
    """Round numbers, some five of them, from one not above `low` to one not below `high`."""
    least = 1e-6 * max(abs(low), abs(high), 1)  # where all values are one: more than floats get wrong
    span = max(high - low, 1 if whole else least)
    power = 10 ** math.floor(math.log10(span / 5))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if span / step <= 6)
    step = max(step, 1) if whole else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]


Range = tuple[float, float]


def _scale(value: float, of: Range, to: Range) -> float:
    """Where the value lies; in the middle where there is but one."""
    share = (value - of[0]) / (of[1] - of[0]) if of[1] > of[0] else 0.5
    return round(to[0] + share * (to[1] - to[0]), 1)


def _number(value: float) -> str:
    """As the reader writes it; places in the picture stay as SVG wants them."""
    return number_format(f"{value:g}")


def _join(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _picture(title: str, height: int, parts: Sequence[str]) -> SafeString:
    return format_html(
        '<svg class="plot" role="img" aria-label="{}" viewBox="0 0 {} {}"><title>{}</title>{}</svg>',
        title,
        WIDTH,
        height,
        title,
        _join(parts),
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> SafeString:
    return format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', x, y, anchor, words)


def _legend(names: Sequence[str], kind: str) -> SafeString:
    """A sample of each line or part, and its name, above the plot."""
    entries, x = [], LEFT
    for number, name in enumerate(names, start=1):
        sample = (
            '<path class="line line-{}" d="M{} 14h26"/>'
            if kind == "line"
            else '<rect class="part-{}" x="{}" y="8" width="26" height="12"/>'
        )
        entries += [format_html(sample, number, x), _text(x + 32, 18, name)]
        x += 32 + LETTER * len(name) + 24
    return _join(entries)


def _level(words: str, y: float) -> SafeString:
    rule = format_html('<path class="grid" d="M{} {}H{}"/>', LEFT, y, WIDTH - RIGHT)
    return _join([rule, _text(LEFT - 8, round(y + 4, 1), words, "end")])


def _upright(words: str, x: float, top: int, height: int) -> SafeString:
    rule = format_html('<path class="grid" d="M{} {}V{}"/>', x, top, height - BOTTOM)
    return _join([rule, _text(x, height - BOTTOM + 16, words, "middle")])


def _labels(labels: Sequence[str], xs: Sequence[float]) -> SafeString:
    """As many as there is room for; the first and the last do not stick out."""
    step = math.ceil(len(labels) / MOST_LABELS) or 1
    shown = list(zip(labels, xs, strict=True))[::step]
    ends = (LEFT + 24, WIDTH - RIGHT - 24)
    anchors = ("start" if x < ends[0] else "end" if x > ends[1] else "middle" for _label, x in shown)
    return _join(
        _text(x, HEIGHT - BOTTOM + 20, label, anchor) for (label, x), anchor in zip(shown, anchors, strict=True)
    )


def _mark(x: float, words: str) -> SafeString:
    rule = format_html('<path class="mark" d="M{} {}V{}"/>', x, TOP - 18, HEIGHT - BOTTOM)
    is_right = x > WIDTH / 2
    return _join([rule, _text(x - 6 if is_right else x + 6, TOP - 6, words, "end" if is_right else "start")])


def _line(number: int, points: Sequence[tuple[float, float | None]]) -> SafeString:
    """A line with a gap wherever a value is missing; dots as well, where they do not crowd."""
    path, is_on = "", False
    for x, y in points:
        if y is not None:
            path += f"{'L' if is_on else 'M'}{x} {y}"
        is_on = y is not None
    dots = [(number, x, y) for x, y in points if y is not None] if len(points) <= MOST_DOTS else []
    circles = format_html_join("", '<circle class="dot dot-{}" cx="{}" cy="{}" r="3"/>', dots)
    return format_html('<path class="line line-{}" d="{}"/>{}', number, path, circles) if path else circles


def _bar(bar: Bar, y: int, widths: tuple[Range, Range]) -> SafeString:
    drawn, x, total = [_text(LABEL_WIDTH - 10, y + 14, bar.name, "end")], float(LABEL_WIDTH), 0.0
    for number, part in enumerate(bar.parts, start=1):
        total += part
        end = _scale(total, *widths)
        rect = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>'
        drawn.append(format_html(rect, bar.shade or f"part-{number}", x, y, round(end - x, 1), BAR))
        x = end
    return _join([*drawn, _text(x + 6, y + 14, _number(total))])
