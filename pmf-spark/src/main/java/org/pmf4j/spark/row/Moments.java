package org.pmf4j.spark.row;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Dates and moments as texts: as tables in Parquet have them. */
final class Moments {
  private static final DateTimeFormatter SECONDS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private Moments() {}

  /**
   * A text.
   *
   * @param value a date or a moment, of either of Java's libraries: Spark gives the one that its
   *     session chooses
   */
  static String text(Object value) {
    if (value instanceof Timestamp old) {
      return utc(old.toInstant());
    }
    if (value instanceof Instant instant) {
      return utc(instant);
    }
    if (value instanceof LocalDateTime local) {
      return SECONDS.format(local);
    }
    return value instanceof Date old ? old.toLocalDate().toString() : String.valueOf(value);
  }

  private static String utc(Instant instant) {
    return SECONDS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }
}
