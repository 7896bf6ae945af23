"""The place of a signature field in the structure of a tagged PDF (PDF/UA-1, ISO 14289-1, 7.18.4)."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields


def tag_field(writer: IncrementalPdfFileWriter, field: str) -> None:
    """Put a field that was just added under the document's root element, as a Form, so that who listens to
    the paper comes upon it. A file whose structure is not laid out as ours stays without."""
    widget = next(reference for _, _, reference in fields.enumerate_sig_fields(writer, with_name=field))
    if "/StructTreeRoot" not in writer.root or "/P" not in widget.get_object():
        return
    tree = writer.root["/StructTreeRoot"]
    if "/Nums" not in tree["/ParentTree"] or not isinstance(tree["/K"], generic.ArrayObject):
        return
    above: Any = tree["/K"].raw_get(0)
    children = above.get_object()["/K"]
    if isinstance(children, generic.ArrayObject):
        add_form(writer, tree, above, children, widget)


def add_form(
    writer: IncrementalPdfFileWriter, tree: Any, above: Any, children: generic.ArrayObject, widget: Any
) -> None:
    """Append the element, and the way back to it from its field."""
    note, key, numbers = widget.get_object(), int(tree["/ParentTreeNextKey"]), tree["/ParentTree"]["/Nums"]
    pointer = {"/Type": pdf_name("/OBJR"), "/Obj": widget, "/Pg": note.raw_get("/P")}
    element = {
        "/Type": pdf_name("/StructElem"),
        "/S": pdf_name("/Form"),
        "/P": above,
        "/Pg": note.raw_get("/P"),
        "/K": dictionary(pointer),
    }
    form = writer.add_object(dictionary(element))
    children.append(form)
    numbers.extend([number(key), form])
    tree[pdf_name("/ParentTreeNextKey")] = number(key + 1)
    note[pdf_name("/StructParent")] = number(key)
    for changed in (children, numbers, tree):
        writer.update_container(changed)
    writer.mark_update(widget)


def number(value: int) -> generic.NumberObject:
    return generic.NumberObject(value)  # type: ignore[no-untyped-call]  # unannotated there


def dictionary(values: dict[str, Any]) -> generic.DictionaryObject:
    found = {pdf_name(name): value for name, value in values.items()}
    return generic.DictionaryObject(found)  # type: ignore[no-untyped-call]  # unannotated there
