"""A value's seal: whoever takes it from a shared cache knows whose answer it is, and from whom."""

import hashlib
from hmac import compare_digest
from typing import Final

DIGEST_BYTES: Final = 16
_LONGEST_SECRET: Final = 64


class Seal:
    """Puts a key, and a digest of the key and the value, before a value.

    So a value that is cut, forged, swapped or answered to another question is not taken for one.

    Args:
        secret: Goes into the digests, so that only who knows it can seal.
    """

    def __init__(self, secret: str = "") -> None:
        self._secret = secret.encode()[:_LONGEST_SECRET]

    def sealed(self, key: str, value: bytes) -> bytes:
        """Return a value behind its seal."""
        return b"%b\n%b%b" % (key.encode(), self._digest(key, value), value)

    def unsealed(self, key: str, stored: object) -> bytes | None:
        """Return a stored value without its seal, or None when it is not what was stored."""
        if not isinstance(stored, bytes):
            return None
        name, _, sealed = stored.partition(b"\n")
        digest, value = sealed[:DIGEST_BYTES], sealed[DIGEST_BYTES:]
        is_own = name == key.encode() and compare_digest(digest, self._digest(key, value))
        return value if is_own else None

    def _digest(self, key: str, value: bytes) -> bytes:
        keyed = hashlib.blake2b(key.encode(), key=self._secret, digest_size=32).digest()
        return hashlib.blake2b(value, key=keyed, digest_size=DIGEST_BYTES).digest()
