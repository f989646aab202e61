"""What the follicle engine is measured against: other ways to run the same process, and the processor itself."""
