"""What the client knows of each operation."""
