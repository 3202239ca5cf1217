"""The addresses that pages once had: the record of them, and where they lead now (PB-6)."""
