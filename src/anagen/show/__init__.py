"""From results to SVG, HTML and text: pure functions, and no model code."""
