"""A signature drawn on a screen: a line of ink that goes up and down, as a PNG."""

from __future__ import annotations

import math
import struct
import zlib

WIDTH, HEIGHT, THICKNESS = 360, 120, 2


def scribble(name: str) -> bytes:
    """Return the picture of a name signed by hand, different for different names."""
    seed = zlib.crc32(name.encode())
    waves = [(2 + (seed >> shift) % 7, 10 + (seed >> shift) % 23) for shift in (0, 6, 12)]
    rows = [bytearray(b"\xff" * WIDTH) for _ in range(HEIGHT)]
    for step in range(4 * WIDTH):
        x = 20 + step * (WIDTH - 40) / (4 * WIDTH)
        bend = sum(high * math.sin(step * often / 180) for often, high in waves)
        y = HEIGHT / 2 + bend * (1 - step / (6 * WIDTH))
        for line in range(int(y) - THICKNESS, int(y) + THICKNESS):
            if 0 <= line < HEIGHT:
                rows[line][int(x)] = 0x22
    raw = b"".join(b"\x00" + bytes(row) for row in rows)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(raw, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
