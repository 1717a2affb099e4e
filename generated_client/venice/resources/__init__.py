"""What a client's attributes are made of."""
