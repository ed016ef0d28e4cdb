"""Today: what needs a person now, worked through with the keyboard."""
