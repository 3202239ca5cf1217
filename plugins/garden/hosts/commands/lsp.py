"""`garden lsp`: run the language server on standard input and output."""

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garden.hosts.command_line import CommandError, Commands
from garden.hosts.commands.check import today
from garden.hosts.commands.vault_paths import add_vault_option, default_pelican_settings
from garden.hosts.settings.configuration import load_settings, settings_from
from garden.model.settings import Settings

if TYPE_CHECKING:
    from garden.hosts.lsp.open_vault import OpenVault


def add_command(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add `lsp` to the commands of the program; `shared` has the options that all of them take."""
    parser = commands.add_parser(
        "lsp",
        parents=[shared],
        description=(
            "Run a language server on standard input and output, which your editor starts: it completes "
            "links, tags and fields, shows problems while you type, goes from a link to its note and back, "
            "and renames notes. The vault is the one that the settings file in the opened folder names, or "
            "else that folder. Needs pip install 'garden-pelican[lsp]'."
        ),
    )
    add_vault_option(parser)
    parser.set_defaults(run=lsp)


def lsp(arguments: argparse.Namespace) -> int:
    """Serve until the editor closes the connection. Raises CommandError if the library is not installed."""
    if find_spec("pygls") is None:
        raise CommandError("the language server needs a library: pip install 'garden-pelican[lsp]'")
    # Imported here, because no other command needs pygls.
    from garden.hosts.lsp.open_vault import OpenVault
    from garden.hosts.lsp.server import garden_server

    def open_vault(folder: Path) -> "OpenVault":
        settings, pelican_settings, root = vault_of(folder, arguments.conf, arguments.vault)
        return OpenVault(root, settings, pelican_settings)

    garden_server(open_vault, lambda vault: today(vault.settings.timezone)).start_io()
    return 0


def vault_of(folder: Path, conf: Path, vault: Path | None) -> tuple[Settings, dict[str, Any], Path]:
    """Return the settings, all settings of Pelican by name, and the vault for a folder that an editor has opened.

    The settings file may be in a folder above. It counts if the editor was started with `--vault`, or if it is in the opened
    folder itself, or if its vault contains that folder. Otherwise the opened folder is the vault. Raises SettingsError.
    """
    for parent in (folder, *folder.resolve().parents):
        if (parent / conf).is_file():
            settings, pelican_settings = load_settings(parent / conf)
            own = Path(pelican_settings["PATH"])
            if (
                vault is not None
                or folder.resolve() == parent.resolve()
                or own.resolve() in (folder.resolve(), *folder.resolve().parents)
            ):
                return settings, pelican_settings, vault or own
    root = vault or folder
    return settings_from({}), default_pelican_settings(root), root
