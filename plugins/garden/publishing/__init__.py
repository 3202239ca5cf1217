"""Layer 4: from a linked vault to files on disk."""
