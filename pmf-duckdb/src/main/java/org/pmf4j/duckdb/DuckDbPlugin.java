package org.pmf4j.duckdb;

import java.util.List;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.api.table.TableFormat;

/** Brings tables that DuckDB reads. Immutable, so that any number of threads may share it. */
public final class DuckDbPlugin implements PmfPlugin {
  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<TableFormat> tableFormats() {
    return List.of(new ParquetFormat(), new DatabaseFormat());
  }
}
