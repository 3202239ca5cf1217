"""The version of a theme: a build that writes nothing has to know whether it is the same, and nothing else about it."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from garden.hosts.settings.completion import THEME_OVERRIDES


def theme_version(folder: Path, pelican: Mapping[str, Any]) -> str:
    """Return a hash of the theme's files and of the author's that replace or follow some of them."""
    digest = sha256()
    own = [root for name in THEME_OVERRIDES for root in pelican.get(name, ())]
    for root in [folder, *map(Path, own)]:
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            digest.update(f"{file.relative_to(root)}\0".encode("utf-8", "surrogateescape"))
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
