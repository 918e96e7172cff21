package org.pmf4j.testkit.checking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.pmf4j.api.tensor.Named;

/**
 * The traces of one program by signature, which is the inputs' names, types and shapes. The names
 * of the inputs may differ from run to run, as an optional mask does; those of the outputs may
 * depend on them alone.
 */
final class Traces {
  /** So many of the signatures last used are remembered. */
  private static final int KEPT = 64;

  private final Map<Named<Form>, Trace> bySignature =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Entry<Named<Form>, Trace> eldest) {
          return size() > KEPT;
        }
      };

  private final Map<Set<String>, List<String>> outputNames = new HashMap<>();

  /** What was done with these very inputs, or null. */
  synchronized Trace get(Named<Form> signature) {
    return bySignature.get(signature);
  }

  /** What was done with inputs that may be these, or null. */
  synchronized Trace matching(Named<Form> inputs) {
    Trace exact = bySignature.get(inputs);
    if (exact != null) {
      return exact;
    }
    return bySignature.entrySet().stream()
        .filter(e -> matches(e.getKey(), inputs))
        .map(Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static boolean matches(Named<Form> traced, Named<Form> inputs) {
    return traced.names().equals(inputs.names())
        && traced.asMap().entrySet().stream()
            .allMatch(e -> e.getValue().matches(inputs.get(e.getKey())));
  }

  /**
   * Remembers a trace.
   *
   * @return the names that outputs have had with inputs of these names
   */
  synchronized List<String> put(Named<Form> signature, Trace trace) {
    bySignature.put(signature, trace);
    List<String> names = new ArrayList<>(trace.outputs().keySet());
    return outputNames.computeIfAbsent(Set.copyOf(signature.names()), inputs -> names);
  }
}
