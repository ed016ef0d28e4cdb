"""The page of settings: each says what it does and works at once."""
