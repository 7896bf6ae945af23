"""Values of the interchange format inside extension elements, without loss."""

from __future__ import annotations

from typing import Any

from lxml import etree

from runtut.procedures.rendering.bpmn.names import ours

Element = Any


def write_field(parent: Element, value: object, name: str = "") -> None:
    """Append a value of JSON as `<sop:field>`; lists and objects hold fields."""
    field = etree.SubElement(parent, ours("field"))
    if name:
        field.set("name", name)
    if isinstance(value, dict):
        field.set("kind", "object")
        for key, inner in value.items():
            write_field(field, inner, key)
    elif isinstance(value, list | tuple):
        field.set("kind", "list")
        for inner in value:
            write_field(field, inner)
    elif isinstance(value, str):
        field.text = clean(value)
    else:
        field.set("kind", type(value).__name__)
        field.text = repr(value)


def read_field(field: Element) -> Any:
    """Return the value of a `<sop:field>`; raises ValueError for one that is none."""
    kind = field.get("kind", "str")
    if kind == "object":
        return {inner.get("name", ""): read_field(inner) for inner in field.iterchildren(ours("field"))}
    if kind == "list":
        return [read_field(inner) for inner in field.iterchildren(ours("field"))]
    text = field.text or ""
    if kind == "bool":
        return text == "True"
    if kind == "NoneType":
        return None
    return {"str": str, "int": int, "float": float}[kind](text) if kind in {"str", "int", "float"} else text


def clean(text: str) -> str:
    """Leave out what XML cannot carry."""
    return "".join(sign for sign in text if sign in "\n\t" or (ord(sign) >= 32 and not _is_half(sign)))


def _is_half(sign: str) -> bool:
    return 0xD800 <= ord(sign) <= 0xDFFF or ord(sign) in (0xFFFE, 0xFFFF)
