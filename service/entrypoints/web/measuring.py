"""How wide a text is at most, in the fonts that readers may have.

Widths are those of the widest usual face of a system font, its bold one, rounded up; a text that
fits by them fits on every machine.
"""

from typing import Final

from service.entrypoints.pictures.lettering import CUT, columns, plain

USUAL: Final = 0.72
WIDE: Final = 1.05
CAPITAL: Final = 0.84
NARROW: Final = 0.46
FULL: Final = 1.1

_WIDTHS: Final = {
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&=+<>~#", CAPITAL),
    **dict.fromkeys("mwMW@%…—", WIDE),
    **dict.fromkeys("ijlI.,:;'|!-()[]/\\ ·ftr’", NARROW),
}


def em_width(text: str) -> float:
    """Return the width of a text in units of its font size."""
    return sum(_WIDTHS.get(sign) or _by_script(sign) for sign in text)


def shortened(text: str, room: float, size: float) -> str:
    """Return a text cut to a room, marked where something is missing.

    Args:
        text: Anything; made plain first.
        room: Pixels.
        size: Of the font, pixels.
    """
    line = plain(text)
    if em_width(line) * size <= room:
        return line
    while line and em_width(line + CUT) * size > room:
        line = line[:-1]
    return line.rstrip() + CUT


def _by_script(sign: str) -> float:
    return USUAL if sign.isascii() else FULL * max(columns(sign), 0.8 * sign.isalpha())
