"""Which questions are asked while a page is made, and to which of them a change of the vault changes the answer."""
