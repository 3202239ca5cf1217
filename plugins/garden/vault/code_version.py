"""The version of the program: what other code has made is not used."""

import sys
from functools import lru_cache
from hashlib import sha256
from pathlib import Path


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a hash of our own code and the Python that runs it: other code may read a note differently."""
    digest = sha256(sys.version.encode())
    package = Path(__file__).parents[1]
    for file in sorted(package.rglob("*.py")):
        digest.update(file.read_bytes())
    # Installing another version of a library touches the folder that all of them are in.
    for folder in sorted({entry for entry in sys.path if entry.endswith("site-packages")}):
        if Path(folder).is_dir():
            digest.update(f"{folder} {Path(folder).stat().st_mtime_ns}".encode())
    return digest.hexdigest()
