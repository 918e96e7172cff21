"""Writes a table of any length in Parquet: numbers, a category, a short text and a label.

    pip install duckdb
    python make_table.py 10000000 rows.parquet

The label is told by the price and the word of the text together, but for one row in twenty. The same row has the
same content in a table of any length, so that a short one tells what a long one must come to.
"""

import sys

import duckdb

QUERY = """
SELECT i AS id,
  CASE WHEN a % 10 = 0 THEN NULL ELSE 18 + a % 60 END AS age,
  round((b % 100000) / 100.0, 2) AS price,
  ['Acme', 'Bolt', 'Crown', 'Delta', 'Ember', 'Flint'][1 + CAST(c % 6 AS INTEGER)] AS brand,
  'a ' || ['small', 'large', 'plain', 'bright'][1 + CAST(d % 4 AS INTEGER)] || ' ' || word || ' shape' AS text,
  CASE WHEN ((b % 100000 >= 50000) = (word = 'red')) = (e % 20 > 0) THEN 'yes' ELSE 'no' END AS label
FROM (SELECT i, hash(i) AS a, hash(i + 1000000007) AS b, hash(i + 2000000011) AS c, hash(i + 3000000019) AS d,
        hash(i + 4000000007) AS e, CASE WHEN hash(i + 5000000029) % 2 = 0 THEN 'red' ELSE 'blue' END AS word
      FROM range(?) r(i))
"""


def main() -> None:
    rows, out = int(sys.argv[1]), sys.argv[2]
    database = duckdb.connect()
    database.execute("SET preserve_insertion_order = true")
    target = out.replace("'", "''")
    database.execute(f"COPY ({QUERY}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)", [rows])


if __name__ == "__main__":
    main()
