from runtut.performance.rendering.measurement import (
    Drafted,
    Measurement,
    MeasurementLine,
    MeasurementObjective,
    compose_measurement,
    default_closing,
    default_intro,
)
from runtut.performance.rendering.rkt import (
    RktDrafted,
    RktFacts,
    RktItemLine,
    RktLine,
    SectionLine,
    compose_rkt,
    default_rkt_closing,
    default_rkt_intro,
)
from runtut.performance.rendering.sections import SectionPart, SectionsFacts, compose_sections

__all__ = [
    "Drafted",
    "Measurement",
    "MeasurementLine",
    "MeasurementObjective",
    "RktDrafted",
    "RktFacts",
    "RktItemLine",
    "RktLine",
    "SectionLine",
    "SectionPart",
    "SectionsFacts",
    "compose_measurement",
    "compose_rkt",
    "compose_sections",
    "default_closing",
    "default_intro",
    "default_rkt_closing",
    "default_rkt_intro",
]
