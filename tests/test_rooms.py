"""Foreign keys written as strings are invisible to the import contracts; this walk is not fooled."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models

ROOMS = [
    "core",
    "accounts",
    "organisations",
    "documents",
    "procedures",
    "cases",
    "performance",
    "evaluation",
    "reports",
    "demo",
    "api",
    "web",
]
Relation = tuple[str, str, str]


def relations(all_models: Iterable[type[models.Model]]) -> Iterable[Relation]:
    """Every relation between rooms as (from room, field, to room); Django's own tables are no room."""
    for model in all_models:
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.related_model is not None:
                target = field.related_model._meta.app_label
                yield model._meta.app_label, f"{model.__name__}.{field.name}", target


def uphill(found: Iterable[Relation]) -> list[str]:
    """The relations that point from a lower room to a higher one."""
    return [
        f"{field} in {source} points up to {target}"
        for source, field, target in found
        if source in ROOMS and target in ROOMS and ROOMS.index(target) > ROOMS.index(source)
    ]


def test_relations_of_all_models_point_downhill() -> None:
    assert uphill(relations(apps.get_models(include_auto_created=True))) == []


def test_relations_walk_sees_the_models() -> None:
    assert ("cases", "Task.position", "organisations") in set(relations(apps.get_models()))


def test_relations_walk_reports_a_planted_uphill_key() -> None:
    planted = [("documents", "Document.case", "cases"), ("cases", "Case.letter", "documents")]

    assert uphill(planted) == ["Document.case in documents points up to cases"]


def test_rooms_are_the_installed_applications() -> None:
    installed = {config.label for config in apps.get_app_configs() if config.name.startswith("runtut.")}

    assert installed == set(ROOMS)
