"""Plots as readers and browsers get them: true to the numbers, and nothing that a strict policy blocks."""

import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.admin.plots import Bar, Line, draw_bars, draw_lines, find_ticks

NUMBERS = st.floats(-1e6, 1e6).map(lambda number: round(number, 4))
EVIL = "<script>alert(1)</script>\"' & {{ 7 }}"


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  our own markup


def texts(svg: str) -> list[str]:
    return [str(text.text) for text in read(svg).iter("text")]


# Scales.


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (-0.3, 1, [-0.5, 0, 0.5, 1]), (0, 7, [0, 2, 4, 6, 8])],
)
def test_ticks_are_round_numbers(low, high, ticks):
    assert find_ticks(low, high) == ticks


@pytest.mark.parametrize(
    ("high", "ticks"), [(0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (11, [0, 2, 4, 6, 8, 10, 12])]
)
def test_ticks_of_counts_are_whole(high, ticks):
    assert find_ticks(0, high, whole=True) == ticks


@given(NUMBERS, NUMBERS)
def test_ticks_hold_all_values_between(one, other):
    low, high = sorted([one, other])
    ticks = find_ticks(low, high)
    assert 2 <= len(ticks) <= 9
    unseen = 1e-6 * max(high - low, 1e-6 * max(abs(low), abs(high), 1))
    assert ticks[0] <= low + unseen
    assert ticks[-1] >= high - unseen


# Lines.


def test_a_line_goes_through_its_values_and_stops_at_a_gap():
    svg = draw_lines("Ships", ["Mon", "Tue", "Wed", "Thu"], [Line("Big", [0, 1, None, 0.5])], high=1)
    line = next(path for path in read(svg).iter("path") if path.get("class") == "line line-1" and "L" in path.get("d"))
    assert line.get("d") == "M46.0 240.0L277.3 40.0M740.0 140.0"
    assert [(dot.get("cx"), dot.get("cy")) for dot in read(svg).iter("circle")] == [
        ("46.0", "240.0"),
        ("277.3", "40.0"),
        ("740.0", "140.0"),
    ]
    assert texts(svg) == ["Big", "0", "0.2", "0.4", "0.6", "0.8", "1", "Mon", "Tue", "Wed", "Thu"]


def test_a_line_without_values_or_with_one_is_a_plot_all_the_same():
    assert "circle" not in draw_lines("Ships", ["Mon"], [Line("Big", [None])])
    assert draw_lines("Ships", ["Mon"], [Line("Big", [3])]).count("<circle") == 1


def test_long_plots_have_few_labels_and_no_dots():
    svg = draw_lines("Ships", [f"day {number}" for number in range(90)], [Line("Big", [1] * 90)])
    assert len([words for words in texts(svg) if words.startswith("day")]) == 10
    assert "circle" not in svg


def test_a_mark_stands_at_its_place():
    svg = draw_lines("Ships", ["0", "1"], [Line("Big", [0, 1])], places=[0.0, 1.0], mark=(0.25, "here"))
    mark = next(path for path in read(svg).iter("path") if path.get("class") == "mark")
    assert mark.get("d").startswith("M219.5 ")
    assert "here" in texts(svg)


# Bars.


def test_parts_of_a_bar_follow_each_other_and_add_up():
    svg = draw_bars("Ships", ["Old", "New"], [Bar("Big", [1, 2]), Bar("Small", [0, 0])])
    rects = [(rect.get("class"), rect.get("x"), rect.get("width")) for rect in read(svg).iter("rect")]
    assert rects[2:4] == [("part-1", "215.0", "165.0"), ("part-2", "380.0", "330.0")]
    assert [width for _part, _x, width in rects[4:]] == ["0.0", "0.0"]
    assert texts(svg) == ["Old", "New", "0", "1", "2", "3", "Big", "3", "Small", "0"]


def test_a_bar_may_have_a_colour_of_its_own():
    svg = draw_bars("Ships", ["All"], [Bar("Big", [2], "of-rating rating-7"), Bar("Small", [1])])
    assert [rect.get("class") for rect in read(svg).iter("rect")] == ["of-rating rating-7", "part-1"]
    assert texts(svg)[-4:] == ["Big", "2", "Small", "1"]


# All of them.


@given(st.lists(st.none() | NUMBERS, min_size=1, max_size=50), st.text(max_size=10))
def test_every_plot_says_what_it_is_and_draws_within_its_frame(values, name):
    name = "".join(letter for letter in name if letter.isprintable())
    svg = draw_lines(EVIL, [EVIL] * len(values), [Line(name, values)])
    bars = draw_bars(EVIL, [EVIL, name], [Bar(EVIL, [abs(value or 0), 1]) for value in values])
    for drawn in (svg, bars):
        root = read(drawn)
        assert (root.get("role"), root.get("aria-label"), root.find("title").text) == ("img", EVIL, EVIL)
        assert {element.tag for element in root.iter()} <= {"svg", "title", "path", "rect", "circle", "text"}
        assert not re.search(r"\s(style|on\w+)=|<script", drawn)
        width, height = (float(number) for number in root.get("viewBox").split()[2:])
        for element in root.iter():
            for name_, limit in (("x", width), ("y", height), ("cx", width), ("cy", height)):
                place = float(element.get(name_, 0))
                assert math.isfinite(place)
                assert 0 <= place <= limit
