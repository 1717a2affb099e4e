"""What a right request is answered."""
