"""`garden lsp`: a language server, so that any editor completes links, shows problems and renames notes.

`open_vault` has the vault with open notes as they are being typed, and `cursor` says what is under the cursor; `completion`
and `navigation` answer questions with both. Only `server` and `conversation` know the protocol.
"""
