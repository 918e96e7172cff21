package org.pmf4j.serve.web;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the names of folders out of messages: of a path, its last name is left. Immutable, so that
 * any number of threads may share it.
 */
public final class FolderNames {
  /** An absolute path without spaces, of Unix or of Windows. */
  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(?<![\\w./\\\\:])(?:[A-Za-z]:\\\\|/)(?:[^\\s:;,'\"/\\\\]+[/\\\\])+([^\\s:;,'\"/\\\\]+)");

  private final List<String> known;

  /**
   * Hides folders.
   *
   * @param known those that may have spaces in their names
   */
  public FolderNames(List<Path> known) {
    this.known =
        known.stream()
            .flatMap(p -> List.of(p.toString(), p.toAbsolutePath().normalize().toString()).stream())
            .filter(text -> text.length() > 1)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** A message without them. */
  public String hide(String message) {
    String text = message;
    for (String folder : known) {
      text = text.replace(folder + "/", "").replace(folder + "\\", "");
    }
    return ABSOLUTE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
  }
}
