package org.pmf4j.testkit.checking;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What of a backend is open and running, and where violations are reported. */
final class Ledger {
  private static final int SHOWN = 10;

  private final String backend;
  private final Consumer<ContractViolation> violations;
  private final Set<Resource> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong made = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();
  private volatile Site closed;

  Ledger(String backend, Consumer<ContractViolation> violations) {
    this.backend = backend;
    this.violations = violations;
  }

  /** Reports a violation; returns where the reports are let pass. */
  void report(String message) {
    violations.accept(new ContractViolation(message));
  }

  /** Reports what does not hold. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  void require(boolean holds, String message, Object... details) {
    if (!holds) {
      report(String.format(Locale.ROOT, message, details));
    }
  }

  /** Something was made that its receiver closes. */
  Resource opened(String what) {
    Resource resource = new Resource(made.incrementAndGet(), what);
    open.add(resource);
    return resource;
  }

  /**
   * Something is closed.
   *
   * @return false if it was closed before
   */
  boolean closed(Resource resource) {
    if (!resource.close()) {
      return false;
    }
    open.remove(resource);
    if (closed != null) {
      report("closed after its backend: " + resource + "; the backend was closed at " + closed);
    }
    return true;
  }

  /** As the API says: what a closed backend is asked for is refused. */
  void requireOpen() {
    if (closed != null) {
      throw new IllegalStateException("backend '" + backend + "' is closed, closed at " + closed);
    }
  }

  /** Reports what only code outside programs may do: a body has no side effects. */
  void requireOutsideOfBodies(String doing) {
    Recording body = Recording.current(this);
    require(body == null, "%s inside the body of %s: a body has no side effects", doing, body);
  }

  void runBegins() {
    running.incrementAndGet();
  }

  void runEnds() {
    running.decrementAndGet();
  }

  /** The backend is closed, the first time; reports what is still running or open. */
  synchronized void close(Runnable delegate) {
    if (closed != null) {
      return;
    }
    require(running.get() == 0, "backend '%s' is closed while a program runs", backend);
    closed = Site.here();
    try {
      require(open.isEmpty(), "backend '%s' is closed with these still open:%s", backend, list());
    } finally {
      delegate.run();
    }
  }

  private String list() {
    List<String> each =
        open.stream()
            .sorted(Comparator.comparingLong(Resource::number))
            .map(Resource::toString)
            .toList();
    Map<String, Integer> grouped = new LinkedHashMap<>();
    each.forEach(line -> grouped.merge(line, 1, Integer::sum));
    String shown =
        grouped.entrySet().stream()
            .limit(SHOWN)
            .map(e -> "\n  " + (e.getValue() == 1 ? "" : e.getValue() + " times ") + e.getKey())
            .collect(Collectors.joining());
    int more = grouped.size() - SHOWN;
    return more > 0 ? shown + "\n  and more, from " + more + " other places" : shown;
  }
}
