package org.pmf4j.spark.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;

/**
 * What is told of each row, in columns behind its own. Immutable, so that any number of threads may
 * share it.
 *
 * @param of by name, what it tells, in order
 * @param task kind of the model's task
 */
public record OutputColumns(Map<String, Output> of, String task) implements Serializable {
  /** Refuses names that two of them have, and probabilities of a task that has none. */
  public static OutputColumns named(Map<Output, String> names, String task) {
    Map<String, Output> all = new LinkedHashMap<>();
    for (Output output : Output.values()) {
      String name = names.getOrDefault(output, "");
      boolean told = output != Output.PROBABILITIES || !task.equals(Task.REGRESSION);
      if (!name.isEmpty() && told && all.put(name, output) != null) {
        throw PmfException.usage(
            "two of the output columns are called " + Quote.value(name) + "; name them apart");
      }
    }
    return new OutputColumns(all, task);
  }

  /** What is told. */
  public enum Output {
    /** A text; a list of texts of a multi-label task, a number of a regression. */
    PREDICTION,
    /** By the model's labels, in their order: a vector. A regression has none. */
    PROBABILITIES,
    /** The model's raw outputs, in the same order: a vector. */
    LOGITS,
    /** Why a row has no prediction: a text, null for a row that has one. */
    REASON
  }

  /**
   * A table with these columns.
   *
   * @throws PmfException naming a column that the table has already
   */
  public StructType behind(StructType table) {
    StructType all = table;
    for (Map.Entry<String, Output> column : of.entrySet()) {
      if (Arrays.asList(table.fieldNames()).contains(column.getKey())) {
        throw PmfException.usage(
            "the table has a column " + Quote.value(column.getKey()) + " already; name another");
      }
      all = all.add(column.getKey(), type(column.getValue()), true);
    }
    return all;
  }

  private DataType type(Output output) {
    return switch (output) {
      case PROBABILITIES, LOGITS -> SQLDataTypes.VectorType();
      case REASON -> DataTypes.StringType;
      case PREDICTION ->
          switch (task) {
            case Task.REGRESSION -> DataTypes.DoubleType;
            case Task.MULTI_LABEL -> DataTypes.createArrayType(DataTypes.StringType);
            default -> DataTypes.StringType;
          };
    };
  }

  /** A row with its prediction. */
  Row answered(Row row, Prediction prediction) {
    return with(row, output -> value(output, prediction));
  }

  /** A row without one. */
  Row refused(Row row, String reason) {
    return with(row, output -> output == Output.REASON ? reason : null);
  }

  private interface Values {
    Object of(Output output);
  }

  private Row with(Row row, Values values) {
    List<Object> all = new ArrayList<>(row.size() + of.size());
    for (int i = 0; i < row.size(); i++) {
      all.add(row.get(i));
    }
    of.values().forEach(output -> all.add(values.of(output)));
    return RowFactory.create(all.toArray());
  }

  private Object value(Output output, Prediction prediction) {
    return switch (output) {
      case PROBABILITIES -> vector(prediction.probabilities().values().stream().toList());
      case LOGITS -> vector(prediction.logits());
      case REASON -> null;
      case PREDICTION ->
          switch (task) {
            case Task.REGRESSION -> prediction.value();
            case Task.MULTI_LABEL -> prediction.labels().toArray(String[]::new);
            default -> prediction.label();
          };
    };
  }

  private static Vector vector(List<Double> values) {
    return Vectors.dense(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Vector vector(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return Vectors.dense(wide);
  }
}
