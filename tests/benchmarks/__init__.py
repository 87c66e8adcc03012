"""Figures beside their yardsticks, both measured in the same run. Each module prints one JSON line a figure."""

import json


def report(name: str, value: float, unit: str, yardstick: float) -> None:
    """Print a figure; `yardstick` is in the same unit, `ratio` is value / yardstick."""
    figure = {"name": name, "value": value, "unit": unit, "yardstick": yardstick, "ratio": value / yardstick}
    print(json.dumps({key: round(v, 4) if isinstance(v, float) else v for key, v in figure.items()}))
