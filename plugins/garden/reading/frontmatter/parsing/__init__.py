"""Parses front matter: finds its end, and reads YAML, TOML or Pelican's header as nodes and values."""
