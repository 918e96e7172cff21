package org.pmf4j.modalities.text.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.pmf4j.modalities.text.tokenizer.PreTokenizer.AtSpaces;
import org.pmf4j.modalities.text.tokenizer.Spans.Behavior;

/** Reads a tokenizer.json's {@code pre_tokenizer}. */
final class PreTokenizers {
  private PreTokenizers() {}

  static PreTokenizer read(Optional<Section> section) {
    return section.map(PreTokenizers::read).orElse(PreTokenizer.NONE);
  }

  private static PreTokenizer read(Section section) {
    return switch (section.type()) {
      case "BertPreTokenizer" -> plain(section, Words::bert, AtSpaces.CUTS);
      case "Whitespace" -> plain(section, Words::runs, AtSpaces.CUTS);
      case "WhitespaceSplit" -> plain(section, Words::betweenSpaces, AtSpaces.CUTS);
      case "UnicodeScripts" -> plain(section, Words::scripts, AtSpaces.DEPENDS);
      case "ByteLevel" -> ByteLevel.read(section);
      case "Metaspace" -> Metaspace.read(section);
      case "Split" -> split(section);
      case "Punctuation" -> punctuation(section);
      case "Digits" -> digits(section);
      case "CharDelimiterSplit" -> delimiter(section);
      case "FixedLength" -> fixedLength(section);
      case "Sequence" -> sequence(section);
      default ->
          throw section.refused("has the type " + Quoted.of(section.type()) + ", which is unknown");
    };
  }

  private static PreTokenizer plain(Section section, PreTokenizer cutter, AtSpaces atSpaces) {
    section.only("type");
    return of(cutter, atSpaces);
  }

  private static PreTokenizer of(PreTokenizer cutter, AtSpaces atSpaces) {
    return new PreTokenizer() {
      @Override
      public void cut(Piece piece, Consumer<Piece> out) {
        cutter.cut(piece, out);
      }

      @Override
      public AtSpaces atSpaces() {
        return atSpaces;
      }
    };
  }

  private static PreTokenizer by(
      Spans.Finder finder, Behavior behavior, boolean invert, AtSpaces atSpaces) {
    return of(
        (piece, out) -> Spans.cut(piece, finder.in(piece.text()), behavior, invert, out), atSpaces);
  }

  private static PreTokenizer split(Section section) {
    section.only("type", "pattern", "behavior", "invert");
    return by(
        Expression.pattern(section),
        Behavior.read(section, "behavior"),
        section.flag("invert"),
        AtSpaces.DEPENDS);
  }

  private static PreTokenizer punctuation(Section section) {
    section.only("type", "behavior");
    Behavior behavior =
        section.find("behavior").isPresent()
            ? Behavior.read(section, "behavior")
            : Behavior.ISOLATED;
    return by(Spans.kinds(CodePoints.PUNCTUATION), behavior, false, AtSpaces.LEAVES);
  }

  private static PreTokenizer digits(Section section) {
    section.only("type", "individual_digits");
    Behavior behavior = section.flag("individual_digits") ? Behavior.ISOLATED : Behavior.CONTIGUOUS;
    return by(Spans.kinds(CodePoints.DIGIT), behavior, false, AtSpaces.LEAVES);
  }

  private static PreTokenizer delimiter(Section section) {
    section.only("type", "delimiter");
    int delimiter = section.character("delimiter");
    return by(
        Spans.literal(Character.toString(delimiter)),
        Behavior.REMOVED,
        false,
        delimiter == ' ' ? AtSpaces.CUTS : AtSpaces.LEAVES);
  }

  private static PreTokenizer fixedLength(Section section) {
    section.only("type", "length");
    int length = section.count("length", 5);
    if (length == 0) {
      throw section.wrong("length", "1 or more");
    }
    return (piece, out) -> {
      String text = piece.text();
      int from = 0;
      while (from < text.length()) {
        int to = from;
        for (int i = 0; i < length && to < text.length(); i++) {
          to += Character.charCount(text.codePointAt(to));
        }
        piece.give(from, to, out);
        from = to;
      }
    };
  }

  private static PreTokenizer sequence(Section section) {
    section.only("type", "pretokenizers");
    List<PreTokenizer> steps = new ArrayList<>();
    section.list("pretokenizers").forEach(s -> steps.add(read(s)));
    return new Sequence(List.copyOf(steps));
  }

  /** One after another, each on the words of the one before. */
  private record Sequence(List<PreTokenizer> steps) implements PreTokenizer {
    @Override
    public void cut(Piece piece, Consumer<Piece> out) {
      cut(piece, 0, out);
    }

    private void cut(Piece piece, int step, Consumer<Piece> out) {
      if (step == steps.size()) {
        out.accept(piece);
      } else {
        steps.get(step).cut(piece, p -> cut(p, step + 1, out));
      }
    }

    @Override
    public AtSpaces atSpaces() {
      for (PreTokenizer step : steps) {
        if (step.atSpaces() != AtSpaces.LEAVES) {
          return step.atSpaces();
        }
      }
      return AtSpaces.LEAVES;
    }
  }
}
