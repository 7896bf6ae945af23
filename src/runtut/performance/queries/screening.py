"""Which kept sums a database can prove right by itself: the plain ones, in whole numbers.

Most achievements are a quotient of sums, and whole numbers divided and rounded half up come to exactly what
`formulas` finds. What this cannot prove right - a form it does not know, a target of 0, a figure below 0,
very large, or blank for a reason, or simply another number - is left to the formulas, which alone say what
is wrong.
"""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

from runtut.core.sql import fetch_all
from runtut.performance.enums import Accumulation, Variant
from runtut.performance.formulas.kept import KEPT_DECIMALS, LARGEST_RATIO, PARTS_OF_PERCENT

PLAIN: Final = (Variant.POSITIVE, Variant.NEGATIVE_LINEAR, Variant.STABLE)
KINDS: Final = (Accumulation.SUM, Accumulation.LAST, Accumulation.MEAN, Accumulation.ANNUAL)
WRITTEN: Final = (10_000, 10_000, 9_999_999_990_000)
"""What the text below says of the formulas: the parts of a figure, of a per cent, and the largest ratio."""
assert (int(10**KEPT_DECIMALS), PARTS_OF_PERCENT, int(LARGEST_RATIO) * PARTS_OF_PERCENT) == WRITTEN
assert (*PLAIN, *KINDS) == ("POS", "NEG_LIN", "STABIL", "sum", "last", "mean", "annual")

DOUBTFUL: Final = """
WITH figures AS MATERIALIZED (
    -- The figures of the year in ten-thousandths; from ten million on, products no longer fit 64 bits.
    SELECT indicator_id AS id,
        CAST(ROUND(MAX(CASE WHEN quarter = 1 THEN plain END) * 10000) AS BIGINT) AS v1,
        CAST(ROUND(MAX(CASE WHEN quarter = 2 THEN plain END) * 10000) AS BIGINT) AS v2,
        CAST(ROUND(MAX(CASE WHEN quarter = 3 THEN plain END) * 10000) AS BIGINT) AS v3,
        CAST(ROUND(MAX(CASE WHEN quarter = 4 THEN plain END) * 10000) AS BIGINT) AS v4,
        MAX(CASE WHEN plain IS NULL AND (value IS NOT NULL OR cause <> '') THEN 1 ELSE 0 END) AS odd
    FROM (
        SELECT indicator_id, quarter, value, cause,
            CASE WHEN value >= 0 AND value < 10000000 THEN value END AS plain
        FROM performance_realisation WHERE year = :year AND indicator_id BETWEEN :first AND :last
    ) given
    GROUP BY indicator_id
),
targets AS MATERIALIZED (
    -- Those of the quarters, and of the year (ty).
    SELECT indicator_id AS id,
        CAST(ROUND(MAX(CASE WHEN quarter = 1 THEN plain END) * 10000) AS BIGINT) AS t1,
        CAST(ROUND(MAX(CASE WHEN quarter = 2 THEN plain END) * 10000) AS BIGINT) AS t2,
        CAST(ROUND(MAX(CASE WHEN quarter = 3 THEN plain END) * 10000) AS BIGINT) AS t3,
        CAST(ROUND(MAX(CASE WHEN quarter = 4 THEN plain END) * 10000) AS BIGINT) AS t4,
        CAST(ROUND(MAX(CASE WHEN quarter IS NULL THEN plain END) * 10000) AS BIGINT) AS ty,
        MAX(CASE WHEN plain IS NULL THEN 1 ELSE 0 END) AS odd
    FROM (
        SELECT indicator_id, quarter, CASE WHEN value >= 0 AND value < 10000000 THEN value END AS plain
        FROM performance_target WHERE year = :year AND indicator_id BETWEEN :first AND :last
    ) wanted
    GROUP BY indicator_id
),
running AS MATERIALIZED (
    -- Up to every quarter: sum (vs, ts), number (vn, tn) and last (vl, tl) of what is filled.
    SELECT one.id, q, one.variant, one.accumulation AS kind, ty,
        CAST(ROUND(one.cap * 10000) AS BIGINT) AS cap,
        CASE WHEN one.variant NOT IN ('POS', 'NEG_LIN', 'STABIL') OR figures.odd = 1 OR targets.odd = 1
            THEN 1 ELSE 0 END AS odd,
        CASE q WHEN 1 THEN v1 WHEN 2 THEN v2 WHEN 3 THEN v3 ELSE v4 END AS v,
        CASE q WHEN 1 THEN v1 WHEN 2 THEN COALESCE(v2, v1) WHEN 3 THEN COALESCE(v3, v2, v1)
            ELSE COALESCE(v4, v3, v2, v1) END AS vl,
        COALESCE(v1, 0) + CASE WHEN q > 1 THEN COALESCE(v2, 0) ELSE 0 END
            + CASE WHEN q > 2 THEN COALESCE(v3, 0) ELSE 0 END
            + CASE WHEN q > 3 THEN COALESCE(v4, 0) ELSE 0 END AS vs,
        CASE WHEN v1 IS NULL THEN 0 ELSE 1 END + CASE WHEN q < 2 OR v2 IS NULL THEN 0 ELSE 1 END
            + CASE WHEN q < 3 OR v3 IS NULL THEN 0 ELSE 1 END
            + CASE WHEN q < 4 OR v4 IS NULL THEN 0 ELSE 1 END AS vn,
        CASE q WHEN 1 THEN t1 WHEN 2 THEN COALESCE(t2, t1) WHEN 3 THEN COALESCE(t3, t2, t1)
            ELSE t4 END AS tl,
        COALESCE(t1, 0) + CASE WHEN q > 1 THEN COALESCE(t2, 0) ELSE 0 END
            + CASE WHEN q > 2 THEN COALESCE(t3, 0) ELSE 0 END
            + CASE WHEN q > 3 THEN COALESCE(t4, 0) ELSE 0 END AS ts,
        CASE WHEN t1 IS NULL THEN 0 ELSE 1 END + CASE WHEN q < 2 OR t2 IS NULL THEN 0 ELSE 1 END
            + CASE WHEN q < 3 OR t3 IS NULL THEN 0 ELSE 1 END
            + CASE WHEN q < 4 OR t4 IS NULL THEN 0 ELSE 1 END AS tn
    FROM (
        SELECT id FROM figures
        UNION
        SELECT indicator_id FROM performance_keptsum
        WHERE year = :year AND indicator_id BETWEEN :first AND :last
    ) known
    JOIN performance_indicator one ON one.id = known.id
    LEFT JOIN figures ON figures.id = known.id
    LEFT JOIN targets ON targets.id = known.id
    CROSS JOIN (SELECT 1 AS q UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) quarters
),
reached AS MATERIALIZED (
    -- Realisation (rs : rn) and target (us : un) up to the quarter. In TW IV a target that is not there is
    -- the year's.
    SELECT id, q, variant, cap, odd, CASE WHEN v IS NULL THEN 0 ELSE 1 END AS filled,
        CASE WHEN vn = 0 THEN NULL WHEN kind = 'annual' THEN CASE WHEN q = 4 THEN v END
            WHEN kind = 'last' THEN vl ELSE vs END AS rs,
        CASE WHEN kind = 'mean' AND vn > 0 THEN vn ELSE 1 END AS rn,
        CASE WHEN kind = 'annual' THEN CASE WHEN q = 4 THEN ty END
            WHEN tn = 0 THEN CASE WHEN q = 4 THEN ty END
            WHEN kind = 'last' THEN CASE WHEN q = 4 THEN COALESCE(tl, ty) ELSE tl END
            ELSE ts END AS us,
        CASE WHEN kind = 'mean' AND tn > 0 THEN tn ELSE 1 END AS un
    FROM running
),
worked AS MATERIALIZED (
    SELECT id, q, cap, filled, CASE WHEN odd = 1 OR (us = 0 AND rs IS NOT NULL) THEN 1 ELSE 0 END AS odd,
        (2 * rs + rn) / (2 * rn) AS numerator, (2 * us + un) / (2 * un) AS denominator,
        us * rn AS below,
        CASE variant WHEN 'POS' THEN rs * un
            WHEN 'NEG_LIN' THEN 2 * us * rn - rs * un
            ELSE us * rn - ABS(rs * un - us * rn) END AS above
    FROM reached
),
rated AS MATERIALIZED (
    -- The achievement from 0 up, in ten-thousandths of a per cent.
    SELECT id, q, cap, filled, odd, numerator, denominator,
        CASE WHEN above IS NULL OR below IS NULL THEN 0 ELSE 1 END AS counted,
        CASE WHEN above > 0 AND below > 0 THEN (above * 2000000 + below) / (2 * below) ELSE 0 END AS ratio
    FROM worked
)
SELECT DISTINCT rated.id
FROM rated LEFT JOIN performance_keptsum kept
    ON kept.indicator_id = rated.id AND kept.year = :year AND kept.quarter = rated.q
WHERE rated.odd = 1
    OR (rated.filled = 0 AND kept.id IS NOT NULL)
    OR (rated.filled = 1 AND (
        kept.id IS NULL
        OR (kept.numerator IS NULL) <> (rated.numerator IS NULL)
        OR ROUND(kept.numerator * 10000) <> rated.numerator
        OR (kept.denominator IS NULL) <> (rated.denominator IS NULL)
        OR ROUND(kept.denominator * 10000) <> rated.denominator
        OR kept.count <> rated.counted
        OR kept.ratios <> CASE WHEN rated.ratio > rated.cap THEN rated.cap
            WHEN rated.ratio > 9999999990000 THEN 9999999990000 ELSE rated.ratio END))
ORDER BY rated.id
"""


def doubtful_indicators(*, first: int, last: int, year: int) -> list[int]:
    """Return the indicators between two ids whose kept sums of a year are not proven right by the database
    alone: the formulas have to tell (one query; on PostgreSQL another before it)."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # It takes the joined sums for millions of rows, and would compile the query for seconds.
                cursor.execute("SET LOCAL jit = off")
        rows = fetch_all(DOUBTFUL, {"year": year, "first": first, "last": last})
    return [int(row[0]) for row in rows]
