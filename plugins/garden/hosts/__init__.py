"""Layer 8: the programs around the core. The only layer that knows Pelican, servers and editors."""
