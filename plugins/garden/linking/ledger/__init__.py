"""The address ledger: the record of the addresses that pages have had, and the redirects that follow from it (PB-6)."""
