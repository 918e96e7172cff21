package org.pmf4j.bench.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Models that are known, and steps that obey them. */
final class Models {
  static final long BYTES = 10_000_000;

  /** Ten gigabits a second. */
  static final double LINK = 1.25e9;

  private Models() {}

  /** Parts of the size that they have on machines of 2026, for encoders of base size. */
  static StepModel typical(double spread) {
    return new StepModel(0.02, 0.001, 0.1, 0.06, spread, 0.03, 4e-9, 1.5e-8, 5e-9, 1e-9, 0.05);
  }

  /** Steps of a run in two epochs, as the model says, to the millisecond. */
  static MeasuredRun obeying(
      StepModel model, int executors, int rows, int shards, double noise, Random random) {
    List<MeasuredStep> steps = new ArrayList<>();
    long clock = 1_000_000;
    for (int number = 1; number <= 12; number++) {
      MeasuredStep step =
          step(model, number, 1 + number / 4, executors, rows, shards, clock, noise, random);
      steps.add(step);
      clock += step.tookMs() + step.broadcastMs();
      clock += ms(model.update() + shards * BYTES * model.addByte());
    }
    return new MeasuredRun(executors + " executors", steps);
  }

  private static MeasuredStep step(
      StepModel model,
      int number,
      int epoch,
      int executors,
      int rows,
      int shards,
      long clock,
      double noise,
      Random random) {
    List<MeasuredStep.Task> tasks = new ArrayList<>();
    long[] free = new long[executors];
    long begin = ms(model.step());
    long pack = ms(BYTES * model.packByte());
    for (int shard = 0; shard < shards; shard++) {
      int executor = shard % executors;
      long launched = shard < executors ? begin + shard * ms(model.task()) : free[executor];
      long unpack = shard < executors ? ms(BYTES * model.unpackByte()) : 0;
      double factor = Math.exp(noise * random.nextGaussian());
      long compute = ms(factor * model.compute((double) rows / shards));
      long handling = ms(model.handling());
      long getting = ms(BYTES * model.resultByte());
      long left = launched + unpack + compute + handling;
      free[executor] = left;
      tasks.add(
          new MeasuredStep.Task(
              shard,
              launched,
              left + getting,
              getting,
              0,
              left - launched,
              0,
              unpack,
              compute,
              BYTES));
    }
    long last = tasks.stream().mapToLong(MeasuredStep.Task::finishedMs).max().orElseThrow();
    return new MeasuredStep(
        number, epoch, rows, BYTES, pack, executors, clock + pack, last, 0, tasks);
  }

  private static long ms(double seconds) {
    return Math.round(1e3 * seconds);
  }
}
