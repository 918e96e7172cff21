package org.pmf4j.core.look;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.pmf4j.api.modality.Measure;

/** What the cells of one column come to. For one thread at a time. */
final class ColumnTally {
  private static final int FREQUENT = 10;

  private final String name;
  private final Role role;
  private final ValueTally values = new ValueTally();
  private final NumberTally numbers = new NumberTally();

  /** By name and unit. */
  private final Map<List<String>, NumberTally> measures = new LinkedHashMap<>();

  private long missing;

  ColumnTally(String name, Role role) {
    this.name = name;
    this.role = role;
  }

  String name() {
    return name;
  }

  Role role() {
    return role;
  }

  /** Adds rows that came before the column did. */
  void missing(long rows) {
    missing += rows;
  }

  void add(Looked looked) {
    if (looked.cell().isBlank()) {
      missing++;
      return;
    }
    if (role.kind() != Kind.FILE) {
      values.add(looked.content());
    }
    if (role.kind() == Kind.NUMBER) {
      Values.number(looked.content()).ifPresent(numbers::add);
    }
    for (Measure m : looked.measures()) {
      measures.computeIfAbsent(List.of(m.name(), m.unit()), k -> new NumberTally()).add(m.value());
    }
  }

  Look.Column column() {
    List<Numbers> found = new ArrayList<>();
    numbers.numbers("", "").ifPresent(found::add);
    measures.forEach((m, tally) -> tally.numbers(m.get(0), m.get(1)).ifPresent(found::add));
    boolean counted = role.kind() != Kind.FILE && !values.full();
    boolean shown = role.kind() != Kind.NUMBER && role.kind() != Kind.IDENTIFIER;
    return new Look.Column(
        name,
        role,
        missing,
        counted ? OptionalInt.of(values.different()) : OptionalInt.empty(),
        shown ? values.frequent(FREQUENT) : List.of(),
        found);
  }
}
