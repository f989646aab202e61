"""Nodes, arrows and hypotheses put together into one model."""
