"""Layer 3: readers of the same facts that report instead of render."""
