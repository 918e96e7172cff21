package org.pmf4j.modalities.tabular;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * A column and what becomes of its cells: features, each of which is one token of the encoder.
 * Immutable, so that any number of threads may share it.
 */
sealed interface Column {
  /** What the table calls it. */
  String name();

  /** How many numbers it gives. */
  int numbers();

  /** How many ids each of its categories has. */
  List<Integer> cardinalities();

  /** The ids that its categories have where a cell is blank. */
  List<Integer> missing();

  /**
   * Adds the features of a cell.
   *
   * @param cell empty where the row lacks it
   * @throws PmfException naming column and cell, if it cannot be one of this column
   */
  void read(Optional<String> cell, Features features);

  /** What preprocessor_config.json has of it. */
  Map<String, Object> toJson();

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws PmfException naming the key that is wrong
   */
  static Column read(EncoderConfig json) {
    String name = json.text("name", "");
    if (name.isEmpty()) {
      throw json.wrong("name", "a column's name", json.values().get("name"));
    }
    String kind = json.text("kind", "");
    return switch (kind) {
      case Numbers.KIND -> new Numbers(name, Scaling.read(json));
      case Categories.KIND -> new Categories(name, Categories.values(json));
      case Dates.KIND -> new Dates(name, Scaling.read(json));
      default -> throw json.wrong("kind", "number, category or date", kind);
    };
  }

  private static Map<String, Object> json(String name, String kind, Map<String, Object> rest) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("kind", kind);
    json.putAll(rest);
    return json;
  }

  private static PmfException wrong(String column, String cell, String wanted) {
    return PmfException.input(
        "column "
            + Quote.name(column)
            + ": "
            + Quote.value(cell)
            + " is "
            + wanted
            + "; leave the cell blank where there is none");
  }

  /**
   * Numbers, in decimal notation with a point.
   *
   * @param scaling to a common scale
   */
  record Numbers(String name, Scaling scaling) implements Column {
    static final String KIND = "number";
    private static final Pattern NUMBER =
        Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    /** The number that a cell says, if it is one. */
    static Optional<Double> parse(String cell) {
      String text = cell.strip();
      if (text.length() > 400 || !NUMBER.matcher(text).matches()) {
        return Optional.empty();
      }
      return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
    }

    @Override
    public int numbers() {
      return 1;
    }

    @Override
    public List<Integer> cardinalities() {
      return List.of();
    }

    @Override
    public List<Integer> missing() {
      return List.of();
    }

    @Override
    public void read(Optional<String> cell, Features features) {
      features.number(
          cell.map(
              text ->
                  scaling.apply(parse(text).orElseThrow(() -> wrong(name, text, "no number")))));
    }

    @Override
    public Map<String, Object> toJson() {
      return json(name, KIND, scaling.toJson());
    }
  }

  /**
   * One of some values. Id 0 is a value that training did not know, 1 a cell that is blank.
   *
   * @param ids of the known values, from 2 on
   */
  record Categories(String name, Map<String, Integer> ids) implements Column {
    static final String KIND = "category";
    private static final String VALUES = "values";
    private static final int UNKNOWN = 0;
    private static final int MISSING = 1;
    private static final int FIRST = 2;

    Categories(String name, List<String> values) {
      this(name, numbered(values));
    }

    private static Map<String, Integer> numbered(List<String> values) {
      Map<String, Integer> ids = new LinkedHashMap<>();
      values.forEach(value -> ids.put(value, FIRST + ids.size()));
      return ids;
    }

    private static List<String> values(EncoderConfig json) {
      if (json.values().get(VALUES) instanceof List<?> list
          && list.stream().allMatch(String.class::isInstance)
          && list.stream().distinct().count() == list.size()) {
        return list.stream().map(String.class::cast).toList();
      }
      throw json.wrong(VALUES, "a list of different texts", json.values().get(VALUES));
    }

    @Override
    public int numbers() {
      return 0;
    }

    @Override
    public List<Integer> cardinalities() {
      return List.of(FIRST + ids.size());
    }

    @Override
    public List<Integer> missing() {
      return List.of(MISSING);
    }

    @Override
    public void read(Optional<String> cell, Features features) {
      int id = cell.map(text -> ids.getOrDefault(text.strip(), UNKNOWN)).orElse(MISSING);
      features.category(id, FIRST + ids.size());
    }

    @Override
    public Map<String, Object> toJson() {
      return json(name, KIND, Map.of(VALUES, List.copyOf(ids.keySet())));
    }
  }

  /**
   * Days or moments as ISO 8601 writes them: the days since 1970 as a number, month and day of the
   * week as categories.
   *
   * @param scaling of the days
   */
  record Dates(String name, Scaling scaling) implements Column {
    static final String KIND = "date";
    private static final double DAY = 24 * 60 * 60;
    private static final int MISSING = 0;
    private static final int MONTHS = 13;
    private static final int WEEKDAYS = 8;

    /** The moment that a cell says, if it is one. */
    static Optional<LocalDateTime> parse(String cell) {
      String text = cell.strip().replaceFirst("(?<=^\\d{4}-\\d\\d-\\d\\d) (?=\\d)", "T");
      if (text.length() < 10 || text.length() > 40 || text.charAt(4) != '-') {
        return Optional.empty();
      }
      try {
        if (text.length() == 10) {
          return Optional.of(LocalDate.parse(text).atStartOfDay());
        }
        boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
        return Optional.of(
            zoned
                ? OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : LocalDateTime.parse(text));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    /** Days since 1970. */
    static double days(LocalDateTime moment) {
      return moment.toEpochSecond(ZoneOffset.UTC) / DAY;
    }

    @Override
    public int numbers() {
      return 1;
    }

    @Override
    public List<Integer> cardinalities() {
      return List.of(MONTHS, WEEKDAYS);
    }

    @Override
    public List<Integer> missing() {
      return List.of(MISSING, MISSING);
    }

    @Override
    public void read(Optional<String> cell, Features features) {
      Optional<LocalDateTime> moment =
          cell.map(
              text ->
                  parse(text).orElseThrow(() -> wrong(name, text, "no date such as 2026-05-31")));
      features.number(moment.map(m -> scaling.apply(days(m))));
      features.category(moment.map(LocalDateTime::getMonthValue).orElse(MISSING), MONTHS);
      features.category(moment.map(m -> m.getDayOfWeek().getValue()).orElse(MISSING), WEEKDAYS);
    }

    @Override
    public Map<String, Object> toJson() {
      return json(name, KIND, scaling.toJson());
    }
  }
}
