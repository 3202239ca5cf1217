"""What Python-Markdown's extensions add, for sites that come from Pelican: the setting `constructs` asks for each (FT-9)."""
