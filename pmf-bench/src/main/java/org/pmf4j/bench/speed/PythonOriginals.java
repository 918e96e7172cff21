package org.pmf4j.bench.speed;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.bench.process.EngineEnvironment;
import org.pmf4j.core.progress.Progress;

/**
 * A long-lived worker in Python that runs the original on request, one JSON object a line: the
 * original waits while variants of ours run, and they wait for it.
 */
final class PythonOriginals implements AutoCloseable {
  private static final int MEMORY_STEPS = 3;

  private final Process process;
  private final Path log;
  private final BufferedReader answers;
  private final BufferedWriter requests;
  private final Thread ending;
  private final Ready ready;

  /**
   * How a worker begins.
   *
   * @param versions of Python, PyTorch and so on
   * @param threads of PyTorch
   * @param attention the implementation of attention
   * @param variants that it can run
   */
  record Ready(
      boolean ready,
      Map<String, String> versions,
      int threads,
      String attention,
      List<String> variants) {}

  /**
   * An answer.
   *
   * @param error why there is nothing else; null for none
   */
  record Answer(Double milliseconds, Double peakBytes, Double beforeBytes, String error) {}

  private PythonOriginals(List<String> command) {
    try {
      log = Files.createTempFile("pmf-python-", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      EngineEnvironment.complete(builder.environment());
      process = builder.redirectError(log.toFile()).start();
    } catch (IOException e) {
      throw PmfException.environment(
          command.get(0) + ": cannot be started: " + FileErrors.reason(e) + "; see --python", e);
    }
    ending = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(ending);
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = process.outputWriter(StandardCharsets.UTF_8);
    try {
      ready = JsonFile.parse(command.get(1), line(), Ready.class);
    } catch (PmfException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a worker.
   *
   * @throws PmfException if it cannot be started, with the last line that it wrote
   */
  static PythonOriginals start(SpeedSettings settings) {
    if (!Files.isRegularFile(settings.originals())) {
      throw PmfException.usage(
          settings.originals() + ": no such file; name originals.py with --originals");
    }
    return new PythonOriginals(command(settings));
  }

  private static List<String> command(SpeedSettings settings) {
    Sizes s = settings.sizes();
    List<String> command = new ArrayList<>();
    command.add(settings.python());
    command.add(settings.originals().toString());
    s.toMap()
        .forEach(
            (name, value) -> {
              if (!name.equals("vocabulary")) {
                command.addAll(List.of("--" + name, value.toString()));
              }
            });
    command.add("--text-lengths");
    command.add(
        IntStream.range(0, s.batch())
            .mapToObj(i -> Integer.toString(s.textTokens(i)))
            .collect(Collectors.joining(",")));
    if (settings.threads() > 0) {
      command.addAll(List.of("--threads", Integer.toString(settings.threads())));
    }
    return command;
  }

  /** Key of a variant's rounds in the notebook. */
  static String key(String precision, String variant) {
    return "python/" + precision + "/" + variant;
  }

  /** Asks fresh workers for the memory of each variant, where that was not done before. */
  static void memory(SpeedSettings settings, Measurements notebook, Progress progress) {
    Ready ready =
        JsonFile.parse("the notebook", notebook.fact("python").orElseThrow(), Ready.class);
    int total = ready.variants().size() * settings.precisions().size();
    try (Progress.Bar bar = progress.begin("memory in Python", total, "variants")) {
      for (String precision : settings.precisions()) {
        for (String variant : ready.variants()) {
          String key = "memory/" + key(precision, variant);
          notebook.measureOnce(key, () -> peak(settings, key, variant, precision));
          bar.advance(1, variant);
        }
      }
    }
  }

  private static Map<String, Double> peak(
      SpeedSettings settings, String key, String variant, String precision) {
    try (PythonOriginals fresh = start(settings)) {
      Map<String, Object> request = new LinkedHashMap<>();
      request.put("memory", variant);
      request.put("precision", precision);
      request.put("steps", MEMORY_STEPS);
      Answer a = fresh.ask(request);
      Map<String, Double> values = new LinkedHashMap<>();
      if (a.peakBytes() != null) {
        values.put(key + "/peak", a.peakBytes());
      }
      return values;
    }
  }

  /** What the worker said of itself. */
  Ready ready() {
    return ready;
  }

  /** Runs a variant once and gives its time. */
  double milliseconds(String variant, String precision) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("run", variant);
    request.put("precision", precision);
    return ask(request).milliseconds();
  }

  private Answer ask(Map<String, Object> request) {
    try {
      requests.write(JsonFile.line(request) + "\n");
      requests.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    Map<?, ?> answer = JsonFile.parse("originals.py", line(), Map.class);
    if (answer.get("error") != null) {
      throw PmfException.environment("originals.py: " + answer.get("error"), null);
    }
    return new Answer(
        number(answer, "milliseconds"),
        number(answer, "peak_bytes"),
        number(answer, "before_bytes"),
        null);
  }

  private static Double number(Map<?, ?> answer, String key) {
    return answer.get(key) instanceof Number n ? n.doubleValue() : null;
  }

  private String line() {
    try {
      String line = answers.readLine();
      if (line != null) {
        return line;
      }
      throw ended(null);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private PmfException ended(IOException cause) {
    String last = "";
    try {
      process.waitFor();
      last = Files.readString(log).lines().reduce("", (a, b) -> b.isBlank() ? a : b.strip());
    } catch (IOException e) {
      last = FileErrors.reason(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String why = last.isEmpty() ? "" : ": " + last;
    return PmfException.environment("originals.py ended before it answered" + why, cause);
  }

  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        requests.write("{\"quit\": true}\n");
        requests.flush();
      }
      process.onExit().get(5, TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      log.toFile().delete();
      removeHook();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      return; // this process is ending, and the hook with it
    }
  }
}
