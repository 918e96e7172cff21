package org.pmf4j.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.json.Json;

/** The cases are made by {@code make_splits.py}. */
@DisplayName("Parts of a table, against those of scikit-learn")
class AgainstScikitLearnTest {
  static Stream<Map<?, ?>> stratified() throws IOException {
    return cases("stratified");
  }

  static Stream<Map<?, ?>> groups() throws IOException {
    return cases("groups");
  }

  private static Stream<Map<?, ?>> cases(String kind) throws IOException {
    try (InputStream in = AgainstScikitLearnTest.class.getResourceAsStream("splits.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ((List<?>) Json.object("splits.json", text).get(kind))
          .stream().map(c -> (Map<?, ?>) c);
    }
  }

  private static double[] shares(Map<?, ?> example) {
    return ((List<?>) example.get("shares"))
        .stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
  }

  private static int[] ints(Object list) {
    return ((List<?>) list).stream().mapToInt(v -> ((Number) v).intValue()).toArray();
  }

  @ParameterizedTest
  @MethodSource("stratified")
  @DisplayName("have of each class as many rows as StratifiedShuffleSplit takes, to within one")
  void classes(Map<?, ?> example) {
    int[] sizes = ints(example.get("sizes"));
    double[] shares = shares(example);
    int[] classOf =
        IntStream.range(0, sizes.length)
            .flatMap(c -> IntStream.generate(() -> c).limit(sizes[c]))
            .toArray();
    byte[] parts =
        Stratification.parts(Strata.single(sizes.length, classOf), shares, new Random(1));
    int[][] counts = new int[sizes.length][shares.length];
    IntStream.range(0, parts.length).forEach(row -> counts[classOf[row]][parts[row]]++);
    List<?> theirs = (List<?>) example.get("counts");
    for (int c = 0; c < sizes.length; c++) {
      int[] expected = ints(theirs.get(c));
      for (int p = 0; p < shares.length; p++) {
        assertThat(counts[c][p]).as("class %d, part %d", c, p).isCloseTo(expected[p], within(1));
        // Both neighbours of the exact number are allowed, but for a class that train would lack
        assertThat((double) counts[c][p]).isCloseTo(sizes[c] * shares[p], within(1.0));
      }
    }
    for (int p = 0; p < shares.length; p++) {
      int part = p;
      int total = Arrays.stream(counts).mapToInt(row -> row[part]).sum();
      assertThat((double) total).isCloseTo(classOf.length * shares[p], within(1.0));
    }
  }

  @ParameterizedTest
  @MethodSource("groups")
  @DisplayName("have as many groups of one size as GroupShuffleSplit takes, and each in one part")
  void groups(Map<?, ?> example) {
    int groups = ((Number) example.get("groups")).intValue();
    int size = ((Number) example.get("size")).intValue();
    int[] groupOf = IntStream.range(0, groups * size).map(row -> row / size).toArray();
    Strata strata = Strata.single(1, new int[groups * size]);
    byte[] parts =
        GroupStratification.parts(strata, groupOf, groups, shares(example), new Random(1));
    int[] counts = new int[shares(example).length];
    for (int group = 0; group < groups; group++) {
      Set<Byte> own = new HashSet<>();
      for (int row = group * size; row < (group + 1) * size; row++) {
        own.add(parts[row]);
      }
      assertThat(own).hasSize(1);
      counts[own.iterator().next()]++;
    }
    assertThat(counts).isEqualTo(ints(example.get("counts")));
  }
}
