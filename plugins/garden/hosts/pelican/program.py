"""Runs Pelican for Garden's commands, with defaults for missing settings, and with one sentence for each mistake of the author.

It takes the arguments of Pelican's own command. Where Pelican prints a traceback for a mistake, this says what is
wrong and what to do; only a bug in our own code still gives a traceback, which a bug report needs.
"""

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from pelican import LOG_HANDLERS, Pelican, console, get_config, get_instance, parse_arguments
from pelican.log import init as init_logging
from pelican.settings import DEFAULT_CONFIG

from garden.hosts.pelican.build_requests import OWN_CLOSE
from garden.hosts.settings.completion import completed_settings, names_plugin
from garden.hosts.settings.configuration import run_settings_file
from garden.hosts.settings.setting_values import shown
from garden.model.errors import AuthorError, SettingsError

_GARDEN = Path(__file__).resolve().parents[2]
"""The folder of our own code."""

_LOGGER_OF_PLUGINS = "pelican.plugins._utils"
"""The name of the logger of the module in which Pelican imports plugins."""

_LOGGED = "Warning or error encountered"
"""The text of the exception that Pelican raises if errors are fatal, after it has logged one."""


class HostError(AuthorError):
    """Pelican, or one of its plugins, cannot build the site; the text says why."""


def main(written: Sequence[str] | None = None) -> None:
    """Build one site; if that is not possible, print one sentence and exit with 1."""
    arguments = parse_arguments(written)
    init_logging(
        level=arguments.verbosity,
        fatal=arguments.fatal,
        name="pelican",
        handler=LOG_HANDLERS[arguments.log_handler],
    )
    try:
        pelican = _pelican(arguments)
        # Importing the progress display takes longer than building a small change.
        with console.status("Generating...") if console.is_terminal else nullcontext():
            _run(pelican)
    except AuthorError as error:
        raise SystemExit(f"garden: {error}") from error


def _pelican(arguments: argparse.Namespace) -> Pelican:
    """Return Pelican with its settings and plugins. Raises SettingsError."""
    conf = Path(arguments.settings)
    written = run_settings_file(conf) | get_config(arguments)
    pelican_settings = completed_settings(written, conf)
    file = os.path.relpath(conf)
    if not names_plugin(pelican_settings):
        raise SettingsError(f'PLUGINS in {file} does not name "garden"; add it to the list')
    if not Path(pelican_settings["PATH"]).is_dir():
        raise SettingsError(f"there is no folder of notes {pelican_settings['PATH']}")
    arguments.overrides |= {
        name: value
        for name, value in pelican_settings.items()
        if name not in written or written[name] != value
    }
    arguments.overrides[OWN_CLOSE] = True
    with _errors_collected() as errors:
        try:
            pelican, _ = get_instance(arguments)
        except Exception as error:
            if errors:
                raise SettingsError(f"{file}: {_sentence(errors[-1])}") from error
            raise HostError(
                f"Pelican cannot work with {file}: {_described(error)}{_wrong_types(pelican_settings)}"
            ) from error
    return pelican


def _run(pelican: Pelican) -> None:
    """Build the site. Raises HostError for an error outside our own code."""
    try:
        pelican.run()
    except Exception as error:
        if str(error) == _LOGGED:
            sys.exit(1)
        ours = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename).is_relative_to(_GARDEN) and Path(frame.filename) != Path(__file__)
        ]
        if isinstance(error, AuthorError) or ours:
            raise
        raise HostError(
            f"Pelican cannot build the site: {_described(error)}{_wrong_types(pelican.settings)}"
        ) from error
    finally:
        console.quiet = False  # the plugin has left out Pelican's last line


@contextmanager
def _errors_collected() -> Iterator[list[logging.LogRecord]]:
    """Collect the errors that Pelican logs in the block, instead of printing them."""
    errors: list[logging.LogRecord] = []

    def is_printed(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR:
            errors.append(record)
        return record.levelno < logging.ERROR

    handlers = logging.getLogger().handlers
    for handler in handlers:
        handler.addFilter(is_printed)
    try:
        yield errors
    finally:
        for handler in handlers:
            handler.removeFilter(is_printed)


def _sentence(record: logging.LogRecord) -> str:
    """Return a logged error in one line, with advice if a plugin cannot be imported."""
    message = ": ".join(record.getMessage().splitlines())
    if record.exc_info and record.exc_info[1]:
        return f"{message}: {_described(record.exc_info[1])}"
    if record.name == _LOGGER_OF_PLUGINS:
        return f"{message}; install it, name its folder in PLUGIN_PATHS, or remove it from PLUGINS"
    return message


def _described(error: BaseException) -> str:
    """Return an exception in one line, with the place where it was raised."""
    message = str(error)
    frames = traceback.extract_tb(error.__traceback__)
    file, line = (frames[-1].filename, frames[-1].lineno) if frames else ("", 0)
    if isinstance(error, SyntaxError) and error.filename:
        file, line, message = error.filename, error.lineno, error.msg
    place = f" ({os.path.relpath(file)}:{line})" if file else ""
    return f"{type(error).__name__}: {' '.join(message.split())}{place}"


def _wrong_types(pelican_settings: Mapping[str, Any]) -> str:
    """Return a hint about settings that should be lists or dictionaries and are not, empty if there are none."""
    found = [
        f"{name} must be a {word}, not {shown(value)}"
        for kind, word, accepted in (
            (list, "list", list | tuple | str | None),
            (dict, "dictionary", Mapping | None),
        )
        for name, value in sorted(pelican_settings.items())
        if isinstance(DEFAULT_CONFIG.get(name), kind) and not isinstance(value, accepted)
    ]
    return f"; perhaps because {' and '.join(found)}" if found else ""


if __name__ == "__main__":
    main()
