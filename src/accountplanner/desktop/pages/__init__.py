"""The areas of the program, one page each."""
