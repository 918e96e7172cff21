package org.pmf4j.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The jar for Spark, beside the archives,")
class SparkJarIT {
  static final Path JAR =
      Path.of(System.getProperty("pmf.archives"))
          .resolve("pmf-spark-" + Distribution.VERSION + "-app.jar");

  private static List<String> entries() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  private static String text(String entry) throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile());
        InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @DisplayName("has PMF, its plugins and their libraries, and says what it starts")
  void whole() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS))
          .isEqualTo("org.pmf4j.spark.cli.Main");
      assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
          .isEqualTo(Distribution.VERSION);
    }
    assertThat(entries())
        .contains(
            "org/pmf4j/spark/cli/Main.class",
            "org/pmf4j/core/Pmf.class",
            "org/pmf4j/console/ConsoleProgress.class",
            "picocli/CommandLine.class");
    assertThat(text("META-INF/services/org.pmf4j.api.plugin.PmfPlugin")).contains("org.pmf4j.djl.");
  }

  @Test
  @DisplayName("has nothing of Spark, and no library that Spark has in another version by its name")
  void nothingOfSpark() throws IOException {
    assertThat(entries())
        .noneMatch(
            name ->
                name.startsWith("org/apache/spark/")
                    || name.startsWith("org/apache/hadoop/")
                    || name.startsWith("scala/")
                    || name.startsWith("org/slf4j/")
                    || name.startsWith("org/jline/")
                    || name.startsWith("com/fasterxml/jackson/")
                    || name.startsWith("com/google/common/")
                    || name.startsWith("com/google/gson/")
                    || name.startsWith("com/google/protobuf/"));
  }

  @Test
  @DisplayName("leaves out natives of PyTorch and decoders, which stand beside it")
  void besideIt() throws IOException {
    assertThat(entries())
        .noneMatch(
            name ->
                name.contains("libtorch")
                    || name.startsWith("com/twelvemonkeys/")
                    || name.startsWith("com/luciad/")
                    || name.startsWith("javazoom/"));
  }

  @Test
  @DisplayName("lists every library of others in it with its licence, for people and for machines")
  void licences() throws IOException {
    String list = text("META-INF/pmf/THIRD-PARTY.txt");
    String bill = text("META-INF/pmf/bom.cdx.json");
    for (String name : List.of("jackson-databind", "guice", "picocli", "joni", "commons-csv")) {
      assertThat(list).contains(":" + name + ":");
      assertThat(bill).contains("/" + name + "@");
    }
    assertThat(list).doesNotContainIgnoringCase("unknown license").doesNotContain(":jlayer:");
    assertThat(bill).doesNotContain("/spark-mllib_2.13@");
    assertThat(text("META-INF/pmf/LICENSE")).contains("Apache License");
    assertThat(text("META-INF/NOTICE")).contains("Jackson", "Guice");
  }
}
