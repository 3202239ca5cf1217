"""Keys and passwords in text that will be public, found before the build (the leak gate finds them after it)."""

from collections.abc import Iterator

from garden.authoring.checked_vault import CheckedVault
from garden.model.diagnostic import Diagnostic
from garden.model.names import fold
from garden.publishing.leaks.secrets import find_secrets
from garden.publishing.leaks.sources import vault_sources


def secrets(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find what looks like a secret in published notes and in text files that they mention."""
    site = vault.site
    keys = frozenset(map(fold, site.settings.private_keys))
    yield from find_secrets(vault_sources(site, keys, ()).public)
