"""Front matter: finding its end, parsing its YAML, interpreting its keys."""
