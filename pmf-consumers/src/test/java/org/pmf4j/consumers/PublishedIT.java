package org.pmf4j.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

@DisplayName("What is published")
class PublishedIT {

  static List<Published> all() {
    return Published.all();
  }

  static List<Published> jars() {
    return all().stream().filter(artifact -> artifact.jar().isPresent()).toList();
  }

  @ParameterizedTest(name = "{0}: its POM is whole by itself")
  @MethodSource("all")
  void poms(Published artifact) throws Exception {
    String text = Files.readString(artifact.pom());
    assertThat(text)
        .doesNotContain("${", "<profile", "<parent>", "<build>", "<repositories>", "<scope>test");
    Document pom = document(artifact);
    assertThat(found(pom, "/project/artifactId")).containsExactly(artifact.name());
    assertThat(found(pom, "/project/version")).containsExactly(Build.VERSION);
    assertThat(found(pom, "/project/name")).hasSize(1);
    assertThat(found(pom, "/project/description")).hasSize(1);
    assertThat(found(pom, "/project/licenses/license/name")).hasSize(1);
    List<String> dependencies = found(pom, "/project/dependencies/dependency/artifactId");
    assertThat(found(pom, "/project/dependencies/dependency/version")).hasSameSizeAs(dependencies);
  }

  @Test
  @DisplayName("stands in the BOM, all of it")
  void bom() throws Exception {
    Published bom =
        all().stream().filter(a -> a.name().equals("pmf-bom")).findFirst().orElseThrow();
    List<String> managed =
        found(
            document(bom),
            "/project/dependencyManagement/dependencies/dependency[groupId='org.pmf4j']/artifactId");
    assertThat(managed)
        .containsExactlyInAnyOrderElementsOf(
            all().stream().map(Published::name).filter(n -> !n.equals("pmf-bom")).toList());
  }

  @Test
  @DisplayName("has each package in one jar, whose module is named after them")
  void packages() throws IOException {
    Map<String, String> owners = new LinkedHashMap<>();
    assertThat(jars()).hasSizeGreaterThan(10);
    for (Published artifact : jars().stream().filter(PublishedIT::isOurs).toList()) {
      try (JarFile jar = new JarFile(artifact.jar().orElseThrow().toFile())) {
        String module = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
        assertThat(module).as(artifact.name()).matches("org\\.pmf4j\\.[a-z]+");
        Set<String> packages = packages(jar);
        assertThat(packages).isNotEmpty().allMatch(p -> (p + ".").startsWith(module + "."));
        for (String each : packages) {
          assertThat(owners.put(each, artifact.name())).as(each).isNull();
        }
      }
    }
  }

  /** Those of engines hold what their makers have built. */
  private static boolean isOurs(Published artifact) {
    return !artifact.name().startsWith("pmf-natives-");
  }

  private static Set<String> packages(JarFile jar) {
    return jar.stream()
        .map(entry -> entry.getName())
        .filter(name -> name.endsWith(".class"))
        .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
        .collect(Collectors.toSet());
  }

  private static Document document(Published artifact) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(artifact.pom().toFile());
  }

  private static List<String> found(Document pom, String path) throws Exception {
    NodeList nodes =
        (NodeList)
            XPathFactory.newDefaultInstance()
                .newXPath()
                .evaluate(path, pom, XPathConstants.NODESET);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }
}
