package org.pmf4j.core.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.table.Cell;
import org.pmf4j.core.split.Part;

@DisplayName("What is held of a table that goes by")
class TalliesTest {
  @Test
  @DisplayName("are exact ends, mean and deviation, and a median of all or of a sample")
  void numbers() {
    NumberTally tally = new NumberTally();
    long seed = 11;
    double[] values = new Random(seed).doubles(200_000).map(d -> d * d * 100).toArray();
    Arrays.stream(values).forEach(tally::add);
    Numbers found = tally.numbers("length", "words").orElseThrow();
    double[] sorted = Arrays.stream(values).sorted().toArray();
    assertThat(found.estimated()).isTrue();
    assertThat(found.min()).isEqualTo(sorted[0]);
    assertThat(found.max()).isEqualTo(sorted[sorted.length - 1]);
    double mean = Arrays.stream(values).average().orElseThrow();
    // Both are sums of 200,000 doubles, in another order
    assertThat(found.mean()).isCloseTo(mean, within(1e-9));
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    assertThat(found.deviation()).isCloseTo(Math.sqrt(variance), within(1e-9));
    int rank = Arrays.binarySearch(sorted, found.median());
    double below = (rank < 0 ? -rank - 1 : rank) / (double) sorted.length;
    // A share of a sample of 10,000 has a standard error of 0.005
    assertThat(below).as("seed %d", seed).isCloseTo(0.5, within(0.02));
    double all = found.ranges().stream().mapToDouble(Numbers.Range::share).sum();
    assertThat(all).isCloseTo(1, within(1e-9));
    assertThat(new NumberTally().numbers("", "")).isEmpty();
  }

  @Test
  @DisplayName("are whole ranges for whole numbers, and one for a single value")
  void ranges() {
    NumberTally tally = new NumberTally();
    IntStream.of(3, 4, 4, 7).forEach(tally::add);
    Numbers found = tally.numbers("", "").orElseThrow();
    assertThat(found.median()).isEqualTo(4);
    assertThat(found.ranges())
        .extracting(Numbers.Range::from)
        .containsExactly(3.0, 4.0, 5.0, 6.0, 7.0);
    assertThat(found.ranges())
        .extracting(Numbers.Range::share)
        .containsExactly(.25, .5, 0.0, 0.0, .25);
    NumberTally one = new NumberTally();
    one.add(5);
    assertThat(one.numbers("", "").orElseThrow().ranges())
        .containsExactly(new Numbers.Range(5, 5, 1));
  }

  @Test
  @DisplayName("are ten thousand different values, and whether there were more")
  void values() {
    ValueTally tally = new ValueTally();
    IntStream.range(0, 10_000).forEach(i -> tally.add("v" + i));
    tally.add("v7");
    assertThat(tally.full()).isFalse();
    assertThat(tally.different()).isEqualTo(10_000);
    assertThat(tally.frequent(2))
        .containsExactly(new Look.Frequency("v7", 2), new Look.Frequency("v0", 1));
    tally.add("one more");
    assertThat(tally.full()).isTrue();
    ValueTally texts = new ValueTally();
    texts.add("a".repeat(500) + "b");
    texts.add("a".repeat(500) + "c");
    assertThat(texts.different()).isEqualTo(2);
  }

  @Test
  @DisplayName("are rows of one content, found again by their hashes as by comparing all")
  void repeats() {
    long seed = 3;
    Random random = new Random(seed);
    RepeatTally tally = new RepeatTally("all inputs");
    Map<Long, Integer> first = new HashMap<>();
    long expected = 0;
    for (int row = 1; row <= 20_000; row++) {
      // Zero is a hash as any other
      long hash = random.nextInt(15_000);
      expected += first.putIfAbsent(hash, row) == null ? 0 : 1;
      Part part = Part.values()[row % 3];
      tally.add(hash, row, 0, new Look.Sample("row " + row, part, "", Map.of()));
    }
    Look.Repeats found = tally.repeats();
    assertThat(found.rows()).as("seed %d", seed).isEqualTo(expected);
    assertThat(found.within().keySet()).containsExactly(Part.TRAIN, Part.VALIDATION, Part.TEST);
    assertThat(found.between().keySet())
        .containsExactlyInAnyOrder("train, validation", "train, test", "validation, test");
    assertThat(found.first()).hasSize(10);
    assertThat(found.otherLabel()).isZero();
    assertThat(found.limited()).isFalse();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "1|2.5|-3e4|1, NUMBER",
    "train|test|train|Dev, PART",
    "red|blue|red|red|blue, CATEGORY",
    "true|false|true|false, CATEGORY",
    "a long text of words|another one of six words|and one more, TEXT",
    "photos/1.txt|NaN|x, CATEGORY"
  })
  @DisplayName("are guesses of what a column holds")
  void guesses(String cells, Kind kind) {
    List<Cell> all = Arrays.stream(cells.split("\\|")).map(Cell::of).toList();
    assertThat(new ColumnGuess(Map.of(), Path.of("")).of(all).kind()).isEqualTo(kind);
  }

  @Test
  @DisplayName("are names of rows where values count the rows, or are nearly all different")
  void identifiers() {
    ColumnGuess guess = new ColumnGuess(Map.of(), Path.of(""));
    List<Cell> numbers = IntStream.range(0, 50).mapToObj(i -> Cell.of("" + i)).toList();
    List<Cell> names = IntStream.range(0, 50).mapToObj(i -> Cell.of("id-" + i / 10 * i)).toList();
    assertThat(guess.of(numbers).kind()).isEqualTo(Kind.IDENTIFIER);
    assertThat(guess.of(names).kind()).isEqualTo(Kind.IDENTIFIER);
    assertThat(guess.of(List.of()).kind()).isEqualTo(Kind.EMPTY);
    assertThat(guess.of(List.of(new Cell.Items(List.of(Cell.of("a"))))).kind())
        .isEqualTo(Kind.OTHER);
  }
}
