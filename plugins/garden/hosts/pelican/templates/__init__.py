"""Pages from templates: the theme, the engine that runs it, mistakes in it, and the messages that it shows."""
