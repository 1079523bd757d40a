"""When two spellings are the same: case, spacing and punctuation aside."""

import unicodedata
from typing import Final

KEPT_SIGNS: Final = frozenset("+#")
"""Signs that tell names apart: C, C++ and C# are three languages."""


def spelling_key(text: str) -> str:
    """Return what stays of a spelling when case, spacing and punctuation are set aside.

    Compatibility forms are one (NFKC); look-alikes of other scripts are not.

        >>> spelling_key("CI / CD") == spelling_key("cicd")
        True
        >>> spelling_key("C++") == spelling_key("C")
        False
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum() or sign in KEPT_SIGNS)
