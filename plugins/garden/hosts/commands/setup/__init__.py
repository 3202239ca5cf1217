"""How a site begins: in an empty folder, in a vault, or with a Pelican site that moves in."""
