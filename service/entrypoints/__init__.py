"""Inbound adapters: translate in, call a use case, translate back."""
