"""A Django database engine for a copy that is only read, and that may hang without harm."""
