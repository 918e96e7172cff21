package org.pmf4j.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.pipeline.Prefetch;
import org.pmf4j.core.progress.Progress;

/** Looks at every file that rows name, once, on several threads, as far as its header tells. */
final class SourceChecks {
  /** What tools write where there is nothing. */
  private static final Set<String> SPELLINGS =
      Set.of("nan", "none", "null", "na", "n/a", "<na>", "nat", "nil", "-", "?");

  private SourceChecks() {}

  /**
   * Checks rows.
   *
   * @param columns by encoder, the modality of its sources
   * @param problems gets place and reason of each cell whose source cannot be used
   */
  static void run(
      List<Example> examples, Map<String, Modality> columns, Progress progress, Problems problems) {
    Map<String, Map<Source, String>> found = new HashMap<>();
    for (Map.Entry<String, Modality> column : columns.entrySet()) {
      found.put(column.getKey(), faults(examples, column.getKey(), column.getValue(), progress));
    }
    for (Example example : examples) {
      for (String column : columns.keySet()) {
        String fault = example.source(column).map(s -> found.get(column).get(s)).orElse(null);
        if (fault != null) {
          problems.add(example.cell(column) + ": " + fault);
        }
      }
    }
  }

  private static Map<Source, String> faults(
      List<Example> examples, String column, Modality modality, Progress progress) {
    Set<Source> distinct = new LinkedHashSet<>();
    examples.forEach(
        e -> e.source(column).filter(s -> !(s instanceof Source.Text)).ifPresent(distinct::add));
    List<Source> sources = new ArrayList<>(distinct);
    Map<Source, String> faults = new HashMap<>();
    try (Prefetch<Optional<String>> ahead =
            new Prefetch<>(0, sources.size(), i -> fault(sources.get(i), modality));
        Progress.Bar bar = progress.begin("check " + column, sources.size(), "files")) {
      for (Source source : sources) {
        ahead.take().ifPresent(fault -> faults.put(source, fault));
        bar.advance(1, "");
      }
    }
    return faults;
  }

  private static Optional<String> fault(Source source, Modality modality) {
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
