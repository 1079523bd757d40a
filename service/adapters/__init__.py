"""Outbound: ports made real, one outside library each. They never import entry points."""
