package org.pmf4j.bench.growth;

/** How gradients of shards are added. Immutable, so that any number of threads may share it. */
public sealed interface Gathering {
  /** How many vectors of gradients the driver gets, of so many shards. */
  int atDriver(int shards);

  /**
   * By the driver, in the order of the shards: what PMF does. Immutable, so that any number of
   * threads may share it.
   */
  record ByDriver() implements Gathering {
    @Override
    public int atDriver(int shards) {
      return shards;
    }
  }

  /**
   * By executors, groups of shards that follow each other first, level by level, until the driver
   * has no more to add than one group. Immutable, so that any number of threads may share it.
   *
   * @param group shards, or sums of them, that one executor adds, 2 or more
   */
  record ByTree(int group) implements Gathering {
    /** Checks the size. */
    public ByTree {
      if (group < 2) {
        throw new IllegalArgumentException("a group of " + group);
      }
    }

    /** How many sums are left of so many on the next level. */
    int next(int sums) {
      return (sums + group - 1) / group;
    }

    @Override
    public int atDriver(int shards) {
      int sums = shards;
      while (sums > group) {
        sums = next(sums);
      }
      return sums;
    }
  }
}
