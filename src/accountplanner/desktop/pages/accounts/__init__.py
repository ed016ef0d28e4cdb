"""The accounts: the list, one account's page, and what can be done with it."""
