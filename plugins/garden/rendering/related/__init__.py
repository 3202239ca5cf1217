"""Which notes are related to which: by what they cite, by rare words, by tags."""
