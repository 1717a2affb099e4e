"""What comes in: bodies decoded, images looked at, what is wished for and what is odd about it."""
