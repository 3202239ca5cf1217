"""`pelican.plugins.garden` of an installed garden: where Pelican itself looks for plugins.

The wheel has this file as `pelican/plugins/garden/__init__.py`.
"""

from garden import register

__all__ = ["register"]
