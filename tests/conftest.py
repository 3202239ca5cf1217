"""Fixtures for tests that build a site."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support import BuiltSite, built

Builder = Callable[..., BuiltSite]


@pytest.fixture
def site_of(tmp_path: Path) -> Builder:
    """Build the site of a few files in this process: `site_of({path: text}, SETTING=value)`."""

    def make(files: Mapping[str, str | bytes], **settings: Any) -> BuiltSite:
        return built(files, tmp_path, settings)

    return make
