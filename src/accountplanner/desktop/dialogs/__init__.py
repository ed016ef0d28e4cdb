"""What asks something of a person and goes away again."""
