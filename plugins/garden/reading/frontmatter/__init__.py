"""Front matter: where it ends, what its YAML says, what its keys mean."""
