package org.pmf4j.bench.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.machine.Engine;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.bench.report.Result;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.progress.Progress;

/** Measures what {@link SpeedSettings} ask for, and writes the report. For one thread at a time. */
public final class SpeedRun {
  private final SpeedSettings settings;
  private final List<String> words;
  private final Progress progress;

  /**
   * A run.
   *
   * @param words of the command line, for the report
   */
  public SpeedRun(SpeedSettings settings, List<String> words, Progress progress) {
    this.settings = settings;
    this.words = List.copyOf(words);
    this.progress = progress;
  }

  /** What happens to figures that are there already. */
  public enum Existing {
    /** They stay, and what is missing is added. */
    CONTINUE,
    /** They are measured anew. */
    OVERWRITE
  }

  /**
   * Measures all that is missing.
   *
   * @return the report's files and figures
   * @throws PmfException for settings that do not fit, other figures in the way, or a child that
   *     failed
   */
  public Outcome run(Existing existing) {
    TableToModel.check(settings);
    AtomicFile.createFolders(settings.out());
    Path file = settings.out().resolve("speed-measurements.json");
    if (existing == Existing.OVERWRITE) {
      file.toFile().delete();
    }
    Measurements notebook = Measurements.open(file, settings.identity());
    Engine engine;
    try (WorkFolder folder = WorkFolder.open(settings.work(), settings.sizes());
        Pmf pmf = settings.work(folder.path(), "fp32").open()) {
      engine = Engine.of(pmf.backend().info());
      check(pmf);
      measure(pmf, folder.path(), notebook);
    }
    return report(notebook, engine);
  }

  /**
   * What a run came to.
   *
   * @param files of the report
   * @param figures in it
   */
  public record Outcome(Result files, SpeedResult figures) {}

  private void check(Pmf pmf) {
    for (String p : settings.precisions()) {
      if (settings.matrices(p) == MatrixPrecision.BFLOAT16
          && !pmf.backend().info().can(Capability.BFLOAT16)) {
        throw PmfException.usage(
            "backend " + settings.backend() + " has no bfloat16; use --precision fp32");
      }
    }
    if (settings.precisions().stream().allMatch(p -> possible(pmf, p).isEmpty())) {
      throw PmfException.usage("none of the variants can be run by the methods that are there");
    }
  }

  private List<SpeedVariant> possible(Pmf pmf, String precision) {
    MatrixPrecision matrices = settings.matrices(precision);
    return settings.variants().stream().filter(v -> Fixture.can(pmf, v, matrices)).toList();
  }

  private void measure(Pmf pmf, Path folder, Measurements notebook) {
    for (SpeedVariant v : settings.variants()) {
      if (!Fixture.can(pmf, v, MatrixPrecision.FLOAT32)) {
        notebook.note("left out/" + v.key(), "there is no method " + v.method());
      }
    }
    Map<String, Rounds.Timed> turns = new LinkedHashMap<>();
    try (Opened open = new Opened()) {
      List<Runnable> later = new ArrayList<>();
      for (String precision : settings.precisions()) {
        later.add(setUp(pmf, folder, precision, notebook, turns, open));
      }
      originals(notebook, turns, open);
      Rounds.run("rounds", turns, settings.rounds(), notebook, progress);
      later.forEach(Runnable::run);
    }
    for (String precision : settings.precisions()) {
      for (SpeedVariant v : possible(pmf, precision)) {
        MemoryTask.measure(
            settings.work(folder, precision), v, precision + "/" + v.key(), notebook, progress);
      }
    }
    if (settings.python() != null) {
      PythonOriginals.memory(settings, notebook, progress);
    }
    for (String precision : settings.precisions()) {
      new TableToModel(settings, precision, folder, progress).measure(notebook);
    }
  }

  /** Loads one precision, fills its cache and adds its turns; gives what is measured after them. */
  private Runnable setUp(
      Pmf pmf,
      Path folder,
      String precision,
      Measurements notebook,
      Map<String, Rounds.Timed> turns,
      Opened open) {
    WorkSpec work = settings.work(folder, precision);
    Fixture bench = open.add(new Fixture(pmf, work));
    CostAgainstSize growth = new CostAgainstSize(bench, precision, notebook, progress);
    List<Example> examples = RandomSamples.of(settings.sizes(), growth.samples());
    VariantRun cached = bench.open(SpeedVariant.PMF_CACHED_STEP, examples);
    new CacheRates(bench, precision, notebook).fill(cached, growth.samples(), progress);
    Map<SpeedVariant, VariantRun> sessions = new LinkedHashMap<>();
    for (SpeedVariant v : possible(pmf, precision)) {
      VariantRun s = v == SpeedVariant.PMF_CACHED_STEP ? cached : bench.open(v, examples);
      sessions.put(v, s);
    }
    notebook.measureOnce(
        "weights/" + precision,
        () ->
            Map.of(
                "weights/encoders", (double) bench.encoderWeights(),
                "weights/trained", (double) cached.trained()));
    exactness(bench, examples, precision, sessions, notebook);
    int batch = settings.sizes().batch();
    sessions.forEach((v, s) -> turns.put(precision + "/" + v.key(), Rounds.of(() -> s.run(batch))));
    Gemm gemm = open.add(new Gemm(pmf.backend(), settings.gemm(), work.matrices()));
    turns.put(precision + "/" + Gemm.KEY, Rounds.of(gemm::run));
    return () -> {
      new CacheRates(bench, precision, notebook).read(examples);
      growth.measure(cached);
    };
  }

  private void exactness(
      Fixture bench,
      List<Example> examples,
      String precision,
      Map<SpeedVariant, VariantRun> sessions,
      Measurements notebook) {
    notebook.measureOnce(
        "exactness/" + precision,
        () -> {
          VariantRun whole =
              sessions.containsKey(SpeedVariant.WHOLE_STEP)
                  ? sessions.get(SpeedVariant.WHOLE_STEP)
                  : bench.open(SpeedVariant.WHOLE_STEP, examples);
          Map<String, float[]> expected = whole.results();
          Map<String, Double> found = new LinkedHashMap<>();
          for (SpeedVariant v : List.of(SpeedVariant.PMF_CACHED_STEP, SpeedVariant.PMF_STEP)) {
            if (sessions.containsKey(v)) {
              Exactness.of(sessions.get(v).results(), expected)
                  .forEach(
                      (what, x) ->
                          found.put(String.join("/", "exactness", precision, v.key(), what), x));
            }
          }
          return found;
        });
  }

  private void originals(Measurements notebook, Map<String, Rounds.Timed> turns, Opened open) {
    if (settings.python() == null) {
      return;
    }
    PythonOriginals python = open.add(PythonOriginals.start(settings));
    notebook.note("python", JsonFile.line(python.ready()));
    for (String precision : settings.precisions()) {
      for (String v : python.ready().variants()) {
        turns.put(PythonOriginals.key(precision, v), () -> python.milliseconds(v, precision));
      }
    }
  }

  private Outcome report(Measurements notebook, Engine engine) {
    SpeedResult figures =
        SpeedResult.of(settings, notebook, Provenance.now(words, List.of(engine)));
    Result files = Result.in(settings.out(), "speed");
    files.write(figures, SpeedPage.of(figures), figures.origin());
    return new Outcome(files, figures);
  }
}
