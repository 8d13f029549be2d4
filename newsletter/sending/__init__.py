"""Sending a round-up: every letter has a row in the ledger, and the row says what became of it."""
