"""The settings that say how serious a problem is (DG-6)."""

from collections.abc import Mapping

from garden.authoring.grading import GRADES, unknown_patterns
from garden.hosts.settings.setting_values import did_you_mean, pairs, shown
from garden.model.diagnostic import SEVERITIES
from garden.model.errors import SettingsError
from garden.model.settings import Grades


def severities(setting: str, value: object) -> Grades:
    """Return pairs (id or pattern of ids, word for a severity)."""
    found = pairs(setting, value)
    for pattern, grade in found:
        if grade not in GRADES:
            known = ", ".join(f'"{word}"' for word in GRADES)
            raise SettingsError(f'{setting}: "{pattern}" must be one of {known}, not {shown(grade)}')
        if unknown_patterns((pattern,)):
            hint = did_you_mean(pattern, SEVERITIES)
            raise SettingsError(f'{setting}: "{pattern}" is not the id of a problem{hint}')
    return found


def path_severities(setting: str, value: object) -> tuple[tuple[str, Grades], ...]:
    """Return pairs (path, folder or pattern, what `severities` holds)."""
    if not isinstance(value, Mapping):
        raise SettingsError(f"{setting} must be a dictionary, not {shown(value)}")
    found = []
    for path, grades in value.items():
        if not isinstance(path, str):
            raise SettingsError(f"each path in {setting} must be a string, not {shown(path)}")
        found.append((path, severities(f'{setting}["{path}"]', grades)))
    return tuple(found)


READERS = {"severities": severities, "path_severities": path_severities}
"""The settings of this module's subject, each with the function that reads it."""
