package org.pmf4j.core.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.pipeline.Prefetch;
import org.pmf4j.core.progress.Progress;

/** Looks at every file that rows name, once, on several threads, as far as its header tells. */
final class SourceChecks {
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
            new Prefetch<>(0, sources.size(), i -> SourceFault.of(sources.get(i), modality));
        Progress.Bar bar = progress.begin("check " + column, sources.size(), "files")) {
      for (Source source : sources) {
        ahead.take().ifPresent(fault -> faults.put(source, fault));
        bar.advance(1, "");
      }
    }
    return faults;
  }
}
