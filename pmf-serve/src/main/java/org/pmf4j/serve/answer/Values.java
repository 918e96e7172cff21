package org.pmf4j.serve.answer;

import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.json.Json;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.pool.PoolModel;
import org.pmf4j.serve.web.Call;
import org.pmf4j.serve.web.Problem;

/**
 * Makes sources of what requests have: texts, base64, bytes, files that may be named, rows. Has no
 * state that changes: several threads may use it at once.
 */
public final class Values {
  private static final Path NOWHERE = Path.of("");
  private static final String BASE64 = ";base64,";

  private final InputLimits limits;
  private final Optional<AllowedFolder> files;

  /**
   * Reads values.
   *
   * @param files a folder whose files requests may name, if there is one
   */
  public Values(InputLimits limits, Optional<Path> files) {
    this.limits = limits;
    this.files = files.map(AllowedFolder::new);
  }

  /** True if its values are texts. */
  static boolean isText(Modality kind) {
    return kind.parse("a", NOWHERE) instanceof Source.Text;
  }

  /** True if its values are cells of several columns. */
  static boolean isRow(PoolModel model, String modality) {
    return model.config().columns().named().containsKey(modality)
        && model.modalities().get(modality).readsRows();
  }

  /**
   * A value that JSON has: a text, base64 in a text or in {@code {"base64": ...}}, {@code {"path":
   * ...}}, {@code {"part": ...}}, or the cells of a row.
   *
   * @param place which record's, for messages
   * @param parts gives the bytes of a part of the form by its name
   * @return empty where there is nothing
   * @throws Problem if it is none of these
   */
  Optional<Source> ofJson(
      PoolModel model,
      String modality,
      String place,
      Object value,
      Function<String, byte[]> parts) {
    if (value == null || value instanceof String text && text.isBlank()) {
      return Optional.empty();
    }
    boolean row = isRow(model, modality);
    if (value instanceof Map<?, ?> object && !row) {
      return ofObject(model, modality, place, object, parts);
    }
    if (value instanceof String text) {
      return Optional.of(ofText(model, modality, place, text));
    }
    if (row && value instanceof Map<?, ?> cells) {
      return Optional.of(row(model, modality, place, cells));
    }
    if (isText(model.modalities().get(modality)) && value instanceof Number number) {
      return Optional.of(ofText(model, modality, place, number.toString()));
    }
    throw Problem.badRequest(place + ": is no value of " + Quote.name(modality) + "; " + help(row));
  }

  private static String help(boolean row) {
    return row
        ? "give an object with a value for each column"
        : "give a text, or an object with base64 or path";
  }

  private Optional<Source> ofObject(
      PoolModel model,
      String modality,
      String place,
      Map<?, ?> object,
      Function<String, byte[]> parts) {
    Map.Entry<?, ?> only =
        object.size() == 1 ? object.entrySet().iterator().next() : Map.entry("", "");
    if (!(only.getValue() instanceof String value)) {
      throw Problem.badRequest(place + ": " + help(false));
    }
    return switch (String.valueOf(only.getKey())) {
      case "text" -> Optional.of(ofText(model, modality, place, value));
      case "base64" -> Optional.of(ofBytes(model, modality, place, modality, decode(place, value)));
      case "path" -> Optional.of(ofBytes(model, modality, place, lastName(value), file(value)));
      case "part" -> Optional.of(ofBytes(model, modality, place, value, parts.apply(value)));
      default -> throw Problem.badRequest(place + ": " + help(false));
    };
  }

  private byte[] file(String path) {
    return files
        .orElseThrow(
            () ->
                Problem.badRequest(
                    "this server reads no files that requests name; send the bytes, or start it"
                        + " with --files"))
        .read(path, limits.file());
  }

  /**
   * A value that a text is: itself, a row in JSON, or bytes in base64.
   *
   * @throws Problem if it cannot be one
   */
  public Source ofText(PoolModel model, String modality, String place, String text) {
    if (isRow(model, modality)) {
      return row(model, modality, place, Json.object(place, text));
    }
    if (!isText(model.modalities().get(modality))) {
      return ofBytes(model, modality, place, modality, decode(place, text));
    }
    return checked(model, modality, place, model.modalities().get(modality).parse(text, NOWHERE));
  }

  /**
   * A value that bytes are: those of a file, or of a text in UTF-8.
   *
   * @param name for messages; of a path, its last name counts
   * @throws Problem if they cannot be one
   */
  public Source ofBytes(PoolModel model, String modality, String place, String name, byte[] bytes) {
    if (isRow(model, modality) || isText(model.modalities().get(modality))) {
      return ofText(model, modality, place, Call.utf8(place, bytes));
    }
    return checked(model, modality, place, new Source.Bytes(lastName(name), bytes));
  }

  private Source checked(PoolModel model, String modality, String place, Source source) {
    Modality kind = model.modalities().get(modality);
    limits.require(place, kind, source);
    kind.check(source);
    return source;
  }

  private Source row(PoolModel model, String modality, String place, Map<?, ?> cells) {
    List<String> columns = model.config().columns().of(modality);
    for (Object column : cells.keySet()) {
      if (!columns.contains(String.valueOf(column))) {
        throw Problem.badRequest(
            String.format(
                Locale.ROOT,
                "%s: no column %s; there are %s",
                place,
                Quote.value(String.valueOf(column)),
                String.join(", ", columns.stream().map(Quote::name).toList())));
      }
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (String column : columns) {
      Object cell = cells.get(column);
      if (cell instanceof Map || cell instanceof List) {
        throw Problem.badRequest(place + ": column " + Quote.name(column) + " has no single value");
      }
      row.put(column, cell == null ? "" : cell.toString());
    }
    Source source = model.modalities().get(modality).parseRow(row, NOWHERE);
    return checked(model, modality, place, source);
  }

  private byte[] decode(String place, String text) {
    int data = text.startsWith("data:") ? text.indexOf(BASE64) : -1;
    String digits = data < 0 ? text : text.substring(data + BASE64.length());
    if (digits.length() / 4L * 3 > limits.file() + 2L) {
      throw Problem.tooLarge(
          String.format(Locale.ROOT, "%s: is larger than %,d bytes", place, limits.file()));
    }
    try {
      return Base64.getMimeDecoder().decode(digits);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(place + ": is not base64");
    }
  }

  /** What a client calls a file may have folders in it, of its own machine. */
  private static String lastName(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return last.isBlank() ? "file" : last;
  }
}
