"""The server that shows a site while its author works on it."""
