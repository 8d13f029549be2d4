"""Letters that come back and complaints: read, understood, and what follows for the reader."""
