/**
 * Tables in Parquet files and in DuckDB databases, read by DuckDB in this process. Nothing is
 * fetched: extensions are neither installed nor loaded, so that what is built in is all there is.
 */
package org.pmf4j.duckdb;
