package org.pmf4j.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.ivy.Ivy;
import org.apache.ivy.core.report.ArtifactDownloadReport;
import org.apache.ivy.core.report.ResolveReport;
import org.apache.ivy.core.resolve.ResolveOptions;
import org.apache.ivy.util.DefaultMessageLogger;
import org.apache.ivy.util.Message;

/** A project whose dependencies Ivy resolves, which reads POMs, and no BOM, profile or property. */
final class IvyConsumer {
  private IvyConsumer() {}

  /** Names of the jars that a project of these artifacts of ours runs with. */
  static List<String> names(List<String> artifacts) throws IOException, ParseException {
    Path work = Files.createTempDirectory(Files.createDirectories(Build.TARGET), "ivy");
    Path ours = Published.repository(Build.TARGET.resolve("consumers/published"));
    Ivy ivy = Ivy.newInstance();
    ivy.getLoggerEngine().setDefaultLogger(new DefaultMessageLogger(Message.MSG_WARN));
    ivy.configure(settings(work, ours).toFile());
    ResolveReport report =
        ivy.resolve(
            module(work, artifacts).toFile(),
            new ResolveOptions().setConfs(new String[] {"default"}));
    assertThat(report.hasError()).as("%s", report.getAllProblemMessages()).isFalse();
    return Stream.of(report.getAllArtifactsReports())
        .map(ArtifactDownloadReport::getLocalFile)
        .map(File::getName)
        .sorted()
        .toList();
  }

  private static Path settings(Path work, Path ours) throws IOException {
    return Files.writeString(
        work.resolve("ivysettings.xml"),
        String.format(
            Locale.ROOT,
            """
            <ivysettings>
              <settings defaultResolver="here"/>
              <caches defaultCacheDir="%s" useOrigin="true"
                  artifactPattern="[artifact]-[revision](-[classifier]).[ext]"/>
              <resolvers>
                <chain name="here">
                  <ibiblio name="ours" m2compatible="true" useMavenMetadata="false" root="%s"
                      changingPattern=".*-SNAPSHOT"/>
                  <ibiblio name="others" m2compatible="true" useMavenMetadata="false" root="%s"/>
                </chain>
              </resolvers>
            </ivysettings>
            """,
            work.resolve("cache"),
            ours.toUri(),
            Build.REPOSITORY.toUri()));
  }

  private static Path module(Path work, List<String> artifacts) throws IOException {
    StringBuilder dependencies = new StringBuilder();
    for (String artifact : artifacts) {
      dependencies.append(
          String.format(
              Locale.ROOT,
              "<dependency org='org.pmf4j' name='%s' rev='%s' conf='default->default'/>%n",
              artifact,
              Build.VERSION));
    }
    return Files.writeString(
        work.resolve("ivy.xml"),
        "<ivy-module version='2.0'><info organisation='org.example' module='consumer'/>"
            + "<configurations><conf name='default'/></configurations>"
            + "<dependencies>"
            + dependencies
            + "</dependencies></ivy-module>");
  }
}
