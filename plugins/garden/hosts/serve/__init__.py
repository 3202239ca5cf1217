"""The shell that serves a site while its author works."""
