package org.pmf4j.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An archive, unpacked.
 *
 * @param root the folder of the command
 * @param work where output is kept and commands run
 * @param java the Java that commands run on
 * @param tools what a launcher may call, of all that a machine has
 */
record Distribution(Path root, Path work, Path java, List<String> tools) {
  static final String VERSION = System.getProperty("pmf.version");
  static final String SYSTEM = System.getProperty("pmf.system");

  /** Tiny encoders and a table of 16 rows. */
  static final Path SAMPLES =
      Path.of("../pmf-parity/src/test/resources/parity/pmf").toAbsolutePath().normalize();

  /** A picture that a library with a native part reads. */
  static final Path WEBP =
      Path.of("../pmf-modalities/src/test/resources/preprocessing/images/lossy.webp");

  /** What no launcher can do without. Without more it makes no archive to start by. */
  private static final List<String> FEW = List.of("dirname", "readlink", "locale");

  /** What it makes one with. */
  private static final List<String> MORE =
      List.of("cat", "cksum", "find", "ls", "mkdir", "mv", "nice", "rm", "sync", "tail");

  /** What came of a command. */
  record Outcome(int code, String out, String err) {}

  /** What the build packed. */
  static Path archive(String system, String kind) {
    return Path.of(System.getProperty("pmf.archives"))
        .resolve("pmf-" + VERSION + "-" + system + "." + kind);
  }

  private static Distribution in(Path folder) {
    return new Distribution(
        folder.resolve("pmf-" + VERSION), folder, Path.of(System.getProperty("java.home")), FEW);
  }

  /** The same on another Java. */
  Distribution withJava(Path other) {
    return new Distribution(root, work, other, tools);
  }

  /** The same where the launcher can make an archive to start by. */
  Distribution makingArchives() {
    List<String> all = new ArrayList<>(FEW);
    all.addAll(MORE);
    return new Distribution(root, work, java, all);
  }

  /** Unpacks that of this system. */
  static Distribution ofThisSystem(Path folder) throws IOException, InterruptedException {
    Path archive = archive(SYSTEM, "tar.gz");
    Process tar =
        new ProcessBuilder("tar", "xzf", archive.toString())
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    return in(folder);
  }

  /** Unpacks that of any system. */
  static Distribution ofAnySystem(Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(archive("any", "zip").toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
        Path file = folder.resolve(entry.getName()).normalize();
        assertThat(file).startsWithRaw(folder);
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
    return in(folder);
  }

  /** Names of the jars. */
  List<String> jars() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("lib"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Each file with its length and its time, so that nothing can have been written unseen. */
  Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        String length = Files.isDirectory(file) ? "" : Files.size(file) + " bytes, ";
        state.put(root.relativize(file).toString(), length + Files.getLastModifiedTime(file));
      }
    }
    return state;
  }

  /** Takes away every right to write. */
  void makeReadOnly() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files.forEach(file -> assertThat(file.toFile().setWritable(false, false)).isTrue());
    }
  }

  /** Lets the folder be deleted again. */
  void makeWritable() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files.filter(Files::isDirectory).forEach(folder -> folder.toFile().setWritable(true));
    }
  }

  /** Starts a command with Java, some tools and a HOME, and with nothing else of this process. */
  Outcome run(Path launcher, Path home, Object... words) throws Exception {
    return run(Map.of(), launcher, home, words);
  }

  /** The same, with more in its environment. */
  Outcome run(Map<String, String> more, Path launcher, Path home, Object... words)
      throws Exception {
    Path out = Files.createTempFile(work, "out", ".txt");
    Path err = Files.createTempFile(work, "err", ".txt");
    int code = start(more, launcher, home, out, err, words).waitFor();
    return new Outcome(code, Files.readString(out), Files.readString(err));
  }

  /** The same, not waiting for its end. */
  Process start(
      Map<String, String> more, Path launcher, Path home, Path out, Path err, Object... words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    if (Files.isExecutable(launcher)) {
      command.remove(0);
    }
    for (Object word : words) {
      command.add(word.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment(home));
    builder.environment().putAll(more);
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  private Map<String, String> environment(Path home) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOME", home.toString());
    environment.put("JAVA_HOME", java.toString());
    environment.put("PATH", folderOfTools().toString());
    return environment;
  }

  /** Scripts rather than links, behind which a test that cleans up could reach for the tools. */
  private Path folderOfTools() throws IOException {
    Path all = work.resolve("tools-" + tools.size());
    if (!Files.exists(all)) {
      Files.createDirectories(all);
      for (String tool : tools) {
        for (String folder : List.of("/bin", "/usr/bin")) {
          Path found = Path.of(folder, tool);
          if (Files.exists(found)) {
            Path script = all.resolve(tool);
            Files.writeString(script, "#!/bin/sh\nexec " + found + " \"$@\"\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
          }
        }
      }
    }
    return all;
  }
}
