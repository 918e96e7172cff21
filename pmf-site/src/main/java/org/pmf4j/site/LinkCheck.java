package org.pmf4j.site;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Follows the links of all pages of a folder to files and anchors in it. Addresses elsewhere are
 * not asked for. For one thread at a time.
 */
final class LinkCheck {
  private static final Pattern LINK = Pattern.compile("\\s(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ANCHOR = Pattern.compile("\\s(?:id|name)=\"([^\"]*)\"");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-zA-Z][a-zA-Z+.-]*:.*");

  private final Map<Path, Set<String>> anchors = new HashMap<>();
  private int followed;

  /** How many links were followed. */
  int followed() {
    return followed;
  }

  /**
   * Looks at all pages.
   *
   * @return a line for each link that leads nowhere
   * @throws IOException if a page cannot be read
   */
  List<String> broken(Path folder) throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.walk(folder)) {
      pages = files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      Matcher links = LINK.matcher(Files.readString(page));
      while (links.find()) {
        String link = links.group(1).replace("&amp;", "&");
        boolean inside = !ELSEWHERE.matcher(link).matches() && !isForgotten(page, link);
        if (inside && !leadsSomewhere(page, link)) {
          broken.add(folder.relativize(page) + ": " + link);
        }
      }
    }
    return broken;
  }

  /** Javadoc of Java 17 lists the contents of this page by anchors that it does not write. */
  private static boolean isForgotten(Path page, String link) {
    return page.endsWith(Path.of("api", "constant-values.html")) && link.startsWith("#");
  }

  private boolean leadsSomewhere(Path page, String link) throws IOException {
    followed++;
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(decoded(parts[0])).normalize();
    if (!Files.isRegularFile(target)) {
      return false;
    }
    return parts.length < 2 || parts[1].isEmpty() || anchors(target).contains(decoded(parts[1]));
  }

  private Set<String> anchors(Path page) throws IOException {
    Set<String> known = anchors.get(page);
    if (known == null) {
      known = new HashSet<>();
      Matcher ids = ANCHOR.matcher(Files.readString(page));
      while (ids.find()) {
        known.add(ids.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
      }
      anchors.put(page, known);
    }
    return known;
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
