"""A Django database engine that brings its own PostgreSQL: the server starts at the first query."""
