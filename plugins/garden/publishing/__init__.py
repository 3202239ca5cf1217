"""Layer 6: from a linked vault to files on disk."""
