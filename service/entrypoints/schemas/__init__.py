"""Marshmallow schemas: the contract in code, one class for each component of openapi.yaml."""
