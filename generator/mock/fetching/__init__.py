"""Images that requests give as URLs."""
