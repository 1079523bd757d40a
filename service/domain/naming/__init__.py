"""The names that people write, and the skills that they mean."""
