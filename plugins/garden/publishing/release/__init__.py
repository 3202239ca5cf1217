"""A release: what publishing would change, what the author agrees to, and how it becomes the public site."""
