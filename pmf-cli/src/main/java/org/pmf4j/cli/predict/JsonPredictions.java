package org.pmf4j.cli.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.table.Cell;
import org.pmf4j.cli.rows.JsonObjects;
import org.pmf4j.cli.rows.JsonValues;
import org.pmf4j.cli.rows.RowFormat;
import org.pmf4j.core.model.Prediction;

/** Predictions in JSON: an object for each row, in which what has several values is nested. */
final class JsonPredictions implements PredictionWriter {
  private final OutputStream out;
  private final JsonObjects objects;
  private final List<String> columns;
  private final AnswerOptions answers;

  JsonPredictions(OutputStream out, RowFormat format, List<String> columns, AnswerOptions answers) {
    this.out = out;
    this.objects = new JsonObjects(out, format);
    this.columns = columns.stream().map(JsonValues::text).toList();
    this.answers = answers;
  }

  @Override
  public void add(List<Cell> own, Prediction p) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int c = 0; c < columns.size(); c++) {
      if (!columns.get(c).isBlank()) {
        fields.put(columns.get(c), JsonValues.of(own.get(c)));
      }
    }
    fields.put(PredictionFile.PREDICTION, TypedAnswer.prediction(p));
    TypedAnswer.probability(p).ifPresent(v -> fields.put(PredictionFile.PROBABILITY, v));
    fields.putAll(answers.fields(p));
    objects.add(fields);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void end() throws IOException {
    objects.end();
  }
}
