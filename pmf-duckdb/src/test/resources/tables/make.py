"""Makes types.parquet beside this script: one column of each type that is read, and some that are not.

    pip install pyarrow==26.0.1 && python make.py
"""

import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

moment = datetime.datetime(2020, 1, 2, 3, 4, 5)
table = pa.table({
    "text": ["a", None],
    "whole": pa.array([1, None], pa.int64()),
    "unsigned": pa.array([2**64 - 1, 1], pa.uint64()),
    "real": [1.5, float("nan")],
    "single": pa.array([0.1, 0.2], pa.float32()),
    "decimal": pa.array([decimal.Decimal("1.50"), None]),
    "truth": [True, False],
    "date": [datetime.date(2020, 1, 2)] * 2,
    "moment": pa.array([moment] * 2, pa.timestamp("us")),
    "zoned": pa.array([moment] * 2, pa.timestamp("us", tz="Asia/Tokyo")),
    "category": pa.array(["x", "y"]).dictionary_encode(),
    "labels": [["x", "y"], []],
    "numbers": [[1, 2], None],
    "bytes": [b"abc", None],
    "image": [{"bytes": b"abc", "path": "a.png"}, {"bytes": None, "path": "b.png"}],
    "path only": pa.array([{"bytes": None, "path": "c.png"}] * 2,
                          pa.struct([("bytes", pa.null()), ("path", pa.string())])),
    "nothing": pa.nulls(2),
    "map": pa.array([[("k", 1)], []], pa.map_(pa.string(), pa.int64())),
    "nested": [[{"a": 1}], []],
})
pq.write_table(table, pathlib.Path(__file__).with_name("types.parquet"), version="2.6")
