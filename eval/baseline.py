"""The committed figures that the test suite holds a change to: `python -m eval --baseline` writes them."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from eval.intervals import Figure
from eval.measures import LESS

BASELINE = Path(__file__).parent / "baseline.json"


def write_baseline(figures: Mapping[str, Figure], path: Path) -> None:
    """Write all figures that do not depend on the machine."""
    kept = {name: asdict(figure) for name, figure in figures.items() if not name.endswith(" ms")}
    rounded = {name: {k: round(v, 4) for k, v in figure.items()} for name, figure in kept.items()}
    path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def read_baseline(path: Path) -> dict[str, Figure]:
    """The committed figures by their names."""
    return {name: Figure(**fields) for name, fields in json.loads(path.read_text(encoding="utf-8")).items()}


def falls_short(figures: Mapping[str, Figure], baseline: Mapping[str, Figure]) -> list[str]:
    """The figures that are missing or outside their committed interval on the bad side, a line each."""
    found = []
    for name, old in baseline.items():
        new = figures.get(name)
        if new is None:
            found.append(f"{name}: no longer measured")
        elif name in LESS and new.value > old.high + 1e-4:
            found.append(f"{name}: {new.value:.3f}, committed at most {old.high:.3f}")
        elif name not in LESS and new.value < old.low - 1e-4:
            found.append(f"{name}: {new.value:.3f}, committed at least {old.low:.3f}")
    return found
