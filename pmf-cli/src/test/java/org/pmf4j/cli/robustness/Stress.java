package org.pmf4j.cli.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pmf4j.cli.robustness.CommandProcess.Signal;
import org.pmf4j.cli.robustness.mutation.Bytes;

/**
 * Disturbs real processes at random moments and counts what comes of it. Runs that were disturbed
 * go on with {@code --resume}, and must end in the bits of one that was not.
 */
final class Stress {
  private static final int HANGS_AFTER_SECONDS = 300;
  private static final String DISTURBED = "disturbed";
  private static final List<String> RUNS =
      List.of("train", "train", "train", "pretrain", "pretrain", "bench");

  private final Path root;
  private final Healthy healthy;
  private final String backend;
  private final Random random;
  private final Tally tally = new Tally();
  private final Map<String, byte[]> undisturbed = new TreeMap<>();
  private final Map<String, Long> durations = new TreeMap<>();
  private int acts;

  Stress(Path root, String backend, long seed) throws IOException {
    this.root = root;
    this.backend = backend;
    this.random = new Random(seed);
    this.healthy = Healthy.make(Files.createDirectories(root.resolve("healthy")));
  }

  Tally tally() {
    return tally;
  }

  private Path model() {
    return root.resolve("undisturbed/train");
  }

  /** Trains once without a disturbance. */
  void begin() throws IOException, InterruptedException {
    runUndisturbed("train");
  }

  private void runUndisturbed(String name) throws IOException, InterruptedException {
    Path folder = root.resolve("undisturbed");
    ResumableRun run = ResumableRun.of(name, healthy, backend, folder);
    long began = System.nanoTime();
    CommandProcess process = CommandProcess.start(folder, CommandProcess.pmf(run.words()));
    if (process.end(HANGS_AFTER_SECONDS) != 0) {
      throw new IllegalStateException("an undisturbed run failed: " + process.told());
    }
    durations.put(run.name(), (System.nanoTime() - began) / 1_000_000);
    undisturbed.put(run.name(), Files.readAllBytes(run.result()));
  }

  /** One act of a kind that is drawn. */
  void act() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(root.resolve("acts/" + acts++));
    int faults = tally.faults().size();
    int drawn = random.nextInt(10);
    if (drawn < 4) {
      disturbed(RUNS.get(random.nextInt(RUNS.size())), folder);
    } else if (drawn < 6) {
      fullDisk(ResumableRun.of("train", healthy, backend, folder), folder);
    } else if (drawn < 8) {
      reading(folder);
    } else {
      serving(folder);
    }
    look(folder);
    if (tally.faults().size() == faults) {
      Campaign.delete(folder);
    }
  }

  /** A run that is stopped a few times and then let go on to its end. */
  private void disturbed(String name, Path folder) throws IOException, InterruptedException {
    if (!undisturbed.containsKey(name)) {
      runUndisturbed(name);
    }
    ResumableRun run = ResumableRun.of(name, healthy, backend, folder);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      Signal signal = signal();
      CommandProcess process = CommandProcess.startToHear(folder, run.words());
      long duration = durations.get(run.name());
      if (process.isAliveAfter(random, duration / 10, duration) && process.hears()) {
        process.send(signal);
      }
      boolean ended = ended(run.name(), signal, process);
      if (!ended && signal != Signal.KILL && !process.told().contains("go on with: ")) {
        tally.fault(
            run.name(), signal + " ended it without a line that says how to go on", process.told());
      }
      // What a comparison has measured it does not look at again
      if (!name.equals("bench") && random.nextInt(4) == 0) {
        damage(run, folder);
      }
    }
    finish(run, folder, DISTURBED);
  }

  private Signal signal() {
    return Signal.values()[random.nextInt(Signal.values().length)];
  }

  /** Checks the exit code; true if the process came to its own end, before the signal or after. */
  private boolean ended(String act, Signal signal, CommandProcess process)
      throws IOException, InterruptedException {
    int code = process.end(HANGS_AFTER_SECONDS);
    String how = act + ", " + signal;
    if (code == 0) {
      tally.add(how, "ended before it");
      return true;
    }
    if (code == CommandProcess.SIGNALLED + signal.number) {
      tally.add(how, "exit code " + code);
    } else {
      tally.fault(how, code < 0 ? "HANGS" : "exit code " + code, process.told());
    }
    return false;
  }

  /** A checkpoint or cache entry is damaged: the run may refuse it, and starts anew then. */
  private void damage(ResumableRun run, Path folder) throws IOException, InterruptedException {
    List<Path> files =
        Healthy.files(folder).stream().filter(f -> !f.toString().endsWith(".log")).toList();
    if (files.isEmpty()) {
      return;
    }
    Path file = files.get(random.nextInt(files.size()));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new Bytes().apply(whole, random));
    CommandProcess process = CommandProcess.start(folder, CommandProcess.pmf(run.words()));
    int code = process.end(HANGS_AFTER_SECONDS);
    String act = run.name() + ", " + kind(folder, file) + " damaged";
    if (code == 0) {
      tally.add(act, "went on");
      check(run, act);
    } else if ((code == 1 || code == 2) && !process.told().contains("this is a bug")) {
      tally.add(act, "refused");
      Files.write(file, whole);
    } else {
      tally.fault(act, code < 0 ? "HANGS" : "exit code " + code, process.told());
    }
  }

  private static String kind(Path folder, Path file) {
    Path inside = folder.relativize(file);
    return inside.startsWith("cache") ? "a cache entry" : file.getFileName().toString();
  }

  private void finish(ResumableRun run, Path folder, String act)
      throws IOException, InterruptedException {
    CommandProcess process = CommandProcess.start(folder, CommandProcess.pmf(run.words()));
    int code = process.end(HANGS_AFTER_SECONDS);
    if (code == 0) {
      check(run, run.name() + ", " + act);
    } else {
      tally.fault(run.name() + ", " + act, "does not go on, exit code " + code, process.told());
    }
  }

  private void check(ResumableRun run, String act) throws IOException {
    if (java.util.Arrays.equals(Files.readAllBytes(run.result()), undisturbed.get(run.name()))) {
      tally.add(act, "resumed to the same bits");
    } else {
      tally.fault(act, "resumed to OTHER BITS", run.result().toString());
    }
  }

  /** Files that may not grow, by a limit of the shell's or a small file system, then may. */
  private void fullDisk(ResumableRun run, Path folder) throws IOException, InterruptedException {
    boolean mounted = random.nextBoolean() && mount(folder);
    int blocks = 2 + random.nextInt(30);
    List<String> words = new ArrayList<>();
    if (!mounted) {
      words.addAll(List.of("bash", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "limited"));
    }
    words.addAll(CommandProcess.pmf(run.words()));
    String act = mounted ? "full disk (tmpfs)" : "full disk (ulimit -f)";
    // What the process itself writes lies elsewhere
    CommandProcess process = CommandProcess.start(root.resolve("logs"), words);
    int code = process.end(HANGS_AFTER_SECONDS);
    if (code == 0 || code == 1 && !process.told().contains("this is a bug")) {
      tally.add(act, code == 0 ? "there was room" : "refused");
    } else {
      tally.fault(act, code < 0 ? "HANGS" : "exit code " + code, process.told());
    }
    if (mounted) {
      remount(folder, "64m");
    }
    finish(run, folder, act);
    if (mounted) {
      shell("umount " + folder);
    }
  }

  private boolean mount(Path folder) throws IOException, InterruptedException {
    String size = 20 + random.nextInt(300) + "k";
    boolean mounted = shell("mount -t tmpfs -o size=" + size + " tmpfs " + folder) == 0;
    if (!mounted) {
      tally.add("full disk (tmpfs)", "skipped: this user may not mount");
    }
    return mounted;
  }

  private static void remount(Path folder, String size) throws IOException, InterruptedException {
    shell("mount -o remount,size=" + size + " " + folder);
  }

  private static int shell(String words) throws IOException, InterruptedException {
    return new ProcessBuilder(words.split(" "))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** A command that reads, and leaves a whole result or none. */
  private void reading(Path folder) throws IOException, InterruptedException {
    String name = List.of("evaluate", "predict", "encode").get(random.nextInt(3));
    boolean writes = !name.equals("evaluate");
    Path out = folder.resolve(name + (name.equals("encode") ? ".safetensors" : ".csv"));
    Signal signal = signal();
    CommandProcess process =
        CommandProcess.start(folder, CommandProcess.pmf(reading(name, writes, out)));
    if (process.isAliveAfter(random, 50, durations.get("train"))) {
      process.send(signal);
    }
    boolean ended = ended(name, signal, process);
    if (writes && ended && !Files.exists(out)) {
      tally.fault(name + ", " + signal, "left no file", process.told());
    } else if (writes && Files.exists(out)) {
      byte[] first = undisturbed.putIfAbsent(name, Files.readAllBytes(out));
      if (first != null && !Arrays.equals(first, Files.readAllBytes(out))) {
        tally.fault(name + ", " + signal, "left PART of a file, or another", out.toString());
      }
    }
  }

  private List<String> reading(String name, boolean writes, Path out) {
    List<String> words = new ArrayList<>(List.of(name, "--backend", backend));
    words.addAll(List.of("--data", healthy.table().toString()));
    if (name.equals("encode")) {
      words.addAll(
          List.of("--encoder", healthy.root().resolve("text/0").toString(), "--column", "text"));
    } else {
      words.addAll(List.of("--model", model().toString()));
    }
    if (writes) {
      words.addAll(List.of("--out", out.toString()));
    }
    return words;
  }

  private void serving(Path folder) throws IOException, InterruptedException {
    List<String> words = CommandProcess.java(Serving.class);
    words.addAll(
        List.of(
            model().toString(),
            backend,
            String.valueOf(random.nextLong()),
            healthy.picture().toString(),
            String.valueOf(4 + random.nextInt(8))));
    CommandProcess process = CommandProcess.start(folder, words);
    Signal signal = random.nextInt(3) == 0 ? signal() : null;
    if (signal != null && process.isAliveAfter(random, 500, 8_000)) {
      process.send(signal);
      ended("serving", signal, process);
      return;
    }
    int code = process.end(HANGS_AFTER_SECONDS);
    process
        .told()
        .lines()
        .filter(l -> l.startsWith("ended: "))
        .map(l -> l.split(" ", 3))
        .forEach(l -> tally.add("serving, calls", l[2], Integer.parseInt(l[1])));
    if (code == 0) {
      tally.add("serving", "came to its end");
    } else {
      tally.fault("serving", code < 0 ? "HANGS" : "exit code " + code, process.told());
    }
  }

  /** A JVM that dies leaves a file. */
  private void look(Path folder) throws IOException {
    for (Path place : List.of(folder, root.resolve("logs"), root.resolve("undisturbed"))) {
      if (!Files.isDirectory(place)) {
        continue;
      }
      try (Stream<Path> files = Files.list(place)) {
        for (Path file : files.toList()) {
          if (file.getFileName().toString().startsWith("hs_err")) {
            tally.fault(
                "abort", "left " + file.getFileName(), Files.readString(file).substring(0, 600));
            Files.move(file, root.resolve(file.getFileName()));
          }
        }
      }
    }
  }

  String report(long seed) throws IOException {
    return String.format(Locale.ROOT, "%d acts on %s, ", acts, backend)
        + tally.report(root.resolve("report.json"), seed);
  }
}
