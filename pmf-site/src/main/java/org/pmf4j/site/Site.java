package org.pmf4j.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All documents of a repository as pages: those beside the README, and those in {@code docs}.
 * Immutable, so that any number of threads may share it.
 *
 * @param root of the repository
 * @param documents by their place in it, the README first
 */
record Site(Path root, Map<Path, Document> documents) {
  private static final List<String> AT_ROOT =
      List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md");
  private static final List<String> AS_THEY_ARE = List.of("LICENSE", "NOTICE");
  private static final String STYLE = "site.css";
  private static final String JAVADOC = "api";

  /**
   * Finds the documents.
   *
   * @throws IOException if one cannot be read
   */
  static Site of(Path root) throws IOException {
    List<Path> sources = new ArrayList<>(AT_ROOT.stream().map(Path::of).toList());
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(root::relativize)
          .forEach(sources::add);
    }
    Map<Path, Document> documents = new LinkedHashMap<>();
    for (Path source : sources) {
      String title = Markdown.title(Files.readString(root.resolve(source)));
      documents.put(source, Document.of(source, title));
    }
    return new Site(root, documents);
  }

  /**
   * Writes the pages.
   *
   * @param folder that they go to; files of these names are replaced
   * @param javadoc a folder to put beside them; null for none
   * @throws IOException if something cannot be read or written
   */
  void write(Path folder, Path javadoc) throws IOException {
    Files.createDirectories(folder);
    try (InputStream style = Site.class.getResourceAsStream("/site/" + STYLE)) {
      Files.write(folder.resolve(STYLE), style.readAllBytes());
    }
    for (String name : AS_THEY_ARE) {
      Files.write(folder.resolve(name + ".txt"), Files.readAllBytes(root.resolve(name)));
    }
    Path api = javadoc == null ? null : Path.of(JAVADOC, "index.html");
    for (Document document : documents.values()) {
      Path file = folder.resolve(document.page());
      Files.createDirectories(file.getParent());
      String body =
          Markdown.html(
              Files.readString(root.resolve(document.source())), link -> link(document, link));
      Files.writeString(
          file, new PageFrame(Path.of(STYLE), api, documents.values()).around(document, body));
    }
    if (javadoc != null) {
      copy(javadoc, folder.resolve(JAVADOC));
    }
  }

  /**
   * Where a link of a document leads in the site.
   *
   * @return null where it leads to a file of the repository that the site does not have
   */
  private String link(Document from, String link) {
    if (link.contains(":") || link.startsWith("#")) {
      return link;
    }
    String[] parts = link.split("#", 2);
    Path source = from.source().resolveSibling(parts[0]).normalize();
    String anchor = parts.length == 2 ? "#" + parts[1] : "";
    Document to = documents.get(source);
    if (to != null) {
      return from.to(to.page()) + anchor;
    }
    return AS_THEY_ARE.contains(source.toString()) ? from.to(Path.of(source + ".txt")) : null;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(file));
      }
    }
  }
}
