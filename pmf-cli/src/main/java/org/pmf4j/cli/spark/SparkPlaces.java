package org.pmf4j.cli.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;

/**
 * Where Spark is, and what it is handed. Immutable, so that any number of threads may share it.
 *
 * @param environment of the process
 * @param classPath of the process
 */
record SparkPlaces(Map<String, String> environment, String classPath) {
  /** The folder of a Spark distribution. */
  static final String HOME = "SPARK_HOME";

  private static final Pattern BESIDE =
      Pattern.compile(
          "(pytorch-native|pytorch-jni|imageio|common|webp-imageio|jflac-codec|jlayer|jorbis)"
              + "-.*\\.jar");

  /** The assembled jar, if not the one in the folder {@code spark} beside the command's jars. */
  static final String JAR = "PMF_SPARK_JAR";

  /**
   * The script that hands jobs to a cluster.
   *
   * @throws PmfException if it is not there
   */
  Path submit() {
    String home = environment.getOrDefault(HOME, "");
    if (home.isBlank()) {
      throw PmfException.usage(
          HOME
              + " is not set: it must be the folder of Apache Spark 4 for Scala 2.13, such as the one"
              + " that 'pip install pyspark' brings");
    }
    boolean windows = File.pathSeparatorChar == ';';
    Path submit = Path.of(home, "bin", windows ? "spark-submit.cmd" : "spark-submit");
    if (!Files.isRegularFile(submit)) {
      throw PmfException.usage(
          HOME + " is " + home + ", which has no " + submit + "; it must be the folder of Spark 4");
    }
    return submit;
  }

  /**
   * The assembled jar.
   *
   * @param chosen by an option
   * @throws PmfException if it is not there
   */
  Path jar(Optional<Path> chosen) {
    Optional<Path> named = chosen.or(() -> Optional.ofNullable(environment.get(JAR)).map(Path::of));
    Path jar = named.or(this::besideTheCommand).orElse(null);
    if (jar == null || !Files.isRegularFile(jar)) {
      throw PmfException.usage(
          (jar == null ? "" : jar + ": there is no such file; ")
              + "name the jar pmf-spark-VERSION-app.jar by --jar or "
              + JAR);
    }
    return jar;
  }

  private Optional<Path> besideTheCommand() {
    return entries()
        .filter(entry -> entry.getFileName().toString().startsWith("pmf-cli"))
        .map(entry -> entry.toAbsolutePath().getParent().resolveSibling("spark"))
        .filter(Files::isDirectory)
        .findFirst()
        .flatMap(SparkPlaces::only);
  }

  private static Optional<Path> only(Path folder) {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "pmf-spark-*-app.jar")) {
      for (Path jar : jars) {
        return Optional.of(jar);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw FileErrors.cannotList(folder, e);
    }
  }

  /**
   * What must stand beside the assembled jar: native libraries of the default backend, and decoders
   * of pictures and sounds, whose jars tell the versions by which models know their preprocessing.
   */
  List<Path> beside() {
    return entries().filter(e -> BESIDE.matcher(e.getFileName().toString()).matches()).toList();
  }

  private Stream<Path> entries() {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .filter(entry -> !entry.isBlank())
        .map(Path::of)
        .filter(entry -> entry.getFileName() != null);
  }
}
