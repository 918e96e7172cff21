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
    Map<Contender, Engine> engines = new LinkedHashMap<>();
    Map<Contender, List<SpeedVariant>> variants = new LinkedHashMap<>();
    try (WorkFolder folder = WorkFolder.open(settings.work(), settings.sizes())) {
      together(folder.path(), names, engines, variants, notebook);
      variants.forEach((c, work) -> alone(c, c.work(settings, folder.path()), work, notebook));
    }
    Provenance origin = Provenance.now(words, engines.values().stream().distinct().toList());
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
      Map<Contender, Engine> engines,
      Map<Contender, List<SpeedVariant>> variants,
      Measurements notebook) {
    Map<String, Rounds.Timed> turns = new LinkedHashMap<>();
    Map<String, float[]> expected = new LinkedHashMap<>();
    try (Opened open = new Opened()) {
      for (String name : names) {
        WorkSpec asked = settings.work(folder, name);
        Pmf pmf = open.add(asked.open());
        check(pmf, name);
        Gemm gemm = open.add(new Gemm(pmf.backend(), settings.gemm(), asked.matrices()));
        for (Contender c : Contender.of(pmf.backend(), settings.precision())) {
          turns.putIfAbsent(c.gemm(), Rounds.of(gemm::run));
          engines.put(c, Engine.of(pmf.backend().info()));
          variants.put(c, c.variants(pmf.backend()));
          Fixture bench = open.add(new Fixture(pmf, c.work(settings, folder)));
          setUp(c, bench, variants.get(c), expected, turns, notebook);
        }
      }
      Rounds.run("rounds", turns, settings.rounds(), notebook, progress);
    }
  }

  private void setUp(
      Contender contender,
      Fixture bench,
      List<SpeedVariant> variants,
      Map<String, float[]> expected,
      Map<String, Rounds.Timed> turns,
      Measurements notebook) {
    int batch = settings.sizes().batch();
    List<Example> examples = RandomSamples.of(settings.sizes(), batch);
    Map<SpeedVariant, VariantRun> sessions = new LinkedHashMap<>();
    variants.forEach(v -> sessions.put(v, bench.open(v, examples)));
    if (sessions.containsKey(SpeedVariant.PMF_CACHED_STEP)) {
      sessions.get(SpeedVariant.PMF_CACHED_STEP).fill(progress);
    }
    VariantRun first = sessions.get(firstWork(variants));
    agreement(contender.key(), first, expected, notebook);
    sessions.forEach(
        (v, s) -> turns.put(contender.key() + "/" + v.key(), Rounds.of(() -> s.run(batch))));
  }

  private void check(Pmf pmf, String name) {
    boolean shorter = settings.precision().equals("bf16");
    if (shorter && !pmf.backend().info().can(Capability.BFLOAT16)) {
      throw PmfException.usage("backend " + name + " has no bfloat16; use --precision fp32");
    }
  }

  /** The work that computes everything, trunk included, on a backend. */
  static SpeedVariant firstWork(Pmf pmf, WorkSpec work) {
    return firstWork(new Contender(work.backend(), work.precision()).variants(pmf.backend()));
  }

  private static SpeedVariant firstWork(List<SpeedVariant> variants) {
    return variants.contains(SpeedVariant.PMF_STEP)
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
  private void alone(
      Contender contender, WorkSpec work, List<SpeedVariant> variants, Measurements notebook) {
    String start = "start/" + contender.key();
    notebook.measureOnce(
        start,
        () -> {
          StartTask.Output o =
              ChildJvm.likeThis()
                  .run(
                      "start of " + contender.key(),
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
      MemoryTask.measure(work, v, contender.key() + "/" + v.key(), notebook, progress);
    }
  }
}
