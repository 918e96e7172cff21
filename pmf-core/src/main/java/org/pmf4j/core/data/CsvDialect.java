package org.pmf4j.core.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;

/**
 * How CSV is written. Nothing of it is guessed: what seems to be written otherwise is refused, and
 * the message names the setting. Immutable, so that any number of threads may share it.
 *
 * @param values of {@link #ALL}
 */
public record CsvDialect(Settings values) {
  /** What stands between cells. */
  public static final Setting<Delimiter> DELIMITER =
      Setting.choice(
          "delimiter",
          Delimiter.AUTO,
          "comma, semicolon, tab or pipe; auto is a tab in .tsv and .tab, else a comma");

  /** What stands around cells that contain delimiters. */
  public static final Setting<Quotes> QUOTE =
      Setting.choice("quote", Quotes.DOUBLE, "quotes around cells: double, single or none");

  /** How characters are written. */
  public static final Setting<String> ENCODING =
      Setting.word(
          "encoding",
          "utf-8",
          List.of("utf-8", "utf-16", "windows-1252", "iso-8859-1"),
          "of the characters; utf-16 begins with a byte order mark");

  /** Whether the first row names the columns. */
  public static final Setting<Boolean> HEADER =
      Setting.truth("header", true, "false where the columns have no names but numbers from 1 on");

  /** All of them, in the order in which they are listed. */
  public static final List<Setting<?>> ALL = List.of(DELIMITER, QUOTE, ENCODING, HEADER);

  /** As RFC 4180 has it, in UTF-8. */
  public static final CsvDialect DEFAULT = new CsvDialect(Settings.defaults("--csv", ALL));

  /** What stands between cells. */
  public enum Delimiter {
    /** By the file's name. */
    AUTO(','),
    /** As in most files. */
    COMMA(','),
    /** Where a comma is the mark of decimals. */
    SEMICOLON(';'),
    /** As in {@code .tsv}. */
    TAB('\t'),
    /** As databases write it. */
    PIPE('|');

    private final char mark;

    Delimiter(char mark) {
      this.mark = mark;
    }
  }

  /** What stands around cells. */
  public enum Quotes {
    /** {@code "}. */
    DOUBLE('"'),
    /** {@code '}. */
    SINGLE('\''),
    /** Nothing: no cell contains a delimiter or a line break. */
    NONE(null);

    private final Character mark;

    Quotes(Character mark) {
      this.mark = mark;
    }
  }

  /**
   * The defaults, with some changed.
   *
   * @param changes by setting
   * @throws org.pmf4j.api.error.PmfException for an unknown setting or value
   */
  public static CsvDialect of(Map<String, ?> changes) {
    return new CsvDialect(DEFAULT.values.with(changes));
  }

  /** What stands between the cells of a file. */
  char delimiter(String fileName) {
    Delimiter chosen = values.get(DELIMITER);
    boolean tabs = fileName.endsWith(".tsv") || fileName.endsWith(".tab");
    return chosen == Delimiter.AUTO && tabs ? '\t' : chosen.mark;
  }

  /** What stands around cells; null for nothing. */
  Character quote() {
    return values.get(QUOTE).mark;
  }

  /** How characters are written. */
  Charset charset() {
    String name = values.get(ENCODING);
    return name.equals("utf-8") ? StandardCharsets.UTF_8 : Charset.forName(name);
  }

  /** Whether the first row names the columns. */
  boolean header() {
    return values.get(HEADER);
  }

  /** The setting of a delimiter that seems to be used, as an option; empty for any other. */
  static Optional<String> option(String mark) {
    for (Delimiter d : Delimiter.values()) {
      if (d != Delimiter.AUTO && mark.equals(String.valueOf(d.mark))) {
        return Optional.of("--csv " + DELIMITER.name() + "=" + DELIMITER.kind().plain(d));
      }
    }
    return Optional.empty();
  }
}
