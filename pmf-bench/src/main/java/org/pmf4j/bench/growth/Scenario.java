package org.pmf4j.bench.growth;

import java.util.Optional;

/** What a run does with more executors, and what that does to the bits of its model. */
public enum Scenario {
  /** Steps of the same rows, in as many shards as there are executors. */
  SAME_STEP(
      "same step",
      "the bits of one machine that accumulates as many batches; they change with the number of"
          + " shards, which is chosen") {
    @Override
    Optional<ClusterStep> of(int executors, Run run) {
      return executors > run.rows()
          ? Optional.empty()
          : Optional.of(ClusterStep.of(executors, run.rows(), run.parameterBytes(), run.link()));
    }
  },
  /** The same, added up by executors in a tree. */
  SAME_STEP_TREE(
      "same step, tree",
      "other bits than one machine's, since sums of floating-point numbers depend on their order;"
          + " the same on any number of executors, as long as the tree follows the shards alone") {
    @Override
    Optional<ClusterStep> of(int executors, Run run) {
      return SAME_STEP.of(executors, run).map(Scenario::inTree);
    }
  },
  /** As many rows for each executor as one has now. */
  LARGER_STEP(
      "larger step",
      "the bits of one machine with the same larger step; another model than that of smaller"
          + " steps, which are more in number: learning rate and epochs must be chosen anew") {
    @Override
    Optional<ClusterStep> of(int executors, Run run) {
      int rows = Math.multiplyExact(executors, run.rows());
      return Optional.of(ClusterStep.of(executors, rows, run.parameterBytes(), run.link()));
    }
  },
  /** The same, added up by executors in a tree. */
  LARGER_STEP_TREE("larger step, tree", "both of the above") {
    @Override
    Optional<ClusterStep> of(int executors, Run run) {
      return LARGER_STEP.of(executors, run).map(Scenario::inTree);
    }
  },
  /** Executors take steps on their own, and their parameters are averaged in a tree. */
  LOCAL_STEPS(
      "8 local steps, tree",
      "no bits of one machine: executors train models of their own in between, so that the model"
          + " depends on how many they are and on what rows each has") {
    @Override
    Optional<ClusterStep> of(int executors, Run run) {
      return LARGER_STEP_TREE.of(executors, run).map(step -> step.local(LOCAL));
    }
  };

  private static final int LOCAL = 8;

  private final String title;
  private final String exactness;

  Scenario(String title, String exactness) {
    this.title = title;
    this.exactness = exactness;
  }

  /**
   * What scenarios start from.
   *
   * @param rows of a step, or of each executor
   * @param parameterBytes of the model
   * @param link bytes a second of a machine's network
   */
  record Run(int rows, long parameterBytes, double link) {}

  /** A step on so many executors; empty if it has not a row for each. */
  abstract Optional<ClusterStep> of(int executors, Run run);

  /** Two levels, as many shards in a group as there are groups: what follows from shards alone. */
  private static ClusterStep inTree(ClusterStep step) {
    int group = (int) Math.ceil(Math.sqrt(step.shards()));
    return step.gathered(new Gathering.ByTree(Math.max(2, group)));
  }

  /** A few words. */
  public String title() {
    return title;
  }

  /** What becomes of the model's bits, and why. */
  public String exactness() {
    return exactness;
  }
}
