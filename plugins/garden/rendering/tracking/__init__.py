"""Which questions the making of a page asks, and for which of them a change of the vault has changed the answer."""
