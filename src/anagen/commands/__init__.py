"""Commands of `anagen`, one a file; `anagen.cli` registers them."""
