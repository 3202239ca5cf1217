"""Front matter as text: where it ends, and what nodes and values its YAML, TOML or header holds."""
