"""What grows: the follicle automaton, its clock, its random numbers, and counting."""
