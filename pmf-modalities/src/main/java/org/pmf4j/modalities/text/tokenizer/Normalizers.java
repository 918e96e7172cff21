package org.pmf4j.modalities.text.tokenizer;

import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;

/** Reads a tokenizer.json's {@code normalizer}. */
final class Normalizers {
  /** A text may grow to this many characters for each of its own, and to a million besides. */
  private static final long GROWTH = 256;

  private static final long SMALL = 1_000_000;

  private Normalizers() {}

  static Normalizer read(Optional<Section> section) {
    return section.map(Normalizers::read).orElse(Normalizer.NONE);
  }

  private static Normalizer read(Section section) {
    return switch (section.type()) {
      case "BertNormalizer" -> BertNormalizer.read(section);
      case "NFC" -> form(section, Form.NFC);
      case "NFD" -> form(section, Form.NFD);
      case "NFKC" -> form(section, Form.NFKC);
      case "NFKD" -> form(section, Form.NFKD);
      case "Lowercase" -> plain(section, CodePoints::lower);
      case "StripAccents" -> plain(section, t -> CodePoints.without(CodePoints.ACCENT, t));
      case "Nmt" -> plain(section, Nmt::apply);
      case "ByteLevel" -> bytes(section);
      case "Strip" -> strip(section);
      case "Prepend" -> prepend(section);
      case "Replace" -> Replace.read(section);
      case "Precompiled" -> CharsMap.read(section);
      case "Sequence" -> sequence(section);
      default ->
          throw section.refused("has the type " + Quoted.of(section.type()) + ", which is unknown");
    };
  }

  private interface Change {
    String of(String text);
  }

  private static Normalizer plain(Section section, Change change) {
    section.only("type");
    return (text, edges) -> change.of(text);
  }

  private static Normalizer form(Section section, Form form) {
    return plain(section, text -> Forms.of(text, form));
  }

  private static Normalizer strip(Section section) {
    section.only("type", "strip_left", "strip_right");
    boolean left = section.flag("strip_left");
    boolean right = section.flag("strip_right");
    return (text, edges) -> stripped(text, left && edges.first(), right && edges.last());
  }

  private static String stripped(String text, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && CodePoints.is(CodePoints.SPACE, text.charAt(from))) {
      from++;
    }
    while (right && from < to && CodePoints.is(CodePoints.SPACE, text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static Normalizer prepend(Section section) {
    section.only("type", "prepend");
    String before = section.text("prepend");
    return (text, edges) -> edges.first() && !text.isEmpty() ? before + text : text;
  }

  private static Normalizer bytes(Section section) {
    section.only("type");
    return new Normalizer() {
      @Override
      public String apply(String text, Edges edges) {
        return ByteCharacters.of(text);
      }

      @Override
      public boolean worksInPieces() {
        return false;
      }

      @Override
      public boolean worksBetweenIdeographs() {
        return false;
      }
    };
  }

  private static Normalizer sequence(Section section) {
    section.only("type", "normalizers");
    List<Normalizer> steps = new ArrayList<>();
    section.list("normalizers").forEach(s -> steps.add(read(s)));
    return new Sequence(section, List.copyOf(steps));
  }

  /** One after another. */
  private record Sequence(Section section, List<Normalizer> steps) implements Normalizer {
    @Override
    public String apply(String text, Edges edges) {
      String changed = text;
      for (Normalizer step : steps) {
        Patience.check();
        changed = step.apply(changed, edges);
        if (changed.length() > GROWTH * text.length() + SMALL) {
          throw tooLong(section, text.length());
        }
      }
      return changed;
    }

    @Override
    public boolean worksInPieces() {
      return steps.stream().allMatch(Normalizer::worksInPieces);
    }

    @Override
    public boolean worksBetweenIdeographs() {
      return steps.stream().allMatch(Normalizer::worksBetweenIdeographs);
    }
  }

  /** The most characters that a text of the given length may become. */
  static long most(int length) {
    return GROWTH * length + SMALL;
  }

  static PmfException tooLong(Section section, int length) {
    return section.refused(
        "makes more than " + most(length) + " characters of a text of " + length);
  }
}
