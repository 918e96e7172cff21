package org.pmf4j.site;

import java.nio.file.Path;

/**
 * A document of the repository and its page. Immutable, so that any number of threads may share it.
 *
 * @param source from the root of the repository
 * @param page from the root of the site
 * @param title its first heading
 */
record Document(Path source, Path page, String title) {
  private static final Path HOME = Path.of("README.md");

  /** The page of a document: that of the README is where a site begins. */
  static Document of(Path source, String title) {
    String name = source.getFileName().toString();
    String page =
        source.equals(HOME) ? "index.html" : name.substring(0, name.length() - 3) + ".html";
    return new Document(source, source.resolveSibling(page), title);
  }

  /** True for the one that a site begins with. */
  boolean isHome() {
    return source.equals(HOME);
  }

  /** The address of another page or file of the site, seen from this page. */
  String to(Path other) {
    Path here = page.getParent() == null ? Path.of("") : page.getParent();
    return here.relativize(other).toString().replace('\\', '/');
  }
}
