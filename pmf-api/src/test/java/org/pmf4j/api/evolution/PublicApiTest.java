package org.pmf4j.api.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.plugin.PmfPlugin;

/**
 * What jars of older versions link against, as {@code docs/api-evolution.md} promises. The lists in
 * {@code src/test/resources/api} were printed by {@link PublicApi#main} when their version ended.
 */
@DisplayName("The interfaces that plugins were compiled against")
class PublicApiTest {
  private static final Path SOURCES = Path.of("src/main/java");

  /** Services of the host: plugins are handed them and implement none, so that they may grow. */
  private static final Set<String> HOSTS =
      Set.of("org.pmf4j.api.fusion.Parameters", "org.pmf4j.api.encoder.TransformerLayers");

  private static List<String> version(int version) {
    try {
      return Files.readAllLines(
          Path.of(PublicApiTest.class.getResource("/api/version-" + version + ".txt").toURI()));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> today() {
    try {
      return PublicApi.of(
          Path.of(PmfPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static IntStream older() {
    return IntStream.range(1, PmfPlugin.API_VERSION);
  }

  @ParameterizedTest(name = "have all that version {0} had")
  @MethodSource("older")
  void haveAllThatOlderVersionsHad(int version) {
    List<String> gone =
        new ArrayList<>(version(version).stream().filter(line -> !isDuty(line)).toList());
    gone.removeAll(today());
    assertThat(gone).as("gone since version " + version).isEmpty();
  }

  @ParameterizedTest(name = "ask for nothing that version {0} did not ask for")
  @MethodSource("older")
  void askForNothingNewOfThoseWhoImplementThem(int version) {
    List<String> then = version(version);
    Set<String> types = types(then);
    types.removeAll(HOSTS);
    List<String> duties =
        today().stream().filter(PublicApiTest::isDuty).filter(d -> types.contains(of(d))).toList();
    assertThat(duties).isNotEmpty().allSatisfy(duty -> assertThat(then).contains(duty));
  }

  @Test
  void sayOfEachNewTypeSinceWhen() throws IOException {
    TreeSet<String> fresh = new TreeSet<>(types(today()));
    fresh.removeAll(types(version(PmfPlugin.API_VERSION - 1)));
    assertThat(fresh).isNotEmpty();
    for (String type : fresh) {
      String file = type.replaceFirst("\\$.*", "").replace('.', '/') + ".java";
      assertThat(Files.readString(SOURCES.resolve(file)))
          .as(file)
          .contains("@since API version " + PmfPlugin.API_VERSION);
    }
  }

  @Test
  void areComparedByWhatTheJvmLinks() {
    assertThat(today())
        .contains(
            "org.pmf4j.api.plugin.PmfPlugin is interface",
            "org.pmf4j.api.plugin.PmfPlugin.API_VERSION static int",
            "org.pmf4j.api.plugin.PmfPlugin.name() java.lang.String abstract",
            "org.pmf4j.api.plugin.PmfPlugin.version() java.lang.String",
            "org.pmf4j.api.tensor.HostTensor.new(org.pmf4j.api.tensor.Shape,"
                + " org.pmf4j.api.tensor.DType, java.nio.ByteBuffer)")
        .noneMatch(line -> line.contains("OperandChecks"));
  }

  private static boolean isDuty(String line) {
    return line.endsWith(" abstract");
  }

  private static Set<String> types(List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains(" is "))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The type that a line of a method is about. */
  private static String of(String line) {
    String method = line.substring(0, line.indexOf('('));
    return method.substring(0, method.lastIndexOf('.'));
  }
}
