package org.pmf4j.serve.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.json.Json;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.pool.PoolModel;
import org.pmf4j.serve.web.Call;
import org.pmf4j.serve.web.Part;
import org.pmf4j.serve.web.Problem;

/**
 * The records of a request. Immutable, so that any number of threads may share it.
 *
 * @param examples one or more
 * @param several true if a list was asked for
 */
record Records(List<Example> examples, boolean several) {
  private static final String BODY = "the body";
  private static final String RECORDS = "records";

  /**
   * Reads them from a form or from JSON.
   *
   * @param most how many there may be
   * @throws Problem or PmfException naming what cannot be read
   */
  static Records of(Call call, PoolModel model, Values values, int most) {
    Records records = call.isForm() ? ofForm(call, model, values) : ofJson(call, model, values);
    if (records.examples().isEmpty() || records.examples().size() > most) {
      throw records.examples().isEmpty()
          ? Problem.badRequest("the list has no records")
          : Problem.tooLarge(
              String.format(
                  Locale.ROOT,
                  "the list has %,d records; send at most %,d at once",
                  records.examples().size(),
                  most));
    }
    return records;
  }

  private static Records ofForm(Call call, PoolModel model, Values values) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Part part : call.parts()) {
      if (parts.putIfAbsent(part.name(), part) != null) {
        throw Problem.badRequest("the form has two parts " + Quote.value(part.name()));
      }
    }
    if (parts.containsKey(RECORDS) && !model.modalities().has(RECORDS)) {
      Part list = parts.get(RECORDS);
      String text = Call.utf8("part records", list.bytes());
      return of(Json.value("part records", text), model, values, name -> bytes(parts, name));
    }
    Map<String, Source> sources = new LinkedHashMap<>();
    parts.forEach((name, part) -> add(model, values, name, part, sources));
    return new Records(List.of(Example.of(sources)), false);
  }

  private static void add(
      PoolModel model, Values values, String name, Part part, Map<String, Source> sources) {
    requireKnown(model, name);
    if (part.bytes().length > 0) {
      String file = part.fileName() == null ? name : part.fileName();
      sources.put(name, at(name, () -> values.ofBytes(model, name, name, file, part.bytes())));
    }
  }

  private static byte[] bytes(Map<String, Part> parts, String name) {
    if (!parts.containsKey(name)) {
      throw Problem.badRequest("the form has no part " + Quote.value(name));
    }
    return parts.get(name).bytes();
  }

  private static Records ofJson(Call call, PoolModel model, Values values) {
    return of(
        Json.value(BODY, call.text()),
        model,
        values,
        name -> {
          throw Problem.badRequest("the body is no form: it has no parts");
        });
  }

  private static Records of(
      Object json, PoolModel model, Values values, Function<String, byte[]> parts) {
    Object all = json;
    if (json instanceof Map<?, ?> object && object.keySet().equals(java.util.Set.of(RECORDS))) {
      all = object.get(RECORDS);
    }
    if (all instanceof List<?> list) {
      List<Example> examples = new ArrayList<>(list.size());
      for (int i = 0; i < list.size(); i++) {
        String place = "record " + (i + 1);
        Map<String, Source> sources = sources(list.get(i), place + ", ", model, values, parts);
        examples.add(new Example(place, sources, Optional.empty()));
      }
      return new Records(examples, true);
    }
    return new Records(List.of(Example.of(sources(all, "", model, values, parts))), false);
  }

  private static Map<String, Source> sources(
      Object record,
      String before,
      PoolModel model,
      Values values,
      Function<String, byte[]> parts) {
    if (!(record instanceof Map<?, ?> object)) {
      throw Problem.badRequest(
          (before.isEmpty() ? BODY + ": " : before)
              + "a record is a JSON object with a value for each modality that is there");
    }
    Map<String, Source> sources = new LinkedHashMap<>();
    object.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          requireKnown(model, name);
          String place = before + name;
          at(place, () -> values.ofJson(model, name, place, value, parts))
              .ifPresent(source -> sources.put(name, source));
        });
    return sources;
  }

  private static void requireKnown(PoolModel model, String name) {
    if (!model.modalities().has(name)) {
      throw Problem.badRequest(
          String.format(
              Locale.ROOT,
              "the model has no modality %s; it has %s",
              Quote.value(name),
              String.join(", ", model.modalities().names())));
    }
  }

  /** What a check tells names the value, and not where it stands. */
  private static <T> T at(String place, java.util.function.Supplier<T> reading) {
    try {
      return reading.get();
    } catch (PmfException e) {
      throw new PmfException(e.kind(), place + ": " + e.getMessage(), e);
    }
  }
}
