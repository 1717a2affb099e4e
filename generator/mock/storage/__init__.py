"""What is kept on disk, and made room for."""
