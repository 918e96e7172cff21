package org.pmf4j.core.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Chooses groups of rows for parts, so that sizes and labels come as near to the shares as whole
 * groups allow: the largest groups first, each where the sum of (rows − wanted)² / wanted over
 * labels and sizes grows least, and then single groups are moved as long as that sum gets smaller.
 * For one thread at a time.
 */
final class GroupStratification {
  private static final int MOST_PASSES = 20;
  private static final double NOTABLE = 1e-9;

  private final Strata strata;
  private final int[] groupOf;
  private final double[][] wanted;
  private final double[][] got;
  private final int[][] kinds;
  private final int[][] counts;

  /** The last column of wanted and got is that of sizes, which weighs as much as all labels. */
  private GroupStratification(Strata strata, int[] groupOf, int groups, double[] shares) {
    this.strata = strata;
    this.groupOf = groupOf;
    this.wanted = new double[shares.length][strata.kinds() + 1];
    this.got = new double[shares.length][strata.kinds() + 1];
    int[] sizes = strata.sizes();
    for (int p = 0; p < shares.length; p++) {
      for (int k = 0; k < sizes.length; k++) {
        wanted[p][k] = sizes[k] * shares[p];
      }
      wanted[p][sizes.length] = strata.rows() * shares[p];
    }
    this.kinds = new int[groups][];
    this.counts = new int[groups][];
    count(groups);
  }

  /**
   * The part of each row.
   *
   * @param groupOf the group of each row, from 0
   * @param groups how many there are
   */
  static byte[] parts(Strata strata, int[] groupOf, int groups, double[] shares, Random random) {
    return new GroupStratification(strata, groupOf, groups, shares).choose(random);
  }

  private void count(int groups) {
    int[][] rows = rowsOf(groups);
    int size = strata.kinds();
    int[] found = new int[size + 1];
    for (int g = 0; g < groups; g++) {
      List<Integer> there = new ArrayList<>();
      for (int row : rows[g]) {
        for (int i = 0; i < strata.count(row); i++) {
          int kind = strata.kind(row, i);
          if (found[kind]++ == 0) {
            there.add(kind);
          }
        }
      }
      there.add(size);
      found[size] = rows[g].length;
      kinds[g] = there.stream().mapToInt(k -> k).toArray();
      counts[g] = IntStream.of(kinds[g]).map(k -> found[k]).toArray();
      there.forEach(k -> found[k] = 0);
    }
  }

  private int[][] rowsOf(int groups) {
    int[] sizes = new int[groups];
    for (int group : groupOf) {
      sizes[group]++;
    }
    int[][] rows = new int[groups][];
    Arrays.setAll(rows, g -> new int[sizes[g]]);
    for (int row = 0; row < groupOf.length; row++) {
      rows[groupOf[row]][--sizes[groupOf[row]]] = row;
    }
    return rows;
  }

  private byte[] choose(Random random) {
    int groups = kinds.length;
    int[] shuffled = Strata.shuffled(groups, random);
    List<Integer> order =
        IntStream.of(shuffled).boxed().sorted(Comparator.comparingInt(g -> -rows(g))).toList();
    byte[] partOf = new byte[groups];
    for (int g : order) {
      partOf[g] = (byte) best(g);
      add(g, partOf[g], 1);
    }
    boolean moved = true;
    for (int pass = 0; pass < MOST_PASSES && moved; pass++) {
      moved = false;
      for (int g : order) {
        int now = partOf[g];
        add(g, now, -1);
        int best = best(g);
        // Not for a tie: that could go on for ever
        partOf[g] = (byte) (change(g, best) < change(g, now) - NOTABLE ? best : now);
        moved |= partOf[g] != now;
        add(g, partOf[g], 1);
      }
    }
    byte[] parts = new byte[groupOf.length];
    for (int row = 0; row < parts.length; row++) {
      parts[row] = partOf[groupOf[row]];
    }
    return parts;
  }

  private int rows(int group) {
    return counts[group][counts[group].length - 1];
  }

  private int best(int group) {
    int best = 0;
    for (int p = 1; p < wanted.length; p++) {
      best = change(group, p) < change(group, best) ? p : best;
    }
    return best;
  }

  /** How much the sum grows if a part gets a group. */
  private double change(int group, int part) {
    int size = strata.kinds();
    if (wanted[part][size] == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int i = 0; i < kinds[group].length; i++) {
      int kind = kinds[group][i];
      double lacking = got[part][kind] - wanted[part][kind];
      double n = counts[group][i];
      double weight = kind == size ? Math.max(1, size) : 1;
      sum += weight * n * (n + 2 * lacking) / wanted[part][kind];
    }
    return sum;
  }

  private void add(int group, int part, int sign) {
    for (int i = 0; i < kinds[group].length; i++) {
      got[part][kinds[group][i]] += sign * counts[group][i];
    }
  }
}
