"""What tests share: vaults made of texts, real builds of them, and built sites read back."""
