package org.pmf4j.bench.methods;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.methods.plan.Cell;
import org.pmf4j.bench.methods.plan.Variant;
import org.pmf4j.bench.methods.result.CacheCost;
import org.pmf4j.bench.methods.result.CellResult;
import org.pmf4j.bench.methods.result.Comparison;
import org.pmf4j.bench.methods.result.Definition;
import org.pmf4j.bench.methods.result.Outcome;
import org.pmf4j.bench.methods.work.CacheTask;
import org.pmf4j.bench.methods.work.EvaluateTask;
import org.pmf4j.bench.methods.work.InspectTask;
import org.pmf4j.bench.methods.work.Job;
import org.pmf4j.bench.methods.work.Setup;
import org.pmf4j.bench.methods.work.TrainTask;
import org.pmf4j.bench.process.ChildJvm;
import org.pmf4j.core.progress.Progress;

/** Goes through the cells of a comparison. For one thread at a time. */
public final class MethodsBench {
  private final Setup setup;
  private final BenchFolder folder;
  private final Models models;
  private final ChildJvm jvm;
  private final Progress progress;

  /** What becomes of a cell's model once it is measured. */
  public enum Models {
    /** It stays in its folder. */
    KEPT,
    /** It is deleted. */
    DELETED
  }

  /**
   * A comparison.
   *
   * @param setup what all cells share
   * @param folder where they are kept
   * @param jvm runs the work
   * @param progress shows it
   */
  public MethodsBench(
      Setup setup, BenchFolder folder, Models models, ChildJvm jvm, Progress progress) {
    this.setup = setup;
    this.folder = folder;
    this.models = models;
    this.jvm = jvm;
    this.progress = progress;
  }

  /** Hears how it goes. */
  public interface Watcher {
    /** A cell begins. */
    void begins(int number, int total, Cell cell);

    /** A cell has ended, now or in an earlier run. */
    void ended(int number, int total, Cell cell, CellResult result, Made made);
  }

  /** When a result was made. */
  public enum Made {
    /** In this run. */
    NOW,
    /** In an earlier one. */
    BEFORE
  }

  /**
   * Reads data and encoders once.
   *
   * @throws PmfException naming what is wrong with them
   */
  public InspectTask.Subject inspect() {
    return jvm.run(
        "data and encoders", InspectTask.class, setup, InspectTask.Subject.class, progress);
  }

  /**
   * Trains and measures what is not done yet, seed by seed, so that early on there is something of
   * every variant.
   *
   * @throws PmfException before anything is done, if a cell was measured with other settings; a
   *     cell that fails is a result
   */
  public Outcome run(Comparison comparison, Watcher watcher) {
    Map<String, String> common = Definition.common(setup);
    Map<Cell, Definition> definitions = new LinkedHashMap<>();
    Map<Cell, Optional<CellResult>> done = new LinkedHashMap<>();
    for (long seed : comparison.seeds()) {
      for (Variant v : comparison.variants()) {
        Cell cell = new Cell(v, seed);
        definitions.put(cell, Definition.of(common, comparison.subject(), cell));
        done.put(cell, folder.done(cell, definitions.get(cell)));
      }
    }
    List<CellResult> results = new ArrayList<>();
    Map<Variant, CacheCost> caches = new LinkedHashMap<>();
    for (Map.Entry<Cell, Optional<CellResult>> e : done.entrySet()) {
      Cell cell = e.getKey();
      int number = results.size() + 1;
      CellResult result;
      if (e.getValue().isPresent()) {
        result = e.getValue().get();
      } else {
        watcher.begins(number, done.size(), cell);
        result = measure(cell, definitions.get(cell), caches);
      }
      results.add(result);
      Made made = e.getValue().isPresent() ? Made.BEFORE : Made.NOW;
      watcher.ended(number, done.size(), cell, result, made);
    }
    for (Variant v : comparison.variants()) {
      folder.cost(v).ifPresent(cost -> caches.put(v, cost));
    }
    return new Outcome(results, List.copyOf(caches.values()));
  }

  private CellResult measure(Cell cell, Definition definition, Map<Variant, CacheCost> caches) {
    Job job = new Job(setup, cell, folder.run(cell).toString(), folder.cache().toString());
    CellResult result;
    try {
      if (cell.variant().cached() && !caches.containsKey(cell.variant())) {
        caches.put(cell.variant(), fill(job));
      }
      TrainTask.Trained trained =
          jvm.run(cell.title(), TrainTask.class, job, TrainTask.Trained.class, progress);
      EvaluateTask.Evaluated evaluated =
          jvm.run(cell.title(), EvaluateTask.class, job, EvaluateTask.Evaluated.class, progress);
      result = CellResult.of(definition, trained, evaluated);
    } catch (PmfException e) {
      if (e.kind() == ErrorKind.STOPPED) {
        throw e; // the cell is gone on with from where it is
      }
      result = CellResult.failed(definition, e.getMessage());
      if (e.kind() != ErrorKind.ENVIRONMENT) {
        // It would fail again; after a full disk or a kill it can be gone on with
        folder.deleteRun(cell);
      }
    }
    folder.keep(cell, result);
    if (!result.hasFailed()) {
      if (models == Models.KEPT) {
        folder.deleteCheckpoints(cell);
      } else {
        folder.deleteRun(cell);
      }
    }
    return result;
  }

  private CacheCost fill(Job job) {
    Variant variant = job.cell().variant();
    CacheTask.Filled filled =
        jvm.run(variant.name() + ", cache", CacheTask.class, job, CacheTask.Filled.class, progress);
    double before = folder.cost(variant).map(CacheCost::seconds).orElse(0.0);
    CacheCost cost = new CacheCost(variant.name(), before + filled.seconds(), filled.bytes());
    folder.keep(variant, cost);
    return cost;
  }
}
