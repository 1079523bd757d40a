"""Under what finished bytes stand in a cache that others can read: names that say nothing."""

import hashlib


def stored_key(form: str, edition: str, asked: str) -> str:
    """Return a key: equal where all three are, and saying nothing of them.

    Args:
        form: Of what is kept; raise its number when that changes.
        edition: Of the graph's content and of the code, so that a new graph or a new release
            never meets what an old one made.
        asked: Everything else that it depends on.
    """
    written = f"{form}\n{edition}\n{asked}"
    return f"skills-gap:{hashlib.sha256(written.encode()).hexdigest()}"
