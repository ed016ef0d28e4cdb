"""Files that come from outside: checked, read in a child process, handed on as plain values."""
