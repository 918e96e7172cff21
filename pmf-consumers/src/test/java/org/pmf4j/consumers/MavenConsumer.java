package org.pmf4j.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A project of another that Maven has built, in a process of its own and with a local repository of
 * its own. Of the network it knows nothing: all that is not ours comes from where this build found
 * it.
 *
 * @param classes what it compiled
 * @param jars what it runs with
 */
record MavenConsumer(Path classes, List<Path> jars) {
  /**
   * Those of an earlier build; what one project has resolved stays for it while others are built.
   */
  private static final AtomicBoolean OURS_ARE_OLD = new AtomicBoolean(true);

  /** Builds a project of {@code src/it}. */
  static MavenConsumer build(String name) throws IOException, InterruptedException {
    Path work = Build.TARGET.resolve("consumers").resolve(name);
    Path classPath = work.resolve("classpath.txt");
    maven(
        Build.PROJECTS.resolve(name),
        work,
        "-Dmdep.outputFile=" + classPath,
        "-Dmdep.includeScope=runtime",
        "-DincludeTypes=jar",
        "compile",
        "dependency:build-classpath");
    String[] jars = Files.readString(classPath).strip().split(File.pathSeparator);
    return new MavenConsumer(
        work.resolve("target/classes"), Stream.of(jars).map(Path::of).toList());
  }

  /** Runs Maven on a copy of a project. */
  static void maven(Path project, Path work, String... words)
      throws IOException, InterruptedException {
    copy(project, work);
    Path local = Build.TARGET.resolve("consumers/local");
    if (OURS_ARE_OLD.getAndSet(false)) {
      delete(local.resolve("org/pmf4j"));
    }
    Path log = work.resolve("build.txt");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Build.MAVEN.toString(), "-B", "-ntp", "-q"));
    command.addAll(List.of("-s", settings(work).toString(), "-Dmaven.repo.local=" + local));
    command.addAll(List.of("-Dpmf.version=" + Build.VERSION, "-Dpmf.system=" + Build.SYSTEM));
    command.addAll(List.of(words));
    Process maven =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(maven.waitFor()).as(() -> read(log)).isZero();
  }

  /** Names of files. */
  List<String> names() {
    return jars.stream().map(jar -> jar.getFileName().toString()).sorted().toList();
  }

  /** Two repositories: ours, and what this build has read already. */
  private static Path settings(Path work) throws IOException {
    Path ours = Published.repository(Build.TARGET.resolve("consumers/published"));
    String repository =
        """
        <id>%1$s</id><url>%2$s</url>
        <releases><checksumPolicy>ignore</checksumPolicy></releases>
        <snapshots><enabled>%3$s</enabled><checksumPolicy>ignore</checksumPolicy></snapshots>
        """;
    String published = String.format(Locale.ROOT, repository, "published", ours.toUri(), true);
    String others =
        String.format(Locale.ROOT, repository, "central", Build.REPOSITORY.toUri(), false);
    return Files.writeString(
        work.resolve("settings.xml"),
        String.format(
            Locale.ROOT,
            """
            <settings>
              <profiles><profile><id>here</id>
                <repositories>
                  <repository>%s</repository><repository>%s</repository>
                </repositories>
                <pluginRepositories><pluginRepository>%s</pluginRepository></pluginRepositories>
              </profile></profiles>
              <activeProfiles><activeProfile>here</activeProfile></activeProfiles>
            </settings>
            """,
            published,
            others,
            others));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log";
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    delete(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
