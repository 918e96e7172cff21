package org.pmf4j.cli.robustness.mutation;

import java.util.List;
import java.util.Random;

/** A way to damage a file. */
@FunctionalInterface
public interface Mutation {

  /** A damaged copy. */
  byte[] apply(byte[] healthy, Random random);

  /** One of several, which may stand there more than once to be drawn more often. */
  static Mutation oneOf(Mutation... all) {
    return (healthy, random) -> all[random.nextInt(all.length)].apply(healthy, random);
  }

  /** An element. */
  static <T> T pick(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
