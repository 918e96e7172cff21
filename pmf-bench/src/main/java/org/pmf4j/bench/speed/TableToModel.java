package org.pmf4j.bench.speed;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.process.EngineEnvironment;
import org.pmf4j.core.progress.Progress;

/**
 * Runs whole processes from a table to a saved model, ours and the original's in turns, by the
 * script that makes table and encoders, starts both and takes the system's word for what they took.
 */
final class TableToModel {
  /** Sides, as the script names them. */
  static final String OURS = "pmf";

  static final String ORIGINAL = "original";

  private static final String ROUND = "round ";

  private final SpeedSettings settings;
  private final String precision;
  private final Path folder;
  private final Progress progress;

  /** Whole runs in one precision, in a folder of their own below one of encoders and caches. */
  TableToModel(SpeedSettings settings, String precision, Path work, Progress progress) {
    this.settings = settings;
    this.precision = precision;
    this.folder = work.resolve("table");
    this.progress = progress;
  }

  /**
   * What one process took.
   *
   * @param wall seconds
   * @param processor seconds, of the user and of the system
   * @param peakBytes most resident memory
   */
  record Taken(double wall, double processor, @JsonProperty("peak_bytes") double peakBytes) {}

  /** The script's report; what else stands in it is its own. */
  record Told(Map<String, Map<Integer, List<Taken>>> figures) {}

  /** Key of a side's rounds in the notebook: {@code wall}, {@code processor} or {@code peak}. */
  static String key(String precision, String side, int epochs, String what) {
    return String.join("/", "table", precision, side, Integer.toString(epochs), what);
  }

  /** Measures the rounds that are missing. */
  void measure(Measurements notebook) {
    WholeRuns runs = settings.wholeRuns();
    if (runs.epochs().isEmpty()) {
      return;
    }
    String last = key(precision, ORIGINAL, runs.epochs().get(runs.epochs().size() - 1), "wall");
    int done = notebook.rounds(last);
    if (done >= runs.rounds()) {
      return;
    }
    long each = 2L * runs.epochs().size();
    try (Progress.Bar bar =
        progress.begin("from a table to a model", each * (runs.rounds() - done), "runs")) {
      for (int r = done; r < runs.rounds(); r++) {
        progress.checkStop("before round " + (r + 1) + " of whole runs");
        notebook.addRound(round(bar));
      }
    }
  }

  private Map<String, Double> round(Progress.Bar bar) {
    Path report = folder.resolve("report.json");
    run(command(report), bar);
    Map<String, Double> round = new LinkedHashMap<>();
    JsonFile.read(report, Told.class)
        .figures()
        .forEach(
            (side, byEpochs) ->
                byEpochs.forEach(
                    (epochs, taken) -> {
                      Taken t = taken.get(0);
                      round.put(key(precision, side, epochs, "wall"), 1e3 * t.wall());
                      round.put(key(precision, side, epochs, "processor"), 1e3 * t.processor());
                      round.put(key(precision, side, epochs, "peak"), t.peakBytes());
                    }));
    return round;
  }

  private List<String> command(Path report) {
    WholeRuns runs = settings.wholeRuns();
    Sizes sizes = settings.sizes();
    Path script = WholeRuns.script(settings.originals());
    List<String> command = new ArrayList<>(List.of(settings.python(), script.toString()));
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("work", folder);
    options.put("rows", runs.rows());
    options.put(
        "epochs", runs.epochs().stream().map(String::valueOf).collect(Collectors.joining(",")));
    options.put("rounds", 1);
    options.put("batch-size", sizes.batch());
    options.put("width", sizes.width());
    options.put("depth", sizes.depth());
    options.put("heads", sizes.heads());
    options.put("precision", precision);
    options.put("pmf", runs.command());
    options.put("out", report);
    options.forEach((name, value) -> command.addAll(List.of("--" + name, value.toString())));
    return command;
  }

  private void run(List<String> command, Progress.Bar bar) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    EngineEnvironment.complete(builder.environment());
    String last = "";
    try {
      Process process = builder.start();
      Thread ending = new Thread(() -> end(process));
      Runtime.getRuntime().addShutdownHook(ending);
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          last = line.isBlank() ? last : line.strip();
          if (line.startsWith(ROUND)) {
            bar.advance(1, line.substring(line.indexOf(',') + 1).strip());
          }
        }
        if (process.waitFor() != 0) {
          throw PmfException.environment(command.get(1) + " failed: " + last, null);
        }
      } finally {
        end(process);
        Runtime.getRuntime().removeShutdownHook(ending);
      }
    } catch (IOException e) {
      throw PmfException.environment(
          command.get(0) + ": cannot be started: " + FileErrors.reason(e) + "; see --python", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PmfException.stopped("stopped in whole runs");
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /**
   * Refuses what cannot run.
   *
   * @throws PmfException if there is no Python, or no script
   */
  static void check(SpeedSettings settings) {
    if (settings.wholeRuns().epochs().isEmpty()) {
      return;
    }
    if (settings.python() == null) {
      throw PmfException.usage("whole runs take turns with the original's: name --python too");
    }
    Path script = WholeRuns.script(settings.originals());
    if (!Files.isRegularFile(script)) {
      throw PmfException.usage(script + ": no such file; name originals.py beside it, --originals");
    }
  }
}
