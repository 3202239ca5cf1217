"""Commands that start a site: in an empty folder, in a vault, or from a Pelican site."""
