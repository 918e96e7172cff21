package org.pmf4j.bench.speed;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.bench.machine.Engine;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.bench.process.ChildJvm;
import org.pmf4j.bench.report.Result;
import org.pmf4j.bench.speed.SpeedVariant.Kind;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.progress.Progress;

/** Measures the same work on several backends, and writes the report. For one thread at a time. */
public final class BackendsRun {
  static final List<SpeedVariant> VARIANTS =
      List.of(SpeedVariant.PMF_CACHED_STEP, SpeedVariant.PMF_STEP, SpeedVariant.PMF_INFERENCE);

  private final BackendsSettings settings;
  private final List<String> words;
  private final Progress progress;

  /**
   * A run.
   *
   * @param words of the command line, for the report
   */
  public BackendsRun(BackendsSettings settings, List<String> words, Progress progress) {
    this.settings = settings;
    this.words = List.copyOf(words);
    this.progress = progress;
  }

  /**
   * What a run came to.
   *
   * @param files of the report
   * @param figures in it
   */
  public record Outcome(Result files, BackendsResult figures) {}

  /**
   * Measures all that is missing.
   *
   * @throws PmfException for settings that do not fit, other figures in the way, or a child that
   *     failed
   */
  public Outcome run(SpeedRun.Existing existing) {
    List<String> names = names();
    AtomicFile.createFolders(settings.out());
    Path file = settings.out().resolve("backends-measurements.json");
    if (existing == SpeedRun.Existing.OVERWRITE) {
      file.toFile().delete();
    }
    Measurements notebook = Measurements.open(file, settings.identity(names));
    Map<String, Engine> engines = new LinkedHashMap<>();
    Map<String, List<SpeedVariant>> variants = new LinkedHashMap<>();
    try (WorkFolder folder = WorkFolder.open(settings.work(), settings.sizes())) {
      together(folder.path(), names, engines, variants, notebook);
      for (String name : names) {
        alone(settings.work(folder.path(), name), variants.get(name), notebook);
      }
    }
    Provenance origin = Provenance.now(words, List.copyOf(engines.values()));
    BackendsResult figures = BackendsResult.of(settings, engines, notebook, origin);
    Result files = Result.in(settings.out(), "backends");
    files.write(figures, BackendsPage.of(figures), origin);
    return new Outcome(files, figures);
  }

  private List<String> names() {
    if (!settings.backends().isEmpty()) {
      return settings.backends();
    }
    try (PluginRegistry plugins = discover()) {
      return plugins.backends().all().keySet().stream()
          .filter(name -> !name.startsWith("checking-"))
          .sorted()
          .toList();
    }
  }

  private PluginRegistry discover() {
    ClassLoader loader = BackendsRun.class.getClassLoader();
    return settings.plugins() == null
        ? PluginRegistry.discover(loader)
        : PluginRegistry.discover(loader, Path.of(settings.plugins()));
  }

  /** What is timed with all backends open, taking turns. */
  private void together(
      Path folder,
      List<String> names,
      Map<String, Engine> engines,
      Map<String, List<SpeedVariant>> variants,
      Measurements notebook) {
    Map<String, Rounds.Timed> turns = new LinkedHashMap<>();
    Map<String, float[]> expected = new LinkedHashMap<>();
    try (Opened open = new Opened()) {
      for (String name : names) {
        WorkSpec work = settings.work(folder, name);
        Pmf pmf = open.add(work.open());
        check(pmf, name);
        engines.put(name, Engine.of(pmf.backend().info()));
        Fixture bench = open.add(new Fixture(pmf, work));
        List<Example> examples = RandomSamples.of(settings.sizes(), settings.sizes().batch());
        Map<SpeedVariant, VariantRun> sessions = new LinkedHashMap<>();
        variants.put(name, variants(pmf));
        variants.get(name).forEach(v -> sessions.put(v, bench.open(v, examples)));
        if (sessions.containsKey(SpeedVariant.PMF_CACHED_STEP)) {
          sessions.get(SpeedVariant.PMF_CACHED_STEP).fill(progress);
        }
        agreement(name, sessions.get(firstWork(pmf)), expected, notebook);
        Gemm gemm = open.add(new Gemm(pmf.backend(), settings.gemm(), work.matrices()));
        turns.put(name + "/" + Gemm.KEY, Rounds.of(gemm::run));
        int batch = settings.sizes().batch();
        sessions.forEach((v, s) -> turns.put(name + "/" + v.key(), Rounds.of(() -> s.run(batch))));
      }
      Rounds.run("rounds", turns, settings.rounds(), notebook, progress);
    }
  }

  private void check(Pmf pmf, String name) {
    boolean shorter = settings.precision().equals("bf16");
    if (shorter && !pmf.backend().info().can(Capability.BFLOAT16)) {
      throw PmfException.usage("backend " + name + " has no bfloat16; use --precision fp32");
    }
  }

  /** What is timed on a backend: inference alone where it does not train. */
  private static List<SpeedVariant> variants(Pmf pmf) {
    boolean trains = pmf.backend().info().can(Capability.TRAINING);
    return VARIANTS.stream().filter(v -> trains || v.kind() == Kind.INFERENCE).toList();
  }

  /** The work that computes everything, trunk included, on a backend. */
  static SpeedVariant firstWork(Pmf pmf) {
    return pmf.backend().info().can(Capability.TRAINING)
        ? SpeedVariant.PMF_STEP
        : SpeedVariant.PMF_INFERENCE;
  }

  /** Differences from the first backend, before any step has moved the parameters. */
  private static void agreement(
      String name, VariantRun session, Map<String, float[]> expected, Measurements notebook) {
    Map<String, float[]> found = session.results();
    if (expected.isEmpty()) {
      expected.putAll(found);
    }
    notebook.measureOnce(
        "agreement/" + name,
        () -> {
          Map<String, Double> values = new LinkedHashMap<>();
          Exactness.of(found, expected)
              .forEach((what, x) -> values.put("agreement/" + name + "/" + what, x));
          return values;
        });
  }

  /** What is measured in processes that know one backend. */
  private void alone(WorkSpec work, List<SpeedVariant> variants, Measurements notebook) {
    String start = "start/" + work.backend();
    notebook.measureOnce(
        start,
        () -> {
          StartTask.Output o =
              ChildJvm.likeThis()
                  .run(
                      "start of " + work.backend(),
                      StartTask.class,
                      work,
                      StartTask.Output.class,
                      progress);
          Map<String, Double> values = new LinkedHashMap<>();
          values.put(start + "/jvm", o.jvm());
          values.put(start + "/open", o.open());
          values.put(start + "/load", o.load());
          values.put(start + "/first-step", o.firstStep());
          return values;
        });
    for (SpeedVariant v : variants) {
      MemoryTask.measure(work, v, work.backend() + "/" + v.key(), notebook, progress);
    }
  }
}
