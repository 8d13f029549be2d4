"""The reader's search: what was typed, which pieces it finds, and what is shown of them."""
