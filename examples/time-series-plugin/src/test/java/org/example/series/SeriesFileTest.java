package org.example.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

class SeriesFileTest {
  private static double[][] read(String csv) {
    return SeriesFile.read(new Source.Bytes("a.csv", csv.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aHeaderIsOptionalAndLineEndsMayBeAny() {
    double[][] expected = {{1, -2.5}, {3e2, 4}};
    assertThat(read("1,-2.5\n3e2,4\n")).isDeepEqualTo(expected);
    assertThat(read("\uFEFFleft, right\r\n1, -2.5\r\n3e2 ,4\r\n\r\n")).isDeepEqualTo(expected);
  }

  @Test
  void badCellsAreNamedByRowAndColumn() {
    refused("1,2\n3,x\n", "a.csv: row 2: column 2: 'x' is no finite number");
    refused("1,2\n3,\n", "a.csv: row 2: column 2: the cell is empty");
    refused("left,right\n1,NaN\n", "a.csv: row 2: column 2: 'NaN' is no finite number");
    refused("1,right\n", "a.csv: row 1: column 2: 'right' is no finite number");
    refused("1\n1e999\n", "a.csv: row 2: column 1: '1e999' is no finite number");
    refused("1,2\n3\n", "a.csv: row 2: 2 columns as in row 1 expected, found 1");
    refused("1\n\n2\n", "a.csv: row 2: column 1: the cell is empty");
    refused("left,right\n", "a.csv: there are no rows of numbers");
  }

  private static void refused(String csv, String message) {
    assertThatThrownBy(() -> read(csv)).isInstanceOf(PmfException.class).hasMessage(message);
  }

  @Test
  void longSeriesAreResampledBetweenTheirEnds() {
    double[][] steps = {{0}, {1}, {2}, {3}, {4}, {5}, {6}};
    assertThat(Resampling.to(4, steps)).isDeepEqualTo(new double[][] {{0}, {2}, {4}, {6}});
    assertThat(Resampling.to(3, new double[][] {{0}, {1}, {4}, {5}}))
        .isDeepEqualTo(new double[][] {{0}, {2.5}, {5}});
    assertThat(Resampling.to(1, steps)).isDeepEqualTo(new double[][] {{0}});
  }
}
