"""What is kept on disk between builds. Nothing in it is trusted, and all of it may be lost."""
