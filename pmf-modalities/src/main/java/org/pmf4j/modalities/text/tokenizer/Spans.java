package org.pmf4j.modalities.text.tokenizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Where a pattern matches in a text, and how texts are cut by that. */
final class Spans {
  private Spans() {}

  /** A part of a text, in UTF-16 units, that matches or does not. */
  record Span(int from, int to, boolean match) {}

  /** Finds a pattern's matches: parts that cover the text, in order. */
  interface Finder {
    List<Span> in(String text);
  }

  /** What becomes of the parts that match. */
  enum Behavior {
    REMOVED,
    ISOLATED,
    MERGED_WITH_PREVIOUS,
    MERGED_WITH_NEXT,
    CONTIGUOUS;

    /** Reads a setting such as {@code MergedWithNext}. */
    static Behavior read(Section section, String key) {
      String name = section.text(key);
      for (Behavior each : values()) {
        if (each.name().replace("_", "").equals(name.toUpperCase(Locale.ROOT))) {
          return each;
        }
      }
      throw section.wrong(
          key, "Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous");
    }
  }

  /** Code points that are of one of the kinds, each a match. */
  static Finder kinds(int kinds) {
    return text -> {
      List<Span> spans = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        int next = i + Character.charCount(c);
        if (CodePoints.is(kinds, c)) {
          plain(spans, from, i);
          spans.add(new Span(i, next, true));
          from = next;
        }
        i = next;
      }
      plain(spans, from, text.length());
      return spans;
    };
  }

  /** A literal text that is not empty. */
  static Finder literal(String pattern) {
    return text -> {
      List<Span> spans = new ArrayList<>();
      int from = 0;
      int at = text.indexOf(pattern);
      while (at >= 0) {
        plain(spans, from, at);
        from = at + pattern.length();
        spans.add(new Span(at, from, true));
        at = text.indexOf(pattern, from);
      }
      plain(spans, from, text.length());
      return spans;
    };
  }

  static void plain(List<Span> spans, int from, int to) {
    if (from < to) {
      spans.add(new Span(from, to, false));
    }
  }

  /** Cuts a piece. */
  static void cut(
      Piece piece, List<Span> spans, Behavior behavior, boolean invert, Consumer<Piece> out) {
    for (Span span : merged(spans, behavior, invert)) {
      piece.give(span.from(), span.to(), out);
    }
  }

  private static List<Span> merged(List<Span> spans, Behavior behavior, boolean invert) {
    List<Span> all = new ArrayList<>(spans.size());
    for (Span span : spans) {
      all.add(invert ? new Span(span.from(), span.to(), !span.match()) : span);
    }
    switch (behavior) {
      case ISOLATED -> {
        return all;
      }
      case REMOVED -> {
        all.removeIf(Span::match);
        return all;
      }
      case MERGED_WITH_NEXT -> {
        Collections.reverse(all);
        List<Span> joined = joined(all, behavior);
        Collections.reverse(joined);
        return joined;
      }
      default -> {
        return joined(all, behavior);
      }
    }
  }

  private static List<Span> joined(List<Span> spans, Behavior behavior) {
    List<Span> joined = new ArrayList<>(spans.size());
    boolean before = false;
    for (Span span : spans) {
      boolean join =
          behavior == Behavior.CONTIGUOUS ? span.match() == before : span.match() && !before;
      if (join && !joined.isEmpty()) {
        Span last = joined.remove(joined.size() - 1);
        joined.add(
            new Span(
                Math.min(last.from(), span.from()), Math.max(last.to(), span.to()), span.match()));
      } else {
        joined.add(span);
      }
      before = span.match();
    }
    return joined;
  }
}
