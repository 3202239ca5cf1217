"""Layer 5: the shells round the core. The only place that knows a host program."""
