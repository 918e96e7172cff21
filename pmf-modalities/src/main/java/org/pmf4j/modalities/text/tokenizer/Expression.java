package org.pmf4j.modalities.text.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jcodings.specific.UTF8Encoding;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Regex;
import org.joni.Syntax;
import org.joni.exception.JOniException;
import org.joni.exception.TimeoutException;

/** A regular expression as Oniguruma reads it, which the tokenizers library uses. */
final class Expression implements Spans.Finder {
  /** Ruby's syntax, but classes such as {@code \s} and {@code \w} are Unicode's. */
  private static final Syntax SYNTAX =
      new Syntax(
          "Oniguruma",
          Syntax.RUBY.op,
          Syntax.RUBY.op2,
          Syntax.RUBY.op3,
          Syntax.RUBY.behavior,
          Option.NONE,
          Syntax.RUBY.metaCharTable);

  /** The longest that a piece of text may take: ordinary ones take milliseconds. */
  private static final long NANOSECONDS = 5_000_000_000L;

  private static final int LONGEST = 10_000;

  private final Section section;
  private final Regex regex;

  private Expression(Section section, String expression) {
    this.section = section;
    if (expression.length() > LONGEST) {
      throw section.refused("has an expression of more than " + LONGEST + " characters");
    }
    byte[] bytes = Oniguruma.translated(expression).getBytes(StandardCharsets.UTF_8);
    try {
      regex = new Regex(bytes, 0, bytes.length, Option.NONE, UTF8Encoding.INSTANCE, SYNTAX);
    } catch (RuntimeException | StackOverflowError e) {
      throw section.refused("has an expression that cannot be read: " + Quoted.of(expression), e);
    }
  }

  /** The {@code pattern} of a section: a literal text or an expression. */
  static Spans.Finder pattern(Section section) {
    Section pattern = section.object("pattern").only("String", "Regex");
    if (pattern.node().size() != 1) {
      throw section.wrong("pattern", "one of String and Regex");
    }
    if (pattern.find("String").isPresent()) {
      String literal = pattern.text("String");
      return literal.isEmpty() ? new Expression(pattern, "") : Spans.literal(literal);
    }
    return new Expression(pattern, pattern.text("Regex"));
  }

  @Override
  public List<Spans.Span> in(String text) {
    byte[] bytes = Oniguruma.masked(text).getBytes(StandardCharsets.UTF_8);
    Offsets offsets = new Offsets(bytes);
    Matcher matcher = regex.matcher(bytes, 0, bytes.length, NANOSECONDS);
    List<Spans.Span> spans = new ArrayList<>();
    if (bytes.length == 0) {
      return spans;
    }
    try {
      find(matcher, bytes, offsets, spans);
    } catch (TimeoutException e) {
      throw section.refused("has an expression that takes too long for a text of this kind");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Patience.check();
    } catch (JOniException | IndexOutOfBoundsException | StackOverflowError e) {
      throw section.refused("has an expression that does not come to an end on a text");
    }
    return spans;
  }

  /** An empty match counts unless another match ends there. */
  private static void find(Matcher matcher, byte[] bytes, Offsets offsets, List<Spans.Span> spans)
      throws InterruptedException {
    int lastMatch = -1;
    int at = 0;
    int plainFrom = 0;
    int turn = 0;
    while (at <= bytes.length) {
      Patience.at(turn++);
      if (matcher.searchInterruptible(at, bytes.length, Option.NONE) < 0) {
        break;
      }
      int from = matcher.getBegin();
      int to = matcher.getEnd();
      if (from == to && to == lastMatch) {
        at += to < bytes.length ? width(bytes[at]) : 1;
        continue;
      }
      Spans.plain(spans, offsets.chars(plainFrom), offsets.chars(from));
      spans.add(new Spans.Span(offsets.chars(from), offsets.chars(to), true));
      plainFrom = to;
      at = to;
      lastMatch = to;
    }
    Spans.plain(spans, offsets.chars(plainFrom), offsets.chars(bytes.length));
  }

  private static int width(byte lead) {
    int b = lead & 0xFF;
    if (b < 0xC0) {
      return 1;
    }
    return b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
  }

  /** Places in bytes, asked in rising order, as places in characters. */
  private static final class Offsets {
    private final byte[] bytes;
    private int at;
    private int chars;

    Offsets(byte[] bytes) {
      this.bytes = bytes;
    }

    int chars(int offset) {
      if (offset < at) {
        at = 0;
        chars = 0;
      }
      while (at < offset) {
        int width = width(bytes[at]);
        at += width;
        chars += width == 4 ? 2 : 1;
      }
      return chars;
    }
  }
}
