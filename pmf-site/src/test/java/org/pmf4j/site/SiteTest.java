package org.pmf4j.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The site")
class SiteTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  /** A repository of a few documents. */
  private Path repository(String readme, String guide) throws IOException {
    Path root = Files.createDirectories(folder.resolve("repository/docs")).getParent();
    Files.writeString(root.resolve("README.md"), readme);
    Files.writeString(root.resolve("docs/guide.md"), guide);
    Files.writeString(root.resolve("CHANGELOG.md"), "# Changes\n");
    Files.writeString(root.resolve("CONTRIBUTING.md"), "# Contributing\n");
    Files.writeString(root.resolve("LICENSE"), "free");
    Files.writeString(root.resolve("NOTICE"), "notice");
    return root;
  }

  private String page(String readme, String guide, String name) throws IOException {
    Site.of(repository(readme, guide)).write(folder.resolve("site"), null);
    return Files.readString(folder.resolve("site").resolve(name));
  }

  private List<String> broken() throws IOException {
    return new LinkCheck().broken(folder.resolve("site"));
  }

  @Test
  @DisplayName("has a page for each document, whose links all lead somewhere in it")
  void ofThisRepository() throws IOException {
    Path site = folder.resolve("site");
    Site.of(ROOT).write(site, null);
    LinkCheck check = new LinkCheck();
    assertThat(check.broken(site)).isEmpty();
    assertThat(check.followed()).isGreaterThan(1000);
    try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
      assertThat(documents.filter(file -> file.toString().endsWith(".md")))
          .allSatisfy(
              file -> {
                String name = file.getFileName().toString().replace(".md", ".html");
                assertThat(site.resolve("docs").resolve(name)).exists();
              });
    }
  }

  @Test
  @DisplayName("needs nothing from elsewhere: no script, style, font or picture")
  void nothingFromElsewhere() throws IOException {
    Path site = folder.resolve("site");
    Site.of(ROOT).write(site, null);
    try (Stream<Path> pages = Files.walk(site)) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".html")).toList()) {
        String text = Files.readString(page);
        assertThat(text).doesNotContain("<script", "<iframe").doesNotContain(" src=\"http");
        assertThat(text).doesNotContainPattern("<link[^>]* href=\"http");
      }
    }
    assertThat(site.resolve("site.css")).content().doesNotContain("http", "@import");
  }

  @Test
  @DisplayName("turns links between documents into links between pages")
  void links() throws IOException {
    String readme = "# Home\n[guide](docs/guide.md#a-b), [licence](LICENSE), [web](https://x.org)";
    String guide = "# Guide\n## A, b!\n[home](../README.md), [below](#a-b)";
    assertThat(page(readme, guide, "index.html"))
        .contains("<a href=\"docs/guide.html#a-b\">guide</a>")
        .contains("<a href=\"LICENSE.txt\">licence</a>")
        .contains("<a href=\"https://x.org\">web</a>");
    assertThat(page(readme, guide, "docs/guide.html"))
        .contains("<a href=\"../index.html\">home</a>")
        .contains("href=\"../site.css\"")
        .contains("<h2 id=\"a-b\">");
    assertThat(broken()).isEmpty();
  }

  @Test
  @DisplayName("keeps the words of a link to a file that it does not have")
  void filesOfTheRepository() throws IOException {
    assertThat(page("# Home\nSee [the *code*](pom.xml).", "# Guide", "index.html"))
        .contains("<p>See the <em>code</em>.</p>");
  }

  @Test
  @DisplayName("tells of each link that leads nowhere")
  void linksThatLeadNowhere() throws IOException {
    Site.of(repository("# Home\n[there](docs/guide.md#none)", "# Guide\n[away](#gone)"))
        .write(folder.resolve("site"), null);
    Files.delete(folder.resolve("site/CHANGELOG.html"));
    assertThat(broken())
        .contains(
            "docs/guide.html: #gone",
            "docs/guide.html: ../CHANGELOG.html",
            "index.html: docs/guide.html#none",
            "index.html: CHANGELOG.html");
  }

  @Test
  @DisplayName("links to Javadoc where it has it, from every page")
  void javadoc() throws IOException {
    Path javadoc = Files.createDirectories(folder.resolve("javadoc/org"));
    Files.writeString(javadoc.resolveSibling("index.html"), "<a href=\"org/A.html#%3Cinit%3E()\">");
    Files.writeString(javadoc.resolve("A.html"), "<section id=\"&lt;init&gt;()\">");
    Site.of(repository("# Home", "# Guide"))
        .write(folder.resolve("site"), folder.resolve("javadoc"));
    assertThat(folder.resolve("site/docs/guide.html")).content().contains("../api/index.html");
    assertThat(broken()).isEmpty();
  }

  @Test
  @DisplayName("shows markup that a document quotes, and has none that it hides")
  void markup() throws IOException {
    assertThat(page("# A <b> & c\n<script>x</script>\n\n`<i>`", "# Guide", "index.html"))
        .contains("<title>A &lt;b&gt; &amp; c</title>")
        .contains("<code>&lt;i&gt;</code>")
        .doesNotContain("<script");
  }

  @Test
  @DisplayName("has no document without a title")
  void withoutTitle() {
    assertThatThrownBy(() -> Site.of(repository("words", "# Guide")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("title");
  }
}
