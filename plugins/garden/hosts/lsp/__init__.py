"""`garden lsp`: a language server, so that any editor completes links, shows problems and renames notes.

`open_vault` holds the vault with the notes as they are being typed, `cursor` says what is under the cursor; completion, navigation,
hover and renames are functions of both. Only `server` and what it answers with know the protocol.
"""
