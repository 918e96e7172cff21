package org.pmf4j.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A distribution")
class DistributionIT {
  /** A default of the launcher: {@code export NAME="${NAME:-VALUE}"}. */
  private static final Pattern DEFAULT = Pattern.compile("export (\\w+)=\"\\$\\{\\1:-(\\w+)}\"");

  /** To the slash behind the port: what is written may be read in parts. */
  private static final Pattern AT = Pattern.compile("http://127\\.0\\.0\\.1:\\d+(?=/)");

  @TempDir private static Path folder;

  private static Distribution pmf;
  private static Path link;

  @BeforeAll
  static void unpack() throws Exception {
    pmf = Distribution.ofThisSystem(folder);
    pmf.makeReadOnly();
    Path bin = Files.createDirectories(folder.resolve("local/bin"));
    link =
        Files.createSymbolicLink(
            bin.resolve("pmf"), Path.of("../../pmf-" + Distribution.VERSION + "/bin/pmf"));
  }

  @AfterAll
  static void letItBeDeleted() throws Exception {
    pmf.makeWritable();
  }

  @Test
  @DisplayName(
      "trains and predicts by a link to it, in a folder that is not written, with an empty HOME")
  void works() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Map<String, String> before = pmf.state();
    Distribution.Outcome version = pmf.run(link, home, "--version");
    assertThat(version.out()).startsWith("pmf " + Distribution.VERSION + " (Java ");

    Path model = trained(home);
    Path samples = Distribution.SAMPLES;
    Distribution.Outcome predicted =
        pmf.run(
            link,
            home,
            "predict",
            "--model",
            model,
            "--image",
            samples.resolve("curve/images/00.png"),
            "--text",
            "a circle");
    assertThat(predicted.code()).as(predicted.out() + predicted.err()).isZero();
    assertThat(predicted.out()).containsAnyOf("circle", "square", "triangle");

    assertThat(pmf.state()).isEqualTo(before);
    try (Stream<Path> kept = Files.list(home)) {
      assertThat(kept.map(path -> path.getFileName().toString())).contains(".cache", ".djl.ai");
    }
  }

  /** A model that the command trained, the first that asks for it. */
  private static synchronized Path trained(Path home) throws Exception {
    Path samples = Distribution.SAMPLES;
    Path model = folder.resolve("models/shapes");
    if (Files.exists(model)) {
      return model;
    }
    Distribution.Outcome trained =
        pmf.run(
            link,
            home,
            "train",
            "--data",
            samples.resolve("curve/train.csv"),
            "--encoder",
            "image=" + samples.resolve("encoders/image-16"),
            "--encoder",
            "text=" + samples.resolve("encoders/text-16"),
            "--epochs",
            1,
            "--out",
            model);
    assertThat(trained.code()).as(trained.out() + trained.err()).isZero();
    assertThat(trained.err()).doesNotContain("WARN");
    return model;
  }

  @Test
  @DisplayName(
      "serves, leaves nothing in the temporary folder whatever ends it, and ends at SIGTERM")
  void serves() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Path models = trained(home).getParent();
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    Map<String, String> before = pmf.state();
    Path out = folder.resolve("server.out");
    Path err = folder.resolve("server.err");
    Process server =
        pmf.start(
            Map.of("JAVA_OPTS", "-Djava.io.tmpdir=" + temporary),
            link,
            home,
            out,
            err,
            "serve",
            "--models",
            models,
            "--port",
            0,
            "--backend",
            "ort");
    try {
      Matcher address = AT.matcher("");
      while (server.isAlive() && !address.reset(Files.readString(err)).find()) {
        Thread.sleep(20);
      }
      assertThat(err).content().containsPattern(AT);
      assertThat(answer(address.group() + "/models/shapes/predict"))
          .contains("\"label\"")
          .contains("\"missing\":[]");
      assertThat(temporary).as("while it runs").isEmptyDirectory();
      server.destroy();
      assertThat(server.waitFor()).as(Files.readString(err)).isZero();
    } finally {
      server.destroyForcibly();
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(pmf.state()).isEqualTo(before);
  }

  private static String answer(String address) throws Exception {
    byte[] picture = Files.readAllBytes(Distribution.WEBP);
    String record =
        "{\"text\": \"a circle\", \"image\": \""
            + Base64.getEncoder().encodeToString(picture)
            + "\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).POST(BodyPublishers.ofString(record)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  @DisplayName("has all backends and plugins")
  void plugins() throws Exception {
    Distribution.Outcome told = pmf.run(link, folder, "plugins", "--help");
    assertThat(told.code()).as(told.err()).isZero();
    assertThat(pmf.jars())
        .anyMatch(jar -> jar.startsWith("pmf-backend-ort-"))
        .anyMatch(jar -> jar.startsWith("pmf-backend-tf-"))
        .anyMatch(jar -> jar.matches("pytorch-native-cpu-.*-" + Distribution.SYSTEM + "\\.jar"))
        .anyMatch(jar -> jar.startsWith("pmf-natives-onnxruntime-" + Distribution.SYSTEM + "-"))
        .noneMatch(jar -> jar.endsWith(".pom") || jar.contains("junit") || jar.contains("testkit"));
  }

  @Test
  @DisplayName("for any system has no native libraries of engines, and says which to add")
  void withoutNatives(@TempDir Path other) throws Exception {
    Distribution any = Distribution.ofAnySystem(other);
    List<String> missing = pmf.jars().stream().filter(jar -> !isIn(any, jar)).toList();
    assertThat(missing)
        .hasSize(3)
        .allMatch(
            jar ->
                jar.startsWith("pmf-natives-onnxruntime-" + Distribution.SYSTEM)
                    || jar.startsWith("pytorch-native-cpu-")
                    || jar.startsWith("tensorflow-core-native-"));
    Path samples = Distribution.SAMPLES;
    Distribution.Outcome refused =
        any.run(
            any.root().resolve("bin/pmf"),
            other,
            "encode",
            "--encoder",
            samples.resolve("encoders/text-16"),
            "--data",
            samples.resolve("curve/train.csv"),
            "--column",
            "text",
            "--out",
            other.resolve("hidden.safetensors"));
    assertThat(refused.code()).as(refused.err()).isEqualTo(1);
    assertThat(refused.err().strip())
        .isEqualTo(
            "pmf: the djl backend finds no native libraries of PyTorch for %1$s on the class path:"
                + " add org.pmf4j:pmf-natives-djl-%1$s:pom:%2$s; nothing is downloaded",
            Distribution.SYSTEM, Distribution.VERSION);
  }

  private static boolean isIn(Distribution distribution, String jar) {
    return Files.exists(distribution.root().resolve("lib").resolve(jar));
  }

  @Test
  @DisplayName("lists every library of others with its licence, for people and for machines")
  void licences() throws Exception {
    String list = Files.readString(pmf.root().resolve("THIRD-PARTY.txt"));
    String bill = Files.readString(pmf.root().resolve("bom.cdx.json"));
    for (String jar : pmf.jars()) {
      String name = jar.replaceFirst("-\\d.*", "");
      assertThat(bill).contains("/" + name + "@");
      if (!name.startsWith("pmf-")) {
        assertThat(list).contains(":" + name + ":");
      }
    }
    assertThat(list).doesNotContainIgnoringCase("unknown license");
    assertThat(pmf.root().resolve("LICENSE")).exists();
    assertThat(pmf.root().resolve("NOTICE")).exists();
    assertThat(pmf.root().resolve("REDISTRIBUTION.txt")).content().contains("jflac-codec");
    assertThat(pmf.root().resolve("README.txt")).content().doesNotContain("${");
  }

  static List<Path> downloads() {
    return List.of(
        Distribution.archive(Distribution.SYSTEM, "tar.gz"),
        Distribution.archive("any", "zip"),
        SparkJarIT.JAR);
  }

  @ParameterizedTest(name = "{0} has its sum beside it")
  @MethodSource("downloads")
  void sums(Path archive) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream in = new DigestInputStream(Files.newInputStream(archive), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String sum = String.format(Locale.ROOT, "%064x", new BigInteger(1, digest.digest()));
    assertThat(Path.of(archive + ".sha256"))
        .content()
        .startsWith(sum + " *" + archive.getFileName());
  }

  @Test
  @DisplayName("starts on Windows with the same defaults, but for those of glibc and libgomp")
  void windows() throws Exception {
    String unix = Files.readString(pmf.root().resolve("bin/pmf"));
    String windows = Files.readString(pmf.root().resolve("bin/pmf.bat"));
    List<MatchResult> defaults = DEFAULT.matcher(unix).results().toList();
    assertThat(defaults).hasSizeGreaterThan(3);
    for (MatchResult each : defaults) {
      String set =
          "if not defined "
              + each.group(1)
              + " set \""
              + each.group(1)
              + "="
              + each.group(2)
              + "\"";
      if (!each.group(1).startsWith("MALLOC_") && !each.group(1).startsWith("GOMP_")) {
        assertThat(windows).contains(set);
      }
    }
    assertThat(windows.split("\n")).allMatch(line -> line.endsWith("\r"));
    for (String option :
        List.of(
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED")) {
      assertThat(unix).contains(option);
      assertThat(windows).contains(option);
    }
  }

  @ParameterizedTest(name = "says that Java {0} is too old, or is not there")
  @CsvSource({"1.8.0_392", "11.0.20", "''"})
  void needsJava(String version, @TempDir Path home) throws Exception {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    if (!version.isEmpty()) {
      Files.writeString(java, "#!/bin/sh\necho started\n");
      assertThat(java.toFile().setExecutable(true)).isTrue();
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }
    Distribution.Outcome refused = pmf.withJava(home).run(link, folder, "--version");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err().strip())
        .isEqualTo(
            version.isEmpty()
                ? "pmf: there is no %s: JAVA_HOME must be the folder of a Java of version 17 or later"
                : "pmf: Java 17 or later is needed, and %s is "
                    + version
                    + ": set JAVA_HOME to another",
            java);
  }

  @Test
  @DisplayName("completes words in bash")
  void completion() throws Exception {
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                ". completion/pmf.bash && COMP_WORDS=(pmf pre) COMP_CWORD=1 && _complete_pmf && echo ${COMPREPLY[@]}")
            .directory(pmf.root().toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(printed.strip()).isEqualTo("predict pretrain");
  }
}
