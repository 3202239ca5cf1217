"""What git knows about the notes of a vault: who changed which, and when."""
