"""Garden: a Pelican plugin that publishes a folder of Obsidian-style notes.

Pelican imports this package and calls `register`. Nothing else is imported
eagerly, so that a build with nothing to do stays cheap.
"""


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from garden.hosts.pelican.plugin import connect_signals

    connect_signals()
