"""The only place that knows workbooks: what they hold, how they are written, read and understood."""
