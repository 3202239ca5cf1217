"""Layer 3: a Snapshot becomes pages and artifacts."""
