package org.pmf4j.testkit.modality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.testkit.fusion.FusionMethodConformance;

@DisplayName("The guides to modalities, encoder families and fusion methods")
class GuidesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLE = ROOT.resolve("examples/time-series-plugin");
  private static final String MODALITY = "write-a-modality.md";
  private static final String FAMILY = "write-an-encoder-family.md";
  private static final String METHOD = "write-a-fusion-method.md";

  private static String guide(String name) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(name));
  }

  /** What the first group of a pattern matches, everywhere in a text. */
  private static List<String> find(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static List<String> blocks(String language, String guide) throws IOException {
    return find("```" + language + "\\n(.*?)```", guide(guide));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLE.resolve("src"))) {
      List<Path> java = files.filter(p -> p.toString().endsWith(".java")).sorted().toList();
      assertThat(java).hasSizeGreaterThan(10);
      return java.stream().map(GuidesTest::read).map(GuidesTest::squeezed).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A block may show several methods of one class, with a blank line between them. */
  @ParameterizedTest(name = "{0} shows Java that stands in the example word for word")
  @ValueSource(strings = {MODALITY, FAMILY, METHOD})
  void javaIsAnExcerpt(String name) throws IOException {
    List<String> sources = sources();
    List<String> blocks = blocks("java", name);
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
    for (String block : blocks) {
      boolean type = block.contains("\n}\n");
      List<String> parts =
          type
              ? List.of(block)
              : Arrays.asList(block.split("\n\n(?=  (?:@|/\\*\\*|private|public))"));
      assertThat(sources)
          .as(block)
          .anyMatch(source -> parts.stream().allMatch(p -> source.contains(squeezed(p))));
    }
  }

  @Test
  @DisplayName("show the dependencies of the example, in the version of this build")
  void pomIsTheExamples() throws IOException {
    String pom = Files.readString(EXAMPLE.resolve("pom.xml"));
    assertThat(blocks("xml", MODALITY))
        .singleElement()
        .satisfies(block -> assertThat(squeezed(pom)).contains(squeezed(block)));
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    String version = find("<artifactId>pmf-parent</artifactId>\\s*<version>(.*?)<", parent).get(0);
    assertThat(pom).contains("<pmf.version>" + version + "</pmf.version>");
    for (String plugin : List.of("resources", "compiler", "surefire", "jar")) {
      String pattern = "<artifactId>maven-" + plugin + "-plugin</artifactId>\\s*<version>(.*?)<";
      assertThat(find(pattern, pom)).as(plugin).isEqualTo(find(pattern, parent));
    }
  }

  @Test
  @DisplayName("show the line by which the service loader finds the plugin")
  void serviceLineIsTheOneInUse() throws IOException {
    String file = "META-INF/services/org.pmf4j.api.plugin.PmfPlugin";
    assertThat(guide(MODALITY)).contains("`src/main/resources/" + file + "`");
    assertThat(blocks("text", MODALITY))
        .containsExactly(Files.readString(EXAMPLE.resolve("src/main/resources").resolve(file)));
  }

  @Test
  @DisplayName("name every group of the conformance suites")
  void groupsAreComplete() throws IOException {
    assertGroups(MODALITY, ModalityConformance.class);
    assertGroups(METHOD, FusionMethodConformance.class);
  }

  private static void assertGroups(String guide, Class<?> suite) throws IOException {
    List<String> groups =
        Arrays.stream(suite.getDeclaredClasses())
            .filter(group -> group.isAnnotationPresent(Nested.class))
            .map(group -> group.getAnnotation(DisplayName.class).value())
            .toList();
    String table = guide(guide).split("\\| group \\|", 2)[1];
    assertThat(find("^\\| ([A-Z][^|]*?) \\| [^|]+ \\|$", table))
        .containsExactlyInAnyOrderElementsOf(groups);
  }

  @ParameterizedTest(name = "{0} links to files and sections that are there")
  @ValueSource(strings = {MODALITY, FAMILY, METHOD})
  void linksLeadSomewhere(String name) throws IOException {
    for (String link : find("\\]\\(([^)]*)\\)", guide(name))) {
      String[] parts = link.split("#", 2);
      String target = parts[0].isEmpty() ? name : parts[0];
      Path file = ROOT.resolve("docs").resolve(target).normalize();
      assertThat(file).as(link).exists();
      if (parts.length == 2) {
        assertThat(anchors(Files.readString(file))).as(link).contains(parts[1]);
      }
    }
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("(docs/" + name + ")");
  }

  private static List<String> anchors(String text) {
    return find("^#+ (.*?)$", text).stream()
        .map(title -> title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", ""))
        .map(title -> title.replace(' ', '-'))
        .toList();
  }
}
