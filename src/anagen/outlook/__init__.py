"""The whole way run into the decades ahead, for many drawn people, with the plan and without."""
