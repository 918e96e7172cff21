package org.pmf4j.bench.growth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.pmf4j.bench.statistics.Spread;

/**
 * A step on a cluster, event by event: the driver sends tasks one after the other; executors get
 * the parameters in blocks, each from anyone who has it, as Spark's broadcast does; some straggle;
 * results come over the driver's link, and a few threads unpack them. For one thread at a time.
 */
public final class ClusterSimulation {
  private static final int REPEATS = 31;

  private final StepModel model;
  private final ClusterStep step;
  private final Random random;
  private final EventQueue events = new EventQueue();
  private final Station scheduler = new Station();
  private final Machine driver = new Machine();
  private final List<Machine> executors = new ArrayList<>();
  private final Station[] getters = new Station[StepModel.GETTERS];
  private final List<List<Machine>> holders = new ArrayList<>();
  private int sent;
  private int computed;
  private int gathered;
  private double end;

  private static final class Machine {
    private final Station out = new Station();
    private final Station in = new Station();
    private final Station thread = new Station();
    private boolean ready;
  }

  private ClusterSimulation(StepModel model, ClusterStep step, long seed) {
    this.model = model;
    this.step = step;
    this.random = new Random(seed);
    Arrays.setAll(getters, i -> new Station());
    for (int e = 0; e < Math.min(step.executors(), step.shards()); e++) {
      executors.add(new Machine());
    }
    for (int block = 0; block < step.blocks(); block++) {
      holders.add(new ArrayList<>(List.of(driver)));
    }
  }

  /**
   * Seconds of a step, as {@link StepModel#seconds} tells them: of many simulations of it the
   * median, and the quarters.
   *
   * @param seed of the first; the same seed gives the same times
   */
  public static Spread seconds(StepModel model, ClusterStep step, long seed) {
    double[] all = new double[REPEATS];
    Arrays.setAll(all, i -> new ClusterSimulation(model, step, seed + i).run() / step.localSteps());
    return Spread.of(all);
  }

  private double run() {
    double begin = model.step() + model.packByte() * step.parameterBytes();
    events.at(begin, () -> executors.forEach(this::send));
    events.run();
    return end;
  }

  /** The next task for an executor, if one is left. */
  private void send(Machine executor) {
    if (sent == step.shards()) {
      return;
    }
    sent++;
    double there = scheduler.serve(events.now(), model.task());
    events.at(there, () -> begin(executor));
  }

  private void begin(Machine executor) {
    if (executor.ready) {
      compute(executor);
      return;
    }
    List<Integer> blocks = new ArrayList<>();
    for (int block = 0; block < step.blocks(); block++) {
      blocks.add(block);
    }
    Collections.shuffle(blocks, random);
    fetch(executor, blocks);
  }

  private void fetch(Machine executor, List<Integer> missing) {
    if (missing.isEmpty()) {
      executor.ready = true;
      events.at(events.now() + unpack(), () -> compute(executor));
      return;
    }
    List<Machine> have = holders.get(missing.get(0));
    Machine from = have.get(random.nextInt(have.size()));
    double there = from.out.transfer(executor.in, events.now(), step.blockTransfer());
    events.at(
        there,
        () -> {
          have.add(executor);
          fetch(executor, missing.subList(1, missing.size()));
        });
  }

  private double unpack() {
    return model.unpackByte() * step.parameterBytes();
  }

  private void compute(Machine executor) {
    double typical = step.localSteps() * model.compute(step.rowsOfShard());
    double taken = typical * Math.exp(model.spread() * random.nextGaussian()) + model.handling();
    events.at(events.now() + taken, () -> computed(executor));
  }

  private void computed(Machine executor) {
    computed++;
    if (step.gathering() instanceof Gathering.ByDriver) {
      get(executor, step.shards());
    } else if (step.gathering() instanceof Gathering.ByTree tree && computed == step.shards()) {
      level(tree, step.shards());
    }
    send(executor);
  }

  /** The driver fetches and unpacks a result, by the thread that is free first. */
  private void get(Machine from, int results) {
    Station getter = Collections.min(Arrays.asList(getters), Comparator.comparing(Station::free));
    double begins = getter.serve(events.now(), 0);
    double there = from.out.transfer(driver.in, begins, step.transfer());
    double had = getter.serve(there, model.resultByte() * step.parameterBytes());
    events.at(had, () -> got(results));
  }

  private void got(int results) {
    gathered++;
    if (gathered == results) {
      double added = results * model.addByte() * step.parameterBytes();
      end = events.now() + added + model.update();
    }
  }

  /** A stage that adds groups of sums, once all of them are there. */
  private void level(Gathering.ByTree tree, int sums) {
    if (sums <= tree.group()) {
      for (int sum = 0; sum < sums; sum++) {
        get(executors.get(sum % executors.size()), sums);
      }
      return;
    }
    int groups = tree.next(sums);
    int[] left = {groups};
    events.at(
        events.now() + model.step(),
        () -> {
          for (int group = 0; group < groups; group++) {
            Machine adder = executors.get(group % executors.size());
            int first = group * tree.group();
            int size = Math.min(tree.group(), sums - first);
            double there = scheduler.serve(events.now(), model.task());
            events.at(
                there,
                () ->
                    events.at(
                        add(adder, first, size),
                        () -> {
                          left[0]--;
                          if (left[0] == 0) {
                            level(tree, groups);
                          }
                        }));
          }
        });
  }

  /** When an executor has fetched and added so many sums that others have. */
  private double add(Machine adder, int first, int size) {
    double end = events.now();
    double work = unpack() + model.addByte() * step.parameterBytes();
    for (int sum = first; sum < first + size; sum++) {
      Machine from = executors.get(sum % executors.size());
      double there =
          from == adder ? events.now() : from.out.transfer(adder.in, events.now(), step.transfer());
      end = adder.thread.serve(there, work);
    }
    return adder.thread.serve(end, model.handling());
  }
}
