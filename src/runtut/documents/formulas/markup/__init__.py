"""The small markup in which people write a document: text to blocks and back (docs/formats/naskah.md)."""

from runtut.documents.formulas.markup.reading import read_blocks, read_words
from runtut.documents.formulas.markup.writing import normal_blocks, safe_line, write_blocks, write_words

__all__ = ["normal_blocks", "read_blocks", "read_words", "safe_line", "write_blocks", "write_words"]
