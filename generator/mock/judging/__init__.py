"""What is right and what is refused: the rules of the specs, and the errors that tell of a breach."""
