"""Layer 6: writes a linked vault to files on disk."""
