"""What the database has noted of who did what, for people to read."""
