"""What is kept on disk between builds. Nothing in it is believed, and all of it may be lost."""
