package org.pmf4j.modalities.text.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads a tokenizer.json's {@code post_processor}. */
final class PostProcessors {
  private PostProcessors() {}

  static PostProcessor read(Optional<Section> section) {
    return section.map(PostProcessors::read).orElse(PostProcessor.NONE);
  }

  private static PostProcessor read(Section section) {
    return switch (section.type()) {
      case "BertProcessing" -> {
        section.only("type", "sep", "cls");
        yield around(section);
      }
      case "RobertaProcessing" -> {
        section.only("type", "sep", "cls", "trim_offsets", "add_prefix_space");
        yield around(section);
      }
      case "TemplateProcessing" -> template(section);
      case "ByteLevel" -> {
        // Changes the offsets of tokens alone.
        section.only("type", "add_prefix_space", "trim_offsets", "use_regex");
        yield PostProcessor.NONE;
      }
      case "Sequence" -> sequence(section);
      default ->
          throw section.refused("has the type " + Quoted.of(section.type()) + ", which is unknown");
    };
  }

  /** A part of a template: the text where {@code ids} is null. */
  private record Part(int[] ids, int type) {}

  private static PostProcessor around(Section section) {
    return new Template(
        List.of(
            new Part(new int[] {id(section, "cls")}, 0),
            new Part(null, 0),
            new Part(new int[] {id(section, "sep")}, 0)));
  }

  private static int id(Section section, String key) {
    JsonNode pair = section.node().path(key);
    if (!pair.isArray() || pair.size() != 2 || !pair.get(0).isTextual()) {
      throw section.wrong(key, "a token and its id");
    }
    return section.number(key, pair.get(1));
  }

  private static PostProcessor template(Section section) {
    section.only("type", "single", "pair", "special_tokens");
    List<Part> parts = new ArrayList<>();
    for (Section part : section.list("single")) {
      part.only("Sequence", "SpecialToken");
      boolean text = part.find("Sequence").isPresent();
      Section what = part.object(text ? "Sequence" : "SpecialToken").only("id", "type_id");
      int type = what.count("type_id");
      if (text && !what.text("id").equals("A")) {
        throw what.wrong("id", "A, as there is only one text");
      }
      parts.add(new Part(text ? null : ids(section, what.text("id")), type));
    }
    return new Template(List.copyOf(parts));
  }

  private static int[] ids(Section section, String token) {
    Section special = section.object("special_tokens").object(token);
    JsonNode ids = special.only("id", "ids", "tokens").node().path("ids");
    if (!ids.isArray()) {
      throw special.wrong("ids", "a list");
    }
    return IntStream.range(0, ids.size()).map(i -> special.number("ids", ids.get(i))).toArray();
  }

  private record Template(List<Part> parts) implements PostProcessor {
    @Override
    public Encoded apply(Encoded content) {
      int length = 0;
      for (Part part : parts) {
        length += part.ids == null ? content.ids().length : part.ids.length;
      }
      int[] ids = new int[length];
      int[] types = new int[length];
      int at = 0;
      for (Part part : parts) {
        int[] some = part.ids == null ? content.ids() : part.ids;
        System.arraycopy(some, 0, ids, at, some.length);
        Arrays.fill(types, at, at + some.length, part.type);
        at += some.length;
      }
      return new Encoded(ids, types);
    }

    @Override
    public IntStream added() {
      return parts.stream().filter(p -> p.ids != null).flatMapToInt(p -> IntStream.of(p.ids));
    }
  }

  private static PostProcessor sequence(Section section) {
    section.only("type", "processors");
    List<PostProcessor> steps =
        section.list("processors").stream().map(PostProcessors::read).toList();
    return new PostProcessor() {
      @Override
      public Encoded apply(Encoded content) {
        Encoded changed = content;
        for (PostProcessor step : steps) {
          changed = step.apply(changed);
        }
        return changed;
      }

      @Override
      public IntStream added() {
        return steps.stream().flatMapToInt(PostProcessor::added);
      }
    };
  }
}
