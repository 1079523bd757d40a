"""Skills-gap assessment: the exact shortest learning path from current skills to a role."""
