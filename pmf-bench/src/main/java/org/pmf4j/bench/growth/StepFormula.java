package org.pmf4j.bench.growth;

import org.apache.commons.numbers.gamma.InverseErfc;

/** The time of a step, by a formula. Immutable, so that any number of threads may share it. */
record StepFormula(StepModel model, ClusterStep step) {
  /** From the packing of the parameters until the next step may begin. */
  double seconds() {
    return (untilGathered() + end()) / step.localSteps();
  }

  /** From the packing of the parameters until the driver has all gradients. */
  double untilGathered() {
    return begin() + launch(step.shards()) + broadcast() + computeAndGather();
  }

  private double begin() {
    return model.step() + model.packByte() * step.parameterBytes();
  }

  /** The last executor waits until all before it have their task; later ones wait for their own. */
  private double launch(int tasks) {
    return model.task() * (Math.min(tasks, step.executors()) + waves(tasks) - 1);
  }

  /**
   * Blocks pass from machine to machine: the last comes when all have gone out once, and the number
   * of machines that have one has doubled often enough.
   */
  private double broadcast() {
    int readers = Math.min(step.executors(), step.shards());
    double rounds = step.blocks() + Math.log(readers) / Math.log(2);
    return rounds * step.blockTransfer() + unpack();
  }

  private double computeAndGather() {
    int waves = waves(step.shards());
    int last = step.shards() - (waves - 1) * step.executors();
    double wave = model.handling() + compute();
    double computed = waves * wave + straggling();
    if (step.gathering() instanceof Gathering.ByTree tree) {
      return computed + tree(tree);
    }
    // The driver takes in results while others are computed, unless they are too many for that
    return Math.max(computed + gather(last), wave + gather(step.shards()));
  }

  /** How often each executor computes something, where there are so many things. */
  private int waves(int tasks) {
    return (tasks + step.executors() - 1) / step.executors();
  }

  private double compute() {
    return step.localSteps() * model.compute(step.rowsOfShard());
  }

  /** How much longer the slowest takes, by Blom's score of the largest of as many normals. */
  private double straggling() {
    int shards = Math.min(step.executors(), step.shards());
    double above = (shards - 0.375) / (shards + 0.25);
    double normal = -Math.sqrt(2) * InverseErfc.value(2 * above);
    return compute() * (Math.exp(model.spread() * normal) - 1);
  }

  /** Results through the driver's link one after the other, and through the threads that unpack. */
  private double gather(int results) {
    double unpack = model.resultByte() * step.parameterBytes();
    double turns = Math.ceil((double) results / StepModel.GETTERS);
    return Math.max(results * step.transfer() + unpack, turns * (step.transfer() + unpack));
  }

  /** A level is a stage of its own: groups are fetched and added on executors, then the next. */
  private double tree(Gathering.ByTree tree) {
    double time = 0;
    int sums = step.shards();
    while (sums > tree.group()) {
      double work = unpack() + model.addByte() * step.parameterBytes();
      double most = Math.max(step.transfer(), work);
      double group = tree.group() * most + Math.min(step.transfer(), work);
      sums = tree.next(sums);
      time += model.step() + launch(sums) + waves(sums) * (model.handling() + group);
    }
    return time + gather(sums);
  }

  private double unpack() {
    return model.unpackByte() * step.parameterBytes();
  }

  private double end() {
    int sums = step.gathering().atDriver(step.shards());
    return sums * model.addByte() * step.parameterBytes() + model.update();
  }
}
