package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The task that labels look like")
class DetectedTaskTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'cat;dog;cat', single-label, 2 different labels",
    "'0;1;0;1', single-label, 2 different whole numbers in 4 rows",
    "'1.0;2.0;1.0', single-label, 2 different whole numbers in 3 rows",
    "'01;1;2', single-label, 2 different whole numbers in 3 rows",
    "'0.5;1;2', regression, 'all labels are numbers, such as ''0.5'''",
    "'-1;2e3;1e-1', regression, 'all labels are numbers, such as ''1e-1'''",
    "'1;2;n/a', single-label, 3 different labels",
    "'1;NaN', single-label, 2 different labels",
    "'a|b;a', multi-label, 'row 1, column label: ''a|b'''",
    "'a;|', multi-label, 'row 2, column label: ''|'''",
    "'a;[\"b\"]', multi-label, 'row 2, column label: ''[\"b\"]'''",
    "'a;a|', single-label, 2 different labels",
    "'a;[b', single-label, 2 different labels",
  })
  void ofTexts(String labels, String kind, String reason) {
    DetectedTask found = DetectedTask.of(rows(Arrays.stream(labels.split(";"))));
    assertThat(found).isEqualTo(new DetectedTask(kind, reason));
  }

  @Test
  @DisplayName("is several labels where a cell holds a list, of one too")
  void lists() {
    List<Example> rows = new ArrayList<>(rows(Stream.of("a")));
    rows.add(example(2, Label.listed(List.of("a"))));
    assertThat(DetectedTask.of(rows))
        .isEqualTo(new DetectedTask("multi-label", "row 2, column label: a list"));
  }

  @Test
  @DisplayName("is a quantity where many whole numbers differ, classes where they come again")
  void wholeNumbers() {
    assertThat(DetectedTask.of(rows(numbers(500, 73))).kind()).isEqualTo("regression");
    assertThat(DetectedTask.of(rows(numbers(50_000, 100))).kind()).isEqualTo("single-label");
    assertThat(DetectedTask.of(rows(numbers(20, 20))).kind()).isEqualTo("single-label");
    assertThat(DetectedTask.of(rows(numbers(21, 21))).kind()).isEqualTo("regression");
  }

  @Test
  @DisplayName("does not depend on rows without a label")
  void withoutLabels() {
    List<Example> rows = new ArrayList<>(rows(Stream.of("a", "b")));
    rows.add(0, new Example("row 0", Map.of(), Optional.empty()));
    assertThat(DetectedTask.of(rows)).isEqualTo(DetectedTask.of(rows.subList(1, 3)));
    assertThat(DetectedTask.of(rows.subList(0, 1)).kind()).isEqualTo("single-label");
  }

  private static Stream<String> numbers(int rows, int different) {
    return IntStream.range(0, rows).mapToObj(i -> String.valueOf(i % different));
  }

  private static List<Example> rows(Stream<String> labels) {
    List<Example> rows = new ArrayList<>();
    labels.forEach(text -> rows.add(example(rows.size() + 1, Label.of(text))));
    return rows;
  }

  private static Example example(int row, Label label) {
    return new Example("row " + row, Map.of(), Optional.of(label));
  }
}
