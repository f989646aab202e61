"""What reaches the bulb: the closure that stands for a solved oxygen field."""
