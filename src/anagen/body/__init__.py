"""What circulates: magnesium, calcium and phosphate, androgens, inflammation; one mechanism a file."""
