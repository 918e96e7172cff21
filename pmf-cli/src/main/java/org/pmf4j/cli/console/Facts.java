package org.pmf4j.cli.console;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.Quote;

/** Names, and what is to be said of them, below each other. For one thread at a time. */
public final class Facts {
  private final Map<String, String> facts = new LinkedHashMap<>();

  /**
   * Adds a fact.
   *
   * @param value of one line or several
   */
  public void add(String name, String value) {
    facts.put(name, value);
  }

  /** Prints them. */
  public void print(PrintStream out) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    facts.forEach(
        (name, value) -> {
          List<String> lines = value.lines().map(Quote::plain).toList();
          out.println(name + " ".repeat(width - name.length()) + lines.get(0));
          lines.stream().skip(1).forEach(line -> out.println(" ".repeat(width) + line));
        });
  }
}
