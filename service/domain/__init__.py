"""The field itself: skills, roles, knowledge, learning paths. Pure values, no clock, no I/O."""
