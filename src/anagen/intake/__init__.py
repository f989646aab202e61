"""What goes in: salts, products, foods, skin, limits, cautions, and the ledger that adds them up."""
