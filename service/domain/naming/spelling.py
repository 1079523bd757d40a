"""When two spellings count as one: keys, words, singular forms, scripts."""

import re
import unicodedata
from itertools import pairwise
from typing import Final

_KEPT: Final = frozenset("+#")
"""Punctuation that tells names apart: C, C++ and C# are three languages."""

_ASCII: Final = bytes(range(0x80))
_ASCII_FOLD: Final = bytes(range(256)).lower()
_ASCII_DROPPED: Final = bytes(
    code for code in _ASCII if not chr(code).isalnum() and chr(code) not in _KEPT
)

_WORD: Final = re.compile(r"[^\W_]+[+#]*")
_ACCENTED_WORD: Final = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+[+#\uff0b\uff03\u266f]*")

_SHARP_SIGN: Final = "\u266f"
"""C♯ is written with the musical sign by those who know where it is."""

_NOT_KEPT: Final = re.compile(r"[^\w+#]+|_+")

_SHORTEST_STEM: Final = 3


def spelling_key(spelling: str) -> str:
    """Return what two spellings have in common that count as the same.

    Compatible characters are unified (NFKC), case is folded, and of the punctuation only
    ``+`` and ``#`` are kept. Letters that merely look alike stay different: a Cyrillic
    letter never becomes a Latin one.

    Example:
        >>> spelling_key("Node.js"), spelling_key("CI / CD"), spelling_key("C++")
        ('nodejs', 'cicd', 'c++')
    """
    if spelling.isascii():
        return spelling.encode().translate(_ASCII_FOLD, _ASCII_DROPPED).decode()
    return _NOT_KEPT.sub("", folded(spelling))


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, folded as `spelling_key` folds.

    Example:
        >>> words_of("Fine-tuning of C++ LLMs")
        ['fine', 'tuning', 'of', 'c++', 'llms']
    """
    text = folded(text)
    return word_pattern(text).findall(text)


def word_pattern(text: str) -> re.Pattern[str]:
    """Return what finds the words of a text: letters and digits with the signs that are theirs.

    Accents that are characters of their own belong to their letters. One pass, no backtracking:
    what may follow a letter is never the start of another.
    """
    return _WORD if text.isascii() else _ACCENTED_WORD


def folded(text: str) -> str:
    """Return a text with compatible characters unified (NFKC) and case folded."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().replace(_SHARP_SIGN, "#")


def singular(word: str) -> str:
    """Return a word without its English plural ending, and in American spelling.

    It serves to compare two words, so it need not be a word itself.

    Example:
        >>> singular("databases"), singular("libraries"), singular("css"), singular("modelling")
        ('database', 'library', 'css', 'modeling')
    """
    if "is" in word or "ell" in word:
        word = word.replace("isation", "ization").replace("elling", "eling")
    if word[-1] != "s" or len(word) <= _SHORTEST_STEM or word.endswith(("ss", "us", "sis")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def stem_key(words: list[str]) -> str:
    """Return the key of a spelling with every word in the singular."""
    return "".join(map(singular, words))


def scripts_of(key: str) -> frozenset[str]:
    """Return the scripts of a key's letters, by the first word of their Unicode names.

    Example:
        >>> sorted(scripts_of("python3")), sorted(scripts_of("\N{CYRILLIC SMALL LETTER ER}ython"))
        (['LATIN'], ['CYRILLIC', 'LATIN'])
    """
    if key.isascii():
        return frozenset({"LATIN"})
    letters = (c for c in key if c.isalpha())
    return frozenset(unicodedata.name(c, "UNNAMED").partition(" ")[0] for c in letters)


def inner_capitals(text: str) -> frozenset[int]:
    """Return where a capital follows a small letter: ``ReAct`` has one at 2, ``React`` none."""
    return frozenset(
        i for i, (a, b) in enumerate(pairwise(text), 1) if a.islower() and b.isupper()
    )
