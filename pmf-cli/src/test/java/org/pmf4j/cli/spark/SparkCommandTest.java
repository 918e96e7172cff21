package org.pmf4j.cli.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import picocli.CommandLine;

@DisplayName("pmf spark")
class SparkCommandTest {
  @TempDir Path folder;

  @Test
  @DisplayName("says what SPARK_HOME must be where it is not set, or has no Spark")
  void tellsOfSparkHome() {
    assertThatThrownBy(() -> new SparkPlaces(Map.of(), "").submit())
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("SPARK_HOME is not set: it must be the folder of Apache Spark 4");
    Map<String, String> elsewhere = Map.of("SPARK_HOME", folder.toString());
    assertThatThrownBy(() -> new SparkPlaces(elsewhere, "").submit())
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("SPARK_HOME is " + folder + ", which has no ");
  }

  @Test
  @DisplayName("finds its jar beside the command's, or where it is told")
  void findsItsJar() throws IOException {
    Path beside = file("pmf/spark/pmf-spark-1.0-app.jar");
    String classPath = file("pmf/lib/pmf-cli-1.0.jar").toString();
    assertThat(new SparkPlaces(Map.of(), classPath).jar(Optional.empty())).isEqualTo(beside);
    Path named = file("named.jar");
    SparkPlaces told = new SparkPlaces(Map.of("PMF_SPARK_JAR", named.toString()), classPath);
    assertThat(told.jar(Optional.empty())).isEqualTo(named);
    assertThat(told.jar(Optional.of(beside))).isEqualTo(beside);
    assertThatThrownBy(() -> new SparkPlaces(Map.of(), "").jar(Optional.empty()))
        .hasMessage("name the jar pmf-spark-VERSION-app.jar by --jar or PMF_SPARK_JAR");
  }

  @Test
  @DisplayName("hands the command, libraries and settings to spark-submit")
  void handsOver() throws IOException {
    Path submit = file("home/bin/spark-submit");
    Path natives = file("pmf/lib/pytorch-native-cpu-2.7.1-linux-x86_64.jar");
    Path jar = file("pmf/spark/pmf-spark-1.0-app.jar");
    Path decoder = file("pmf/lib/imageio-jpeg-3.13.1.jar");
    String classPath =
        String.join(
            File.pathSeparator,
            file("pmf/lib/pmf-cli-1.0.jar").toString(),
            natives.toString(),
            decoder.toString());
    SparkPlaces places =
        new SparkPlaces(Map.of("SPARK_HOME", folder.resolve("home").toString()), classPath);
    SparkCommand command = new SparkCommand(places);
    new CommandLine(command)
        .parseArgs(
            "--master", "spark://h:1", "--conf", "a=b", "predict", "--model", "m", "--out", "o");
    assertThat(command.line())
        .isEqualTo(
            List.of(
                submit.toString(),
                "--master",
                "spark://h:1",
                "--conf",
                "a=b",
                "--jars",
                natives + "," + decoder,
                "--class",
                "org.pmf4j.spark.cli.Main",
                jar.toString(),
                "predict",
                "--model",
                "m",
                "--out",
                "o"));
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
