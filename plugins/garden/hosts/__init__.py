"""Layer 5: the shells around the core. The only place that knows a host program."""
