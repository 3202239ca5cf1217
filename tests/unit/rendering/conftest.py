"""A vault made by hand, so that rendering is tested without the parser."""

import pytest

from tests.support.vault import Vault


@pytest.fixture
def vault() -> Vault:
    """An empty vault."""
    return Vault()
