"""The figures of a comparison as a picture: bars in a drawing of the web, without any program to draw it."""

import statistics
from collections.abc import Mapping, Sequence
from html import escape

Seconds = Mapping[str, Mapping[str, Sequence[float]]]
"""What was measured, then by whom, then the seconds of each run."""

_WIDTH = 640
_LABELS = 170
_BAR = 18
_STEP = 26
_TITLE = 34
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#333}.title{font-weight:600}rect{fill:#9aa5a0}"
    ".first rect{fill:#1d6b4f}line{stroke:#333}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}rect{fill:#68736e}.first rect{fill:#5fbf9a}line{stroke:#ddd}}"
)


def plot(figures: Seconds, about: str) -> str:
    """Return an SVG with a group of bars for each thing measured: the median, a line from least to most."""
    rows: list[str] = []
    down = 24
    for what, seconds in figures.items():
        rows.append(f'<text class="title" x="0" y="{down}">{escape(what)}, seconds</text>')
        down += _TITLE - _STEP
        longest = max(max(runs) for runs in seconds.values())
        scale = (_WIDTH - _LABELS - 60) / longest
        for index, (name, runs) in enumerate(seconds.items()):
            down += _STEP
            rows.append(_bar(name, runs, down - _STEP + 8, scale, first=not index))
        down += _TITLE
    height = down - 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(about)}"><style>{_STYLE}</style>\n' + "\n".join(rows) + "\n</svg>\n"
    )


def _bar(name: str, runs: Sequence[float], top: int, scale: float, *, first: bool) -> str:
    middle = statistics.median(runs)
    end = _LABELS + middle * scale
    low, high = _LABELS + min(runs) * scale, _LABELS + max(runs) * scale
    centre = top + _BAR / 2
    return (
        f"<g{' class=' + chr(34) + 'first' + chr(34) if first else ''}>"
        f'<text x="{_LABELS - 8}" y="{centre + 5:.0f}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{_LABELS}" y="{top}" width="{end - _LABELS:.1f}" height="{_BAR}"/>'
        f'<line x1="{low:.1f}" y1="{centre}" x2="{high:.1f}" y2="{centre}"/>'
        f'<text x="{max(end, high) + 6:.1f}" y="{centre + 5:.0f}">{middle:.2f}</text></g>'
    )
