package org.pmf4j.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;

/**
 * Tells why a source cannot be used: there is no such file, or it is none of its modality. Has no
 * state: any thread may call it.
 */
public final class SourceFault {
  /** What tools write where there is nothing. */
  private static final Set<String> SPELLINGS =
      Set.of("nan", "none", "null", "na", "n/a", "<na>", "nat", "nil", "-", "?");

  private SourceFault() {}

  /**
   * What is wrong with a source, as far as its header tells.
   *
   * @return empty where nothing is
   */
  public static Optional<String> of(Source source, Modality modality) {
    if (source instanceof Source.File file) {
      Optional<String> fault = fault(file.path(), modality.takesFolders());
      if (fault.isPresent()) {
        return fault;
      }
    }
    try {
      modality.check(source instanceof Source.Stored kept ? kept.read() : source);
      return Optional.empty();
    } catch (PmfException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Optional<String> fault(Path path, boolean mayBeFolder) {
    boolean folder = Files.isDirectory(path);
    if (Files.isRegularFile(path) || folder && mayBeFolder) {
      return Files.isReadable(path)
          ? Optional.empty()
          : Optional.of(path + ": no permission to read it");
    }
    if (folder) {
      return Optional.of(path + ": it is a folder");
    }
    if (Files.exists(path)) {
      return Optional.of(path + ": it is no regular file");
    }
    return Optional.of(path + ": there is no such file" + hint(path));
  }

  private static String hint(Path path) {
    String text = path.toString();
    String name = String.valueOf(path.getFileName());
    if (SPELLINGS.contains(name.toLowerCase(Locale.ROOT))) {
      return " (if " + Quote.value(name) + " means that there is none, leave the cell blank)";
    }
    if (text.contains("http:/") || text.contains("https:/") || text.contains("s3:/")) {
      return " (nothing is fetched from the network; download it and name the file)";
    }
    return path.getFileSystem().getSeparator().equals("/") && text.contains("\\")
        ? " (folders are separated by / here)"
        : "";
  }
}
