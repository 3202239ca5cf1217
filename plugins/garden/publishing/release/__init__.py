"""Releasing a site: what publishing would change, what the author agrees to, and how the site becomes public."""
