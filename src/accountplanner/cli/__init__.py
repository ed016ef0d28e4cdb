"""The same intentions without a window: commands, progress, exit codes."""
