from runtut.performance.rendering.measurement import (
    Drafted,
    Measurement,
    MeasurementLine,
    MeasurementObjective,
    compose_measurement,
    default_closing,
    default_intro,
)

__all__ = [
    "Drafted",
    "Measurement",
    "MeasurementLine",
    "MeasurementObjective",
    "compose_measurement",
    "default_closing",
    "default_intro",
]
