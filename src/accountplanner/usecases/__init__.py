"""One module per intention of a person: its transaction, its undo, and what it changed."""
