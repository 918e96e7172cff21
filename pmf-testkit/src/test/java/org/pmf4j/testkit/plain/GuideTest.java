package org.pmf4j.testkit.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.testkit.backend.BackendConformance;
import org.w3c.dom.Element;

@DisplayName("The guide 'Write a backend'")
class GuideTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path GUIDE = ROOT.resolve("docs/write-a-backend.md");

  /** The backend, and its tests. */
  private static final List<Path> SOURCES =
      Stream.of("src/main/java", "src/test/java")
          .map(root -> Path.of(root, "org/pmf4j/testkit/plain"))
          .toList();

  private static List<String> blocks(String language) throws IOException {
    return find("```" + language + "\\n(.*?)```", Files.readString(GUIDE));
  }

  /** What the first group of a pattern matches, everywhere in a text. */
  private static List<String> find(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  /** The source that a block stands in, whitespace aside. */
  private static String sourceOf(String block) throws IOException {
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          String source = Files.readString(file);
          if (squeezed(source).contains(squeezed(block))) {
            return source;
          }
        }
      }
    }
    throw new AssertionError("no source of the plain backend has the guide's block:\n" + block);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  @DisplayName("shows Java that stands in the plain backend word for word")
  void javaIsAnExcerpt() throws IOException {
    List<String> blocks = blocks("java");
    assertThat(blocks).hasSizeGreaterThan(15);
    for (String block : blocks) {
      assertThat(sourceOf(block)).isNotBlank();
    }
  }

  /** Single methods compile in the classes that they are excerpts of. */
  @Test
  @DisplayName("shows classes that are whole: they compile with nothing added but imports")
  void classesCompile(@TempDir Path folder) throws IOException {
    Pattern type = Pattern.compile("^[a-z ]*(?:class|interface) (\\w+)", Pattern.MULTILINE);
    int compiled = 0;
    for (String block : blocks("java")) {
      var name = type.matcher(block);
      if (name.find()) {
        String imports = String.join("\n", find("^((?:package|import) [^;]*;)$", sourceOf(block)));
        Path source = folder.resolve(name.group(1) + ".java");
        compile(Files.writeString(source, imports + "\n" + block), folder);
        compiled++;
      }
    }
    assertThat(compiled).isGreaterThanOrEqualTo(5);
  }

  private static void compile(Path source, Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-d", folder.toString(), "-proc:none");
      boolean good =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(good).as("%s%n%s", source, messages).isTrue();
    }
  }

  @Test
  @DisplayName("lists the operations that must be written and those that have a composition")
  void operationsAreComplete() throws IOException {
    Map<String, List<String>> rows =
        find("^\\| (`\\w*Kernels` \\|.*?)$", Files.readString(GUIDE)).stream()
            .map(row -> Arrays.stream(row.split("\\|", -1)).map(String::strip).toList())
            .collect(Collectors.toMap(row -> row.get(0), row -> row));
    List<Class<?>> families =
        Stream.concat(Stream.of(Kernels.class), Arrays.stream(Kernels.class.getInterfaces()))
            .toList();
    assertThat(rows).hasSameSizeAs(families);
    for (Class<?> family : families) {
      List<String> row = rows.get("`" + family.getSimpleName() + "`");
      assertThat(row).as("the row of %s", family).isNotNull();
      assertThat(find("`(\\w+)`", row.get(1)))
          .as("what must be written of %s", family)
          .containsExactlyInAnyOrderElementsOf(operations(family, method -> !method.isDefault()));
      assertThat(find("`(\\w+)`", row.get(2)))
          .as("what has a composition in %s", family)
          .containsExactlyInAnyOrderElementsOf(operations(family, Method::isDefault));
    }
  }

  private static Set<String> operations(Class<?> family, Predicate<Method> which) {
    return Arrays.stream(family.getDeclaredMethods())
        .filter(method -> !method.isSynthetic())
        .filter(which)
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  @Test
  @DisplayName("names every group of the conformance suite")
  void groupsAreComplete() throws IOException {
    List<String> groups =
        Arrays.stream(BackendConformance.class.getDeclaredClasses())
            .filter(group -> group.isAnnotationPresent(Nested.class))
            .map(group -> group.getAnnotation(DisplayName.class).value())
            .toList();
    String table = Files.readString(GUIDE).split("\\| group \\|", 2)[1];
    assertThat(find("^\\| ([A-Z][^|]*?) \\| [^|]+ \\|$", table))
        .containsOnlyOnceElementsOf(groups)
        .hasSameSizeAs(groups);
  }

  @Test
  @DisplayName("shows a POM with the versions of this build")
  void pomIsCurrent() throws Exception {
    String block = blocks("xml").get(0);
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    Element pom =
        builder
            .parse(new ByteArrayInputStream(block.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    Element parent = builder.parse(ROOT.resolve("pom.xml").toFile()).getDocumentElement();
    String version = parent.getElementsByTagName("version").item(0).getTextContent();
    assertThat(versions(pom))
        .containsEntry("pmf-api", version)
        .containsEntry("pmf-testkit", version)
        .containsEntry("maven-compiler-plugin", versions(parent).get("maven-compiler-plugin"))
        .containsEntry("maven-surefire-plugin", versions(parent).get("maven-surefire-plugin"));
  }

  /** Versions of dependencies and plugins, by artifact. */
  private static Map<String, String> versions(Element pom) {
    Map<String, String> versions = new HashMap<>();
    for (String tag : List.of("dependency", "plugin")) {
      var nodes = pom.getElementsByTagName(tag);
      for (int i = 0; i < nodes.getLength(); i++) {
        Element node = (Element) nodes.item(i);
        var version = node.getElementsByTagName("version");
        if (version.getLength() > 0) {
          versions.putIfAbsent(
              node.getElementsByTagName("artifactId").item(0).getTextContent(),
              version.item(0).getTextContent());
        }
      }
    }
    return versions;
  }

  @Test
  @DisplayName("shows the line by which the service loader finds the plugin")
  void serviceLineIsTheOneInUse() throws IOException {
    String file = "META-INF/services/org.pmf4j.api.plugin.PmfPlugin";
    assertThat(Files.readString(GUIDE)).contains("`src/main/resources/" + file + "`");
    assertThat(blocks("text")).contains(Files.readString(Path.of("src/test/resources", file)));
  }

  @Test
  @DisplayName("links to files and sections that are there")
  void linksLeadSomewhere() throws IOException {
    String text = Files.readString(GUIDE);
    List<String> anchors =
        find("^#+ (.*?)$", text).stream()
            .map(title -> title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", ""))
            .map(title -> "#" + title.replace(' ', '-'))
            .toList();
    for (String link : find("\\]\\(([^)]*)\\)", text)) {
      if (link.startsWith("#")) {
        assertThat(anchors).contains(link);
      } else {
        assertThat(GUIDE.resolveSibling(link)).exists();
      }
    }
    assertThat(Files.readString(ROOT.resolve("README.md"))).contains("(docs/write-a-backend.md)");
  }
}
