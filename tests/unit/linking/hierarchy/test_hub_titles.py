"""What readers see of the names of hubs."""

from garden.linking.hierarchy.hub_titles import hub_titles
from garden.model.settings import Settings


def titles(*names: str, settings: Settings | None = None) -> list[str]:
    """Return the titles of names."""
    return list(hub_titles(names, settings or Settings()).values())


def test_what_only_files_need_is_taken_off() -> None:
    """`MOC_` always, underscores in place of spaces."""
    assert titles("MOC_Shell_Bash_Zsh", "moc - Data", "MOC", "Mocha_bean") == [
        "Shell Bash Zsh",
        "Data",
        "MOC",
        "Mocha bean",
    ]


def test_a_prefix_says_nothing_where_three_share_it() -> None:
    """Two may be a coincidence; words with spaces between them are words."""
    assert titles("Topic_Git", "Topic_Make", "Topic_Shell") == ["Git", "Make", "Shell"]
    assert titles("Topic_Git", "Topic_Make") == ["Topic Git", "Topic Make"]
    assert titles("Deep learning", "Deep sea", "Deep sky") == ["Deep learning", "Deep sea", "Deep sky"]


def test_names_that_would_become_alike_keep_their_prefix() -> None:
    """A reader must be able to tell them apart; where only an underscore does that, it stays."""
    assert titles("MOC_Git", "Git", "MOC_Data") == ["MOC Git", "Git", "Data"]
    assert titles("deep_sea", "deep sea") == ["deep_sea", "deep sea"]


def test_the_settings_replace_all_of_it() -> None:
    """Replacements one after the other, then the case."""
    settings = Settings(hub_titles=(("^MOC_", ""),), hub_title_case="sentence")
    assert titles("MOC_shell_tools", "Topic_x", settings=settings) == ["Shell_tools", "Topic_x"]
