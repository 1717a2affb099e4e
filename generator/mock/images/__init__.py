"""The pictures: drawn from recipes, real files with what made them in them."""
