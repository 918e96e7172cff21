package org.pmf4j.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("The balance of parts")
class BalanceTest {
  private static final double[] SHARES = {0.7, 0.2, 0.1};

  @RepeatedTest(20)
  @DisplayName("is exact to within a row for every class, whatever the sizes")
  void rounding(RepetitionInfo info) {
    int seed = info.getCurrentRepetition();
    Random random = new Random(seed);
    int[] sizes = random.ints(1 + random.nextInt(40), 1, 60).toArray();
    double a = 0.1 + 0.8 * random.nextDouble();
    double b = (1 - a) * random.nextDouble();
    double[] shares = {a, b, 1 - a - b};
    int[][] counts = Rounding.counts(sizes, shares);
    for (int c = 0; c < sizes.length; c++) {
      assertThat(IntStream.of(counts[c]).sum()).as("seed %d", seed).isEqualTo(sizes[c]);
      assertThat(counts[c][0]).as("seed %d", seed).isPositive();
      for (int p = 0; p < shares.length; p++) {
        assertThat((double) counts[c][p])
            .as("seed %d, class %d, part %d", seed, c, p)
            .isCloseTo(sizes[c] * shares[p], within(1.0));
      }
    }
  }

  @RepeatedTest(5)
  @DisplayName("of several labels is near the shares for each label, far nearer than by chance")
  void severalLabels(RepetitionInfo info) {
    int seed = info.getCurrentRepetition();
    Random random = new Random(seed);
    int rows = 600;
    int kinds = 12;
    int[] starts = new int[rows + 1];
    int[] ids = new int[rows * kinds];
    for (int row = 0; row < rows; row++) {
      int end = starts[row];
      for (int k = 0; k < kinds; k++) {
        if (random.nextInt(3 + 3 * k) == 0) {
          ids[end++] = k;
        }
      }
      starts[row + 1] = end;
    }
    Strata strata = new Strata(kinds, starts, Arrays.copyOf(ids, starts[rows]));
    byte[] parts = IterativeStratification.parts(strata, SHARES, new Random(seed));
    byte[] chance = new byte[rows];
    for (int row : Strata.shuffled(rows, random)) {
      double x = random.nextDouble();
      chance[row] = (byte) (x < 0.7 ? 0 : x < 0.9 ? 1 : 2);
    }
    assertThat(farthest(strata, parts)).as("seed %d", seed).isLessThan(4.0);
    assertThat(sum(strata, parts)).as("seed %d", seed).isLessThan(sum(strata, chance) / 3);
    for (int p = 0; p < SHARES.length; p++) {
      int part = p;
      long size = IntStream.range(0, rows).filter(row -> parts[row] == part).count();
      assertThat((double) size).as("seed %d", seed).isCloseTo(rows * SHARES[p], within(6.0));
    }
  }

  private static double farthest(Strata strata, byte[] parts) {
    return deviations(strata, parts).max().orElseThrow();
  }

  private static double sum(Strata strata, byte[] parts) {
    return deviations(strata, parts).sum();
  }

  private static DoubleStream deviations(Strata strata, byte[] parts) {
    int[] sizes = strata.sizes();
    int[][] counts = new int[SHARES.length][strata.kinds()];
    for (int row = 0; row < strata.rows(); row++) {
      for (int i = 0; i < strata.count(row); i++) {
        counts[parts[row]][strata.kind(row, i)]++;
      }
    }
    return IntStream.range(0, SHARES.length)
        .boxed()
        .flatMapToDouble(
            p ->
                IntStream.range(0, strata.kinds())
                    .mapToDouble(k -> Math.abs(counts[p][k] - sizes[k] * SHARES[p])));
  }

  @RepeatedTest(5)
  @DisplayName("of groups of all sizes is near the shares, in rows and in each class")
  void groupsOfAllSizes(RepetitionInfo info) {
    int seed = info.getCurrentRepetition();
    Random random = new Random(seed);
    int groups = 200;
    int rows = 3000;
    int[] groupOf =
        IntStream.range(0, rows)
            .map(row -> row < groups ? row : (int) (groups * Math.pow(random.nextDouble(), 2)))
            .toArray();
    int[] classOf =
        IntStream.range(0, rows).map(row -> (groupOf[row] + random.nextInt(3)) % 4).toArray();
    Strata strata = Strata.single(4, classOf);
    byte[] parts = GroupStratification.parts(strata, groupOf, groups, SHARES, new Random(seed));
    byte[] first = new byte[groups];
    Arrays.fill(first, (byte) -1);
    for (int row = 0; row < rows; row++) {
      int group = groupOf[row];
      first[group] = first[group] < 0 ? parts[row] : first[group];
      assertThat(parts[row]).as("seed %d, group %d", seed, group).isEqualTo(first[group]);
    }
    // Of some 750 rows of a class; whole groups have up to some tens
    assertThat(farthest(strata, parts)).as("seed %d", seed).isLessThan(15.0);
  }

  @Test
  @DisplayName("is written as numbers of rows that are read again")
  void numbers() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      BitSet rows = new BitSet();
      int all = 1 + random.nextInt(50);
      int density = 1 + random.nextInt(5);
      IntStream.range(0, all).filter(r -> random.nextInt(density) == 0).forEach(rows::set);
      if (!rows.isEmpty()) {
        assertThat(RowNumbers.parse(RowNumbers.text(rows), all)).contains(rows);
      }
    }
    for (String broken :
        new String[] {"", "0", "2,1", "3-2", "1-", "-1", "1,,2", "7", "1-9", "x"}) {
      assertThat(RowNumbers.parse(broken, 6)).as(broken).isEmpty();
    }
  }
}
