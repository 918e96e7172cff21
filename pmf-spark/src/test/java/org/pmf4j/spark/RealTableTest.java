package org.pmf4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.core.model.Prediction;

@DisplayName("A part of easy-VQA")
@EnabledIfEnvironmentVariable(
    named = "PMF_DATA",
    matches = ".+",
    disabledReason = "PMF_DATA does not name the folder of the real data sets")
class RealTableTest {
  private static final int ROWS = 200;

  @TempDir Path folder;

  @Test
  @DisplayName("is predicted row by row as by the classifier, by two executors, bit for bit alone")
  void isPredicted() throws Exception {
    Path data = Path.of(System.getenv("PMF_DATA")).resolve("easy-vqa");
    List<String> lines = Files.readAllLines(data.resolve("validation.csv")).subList(0, ROWS + 1);
    StringBuilder numbered = new StringBuilder("id,image,text\n");
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",");
      numbered.append(i).append(',').append(data.resolve(cells[0])).append(',');
      numbered.append(cells[1]).append('\n');
    }
    Path table = Files.writeString(folder.resolve("part.csv"), numbered);
    List<Prediction> expected = TinyModel.predictions(table, 1);
    Dataset<Row> rows =
        LocalCluster.session()
            .read()
            .option("header", "true")
            .csv(table.toString())
            .repartition(4, functions.col("id"));
    Map<Integer, String> told = new TreeMap<>();
    TinyModel.transformer()
        .setBatchSize(1)
        .transform(rows)
        .select("id", "prediction", "probability")
        .collectAsList()
        .forEach(
            row ->
                told.put(Integer.valueOf(row.getString(0)), row.getString(1) + " " + row.get(2)));
    assertThat(told).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      Prediction one = expected.get(i);
      assertThat(told.get(i + 1))
          .as("row %d", i + 1)
          .isEqualTo(one.label() + " [" + String.join(",", numbers(one)) + "]");
    }
  }

  private static List<String> numbers(Prediction prediction) {
    return prediction.probabilities().values().stream().map(String::valueOf).toList();
  }
}
