"""The shortest learning path: compile, propagate, search, order, certify."""
