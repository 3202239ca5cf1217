"""The repository's settings for builds in this process: the same, but templates are compiled once."""

from pathlib import Path
from runpy import run_path

from tests.support.templates import MEMORY

_ROOT = Path(__file__).resolve().parents[2]
globals().update(
    {name: value for name, value in run_path(str(_ROOT / "pelican.conf.py")).items() if name.isupper()}
)

JINJA_ENVIRONMENT = {"trim_blocks": True, "lstrip_blocks": True, "extensions": [], "bytecode_cache": MEMORY}
THEME = str(_ROOT / "theme")
PLUGIN_PATHS = [str(_ROOT / "plugins")]
