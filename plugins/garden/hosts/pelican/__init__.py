"""The plugin that Pelican runs, and Pelican as a separate process."""
