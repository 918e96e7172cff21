package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of a plugin, compiled against pmf-api's jar alone, in the unchanged command. */
@DisplayName("A third party's plugin in a folder")
class TimeSeriesPluginIT {
  private static final Path EXAMPLE = Path.of("../examples/time-series-plugin/src/main");
  private static final Pattern ACCURACY = Pattern.compile("accuracy\\s+([0-9.]+)");

  @TempDir private static Path folder;

  private static PackagedCommand pmf;
  private static Path plugins;
  private static Path jar;

  @BeforeAll
  static void build() throws IOException {
    pmf = PackagedCommand.of(folder);
    plugins = Files.createDirectories(folder.resolve("plugins"));
    jar = pack(compile(pmf.jar("pmf-api")), plugins.resolve("time-series.jar"));
    SensorTables.write(folder, "train", 240, 1);
    SensorTables.write(folder, "test", 120, 2);
  }

  private static Path compile(Path api) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<Path> sources;
    try (Stream<Path> all = Files.walk(EXAMPLE.resolve("java"))) {
      sources = all.filter(p -> p.toString().endsWith(".java")).sorted().toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "--release",
              "17",
              "-Xlint:all",
              "-Werror",
              "-proc:none",
              "-d",
              classes.toString(),
              "-cp",
              api.toString());
      boolean good =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(good).as("%s", messages).isTrue();
    }
    return classes;
  }

  private static Path pack(Path classes, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target);
        JarOutputStream packer = new JarOutputStream(out)) {
      for (Path root : List.of(classes, EXAMPLE.resolve("resources"))) {
        try (Stream<Path> files = Files.walk(root)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            packer.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
            packer.write(Files.readAllBytes(file));
          }
        }
      }
    }
    return target;
  }

  private static Outcome run(Object... words) throws Exception {
    Outcome outcome = pmf.run(Map.of(), words);
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("pmf: ");
    return outcome;
  }

  @ParameterizedTest(name = "pretrains, fuses with text, evaluates and predicts on {0}")
  @ValueSource(strings = {"djl", "tf"})
  void wholeStory(String backend) throws Exception {
    Path work = Files.createDirectories(folder.resolve(backend));
    Path series = work.resolve("series");
    run(
        "pretrain",
        "--plugins",
        plugins,
        "--backend",
        backend,
        "--modality",
        "series",
        "--data",
        folder.resolve("train-patterns.csv"),
        "--out",
        series,
        "--width",
        32,
        "--depth",
        3,
        "--size",
        "max-length=28",
        "--size",
        "patch-size=4",
        "--epochs",
        12,
        "--batch-size",
        16);
    assertThat(series.resolve("preprocessor_config.json")).content().contains("\"std\"");
    assertThat(series.resolve("model.safetensors")).exists();
    Path text = work.resolve("text");
    run(
        "pretrain",
        "--backend",
        backend,
        "--modality",
        "text",
        "--goal",
        "single-label",
        "--data",
        folder.resolve("train-questions.csv"),
        "--out",
        text,
        "--width",
        32,
        "--depth",
        3,
        "--max-length",
        12,
        "--epochs",
        4,
        "--batch-size",
        16);
    Path model = work.resolve("model");
    run(
        "train",
        "--plugins",
        plugins,
        "--backend",
        backend,
        "--data",
        folder.resolve("train.csv"),
        "--validation",
        folder.resolve("test.csv"),
        "--encoder",
        "series=" + series,
        "--encoder",
        "text=" + text,
        "--out",
        model,
        "--cache",
        work.resolve("cache"),
        "--head",
        "joint",
        "--epochs",
        12,
        "--batch-size",
        16,
        "--learning-rate",
        "2e-3");
    Outcome evaluated =
        run(
            "evaluate",
            "--plugins",
            plugins,
            "--backend",
            backend,
            "--model",
            model,
            "--data",
            folder.resolve("test.csv"));
    Matcher accuracy = ACCURACY.matcher(evaluated.out());
    assertThat(accuracy.find()).as(evaluated.out()).isTrue();
    System.out.println("accuracy on " + backend + ": " + accuracy.group(1));
    assertThat(Double.parseDouble(accuracy.group(1)))
        .as("the question alone gives 0.33, the series alone 0.5")
        .isGreaterThan(0.75);
    Path gated = work.resolve("gated");
    run(
        "train",
        "--plugins",
        plugins,
        "--backend",
        backend,
        "--method",
        "gated-sum",
        "--set",
        "width=16",
        "--data",
        folder.resolve("train.csv"),
        "--validation",
        folder.resolve("test.csv"),
        "--encoder",
        "series=" + series,
        "--encoder",
        "text=" + text,
        "--out",
        gated,
        "--cache",
        work.resolve("cache"),
        "--epochs",
        1);
    run(
        "predict",
        "--plugins",
        plugins,
        "--backend",
        backend,
        "--model",
        gated,
        "--text",
        "what does the left sensor do");
    pmf.run(Map.of(), "predict", "--backend", backend, "--model", gated, "--text", "what")
        .wasRefused("key \"method\" is \"gated-sum\"");
    // The environment names the folder as well as the option does
    Outcome predicted =
        pmf.run(
            Map.of("PMF_PLUGINS", plugins.toString()),
            "predict",
            "--backend",
            backend,
            "--model",
            model,
            "--series",
            folder.resolve("series/test0.csv"),
            "--text",
            "what does the left sensor do");
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(predicted.out()).containsAnyOf("rises", "falls", "stays");
  }

  @ParameterizedTest(name = "trains an encoder whose layers are the plugin's own on {0}")
  @ValueSource(strings = {"djl", "tf"})
  void ownLayers(String backend) throws Exception {
    Path work = Files.createDirectories(folder.resolve("own-" + backend));
    Path begun = ParallelEncoder.write(work.resolve("begun"));
    Path trained = work.resolve("trained");
    run(
        "pretrain",
        "--plugins",
        plugins,
        "--backend",
        backend,
        "--modality",
        "series",
        "--from",
        begun,
        "--data",
        folder.resolve("train-patterns.csv"),
        "--out",
        trained,
        "--epochs",
        2,
        "--batch-size",
        16);
    assertThat(trained.resolve("config.json")).content().contains("pmf-series-parallel");
    run(
        "train",
        "--plugins",
        plugins,
        "--backend",
        backend,
        "--data",
        SensorTables.twice(folder.resolve("train-patterns.csv")),
        "--encoder",
        "series=" + trained,
        "--encoder",
        "again=" + begun,
        "--out",
        work.resolve("model"),
        "--cache",
        work.resolve("cache"),
        "--epochs",
        1);
  }

  @Test
  @DisplayName("is listed with its versions and where it came from; a broken one beside it is told")
  void listing() throws Exception {
    Path bad = Files.writeString(plugins.resolve("broken.jar"), "no jar");
    try {
      Outcome listed = pmf.run(Map.of(), "plugins", "--plugins", plugins);
      assertThat(listed.code()).as(listed.err()).isZero();
      assertThat(listed.out())
          .containsPattern("time-series +development, API 2, " + Pattern.quote(jar.toString()))
          .containsPattern("modalities +\\S+, API 2, built in")
          .containsPattern("series +time series: CSV files")
          .containsPattern("pmf-series-transformer +series")
          .containsPattern("pmf-series-parallel +series")
          .containsPattern("gated-sum +pooled vectors in a common space")
          .contains("width=64  of the space that the modalities are brought into (1 to 10000)");
      assertThat(listed.err().lines().filter(l -> l.startsWith("pmf: ")))
          .singleElement()
          .asString()
          .contains(bad + ": left out: broken.jar is no whole jar file");
    } finally {
      Files.delete(bad);
    }
  }

  @Test
  @DisplayName("ends in one line where its data is bad, or its folder or itself is not there")
  void badInput() throws Exception {
    Path table = folder.resolve("bad.csv");
    Files.writeString(table, "series,label\nseries/bad.csv,rises\nseries/bad.csv,falls\n");
    Path bad = folder.resolve("series/bad.csv");
    Files.writeString(bad, "left,right\n1,2\n3,x\n");
    pmf.run(
            Map.of(),
            "pretrain",
            "--plugins",
            plugins,
            "--modality",
            "series",
            "--data",
            table,
            "--out",
            folder.resolve("never"))
        .wasRefused(bad + ": row 3: column 2: 'x' is no finite number");
    pmf.run(
            Map.of(),
            "pretrain",
            "--plugins",
            plugins,
            "--modality",
            "series",
            "--data",
            folder.resolve("train-patterns.csv"),
            "--size",
            "stride=2",
            "--out",
            folder.resolve("never2"))
        .wasRefused("unknown size [stride]; known: max-length, mlp-width, patch-size");
    Path nowhere = folder.resolve("nowhere");
    pmf.run(Map.of(), "plugins", "--plugins", nowhere)
        .wasRefused(nowhere + ": no such folder of plugins");
    pmf.run(Map.of(), "pretrain", "--modality", "series", "--data", table, "--out", nowhere)
        .wasRefused("unknown modality 'series'");
  }
}
