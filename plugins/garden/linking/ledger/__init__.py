"""The addresses that pages once had: what is written down of them, and where they lead now (PB-6)."""
