"""measures: a metric in its indicator's base unit; no other module calculates that.

Secret: which unit a metric is compared in where it does not fit its indicator.
Not here: conversion of units (chinese.quantity), totals (totals).
"""

from __future__ import annotations

from casegen.chinese.quantity import convert_to_base
from casegen.chinese.units import Measure
from casegen.collection.metric import Metric
from casegen.collection.vocabulary import Vocabulary


def measure_metric(metric: Metric, vocabulary: Vocabulary) -> Measure:
    """Return the metric in its indicator's base unit.

    In its own base unit where that does not fit.
    """
    indicator = vocabulary.get(metric.indicator) if metric.indicator else None
    return (indicator.measure(metric.quantity) if indicator else None) or convert_to_base(
        metric.quantity
    )
