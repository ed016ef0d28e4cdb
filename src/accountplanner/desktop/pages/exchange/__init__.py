"""Exchange: bringing files in, writing workbooks, deciding what waits for a person."""
