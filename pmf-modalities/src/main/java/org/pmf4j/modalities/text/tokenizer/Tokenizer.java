package org.pmf4j.modalities.text.tokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.pmf4j.api.error.PmfException;

/**
 * A tokenizer as a {@code tokenizer.json} describes it. Immutable; several threads may use it at
 * once, and there is nothing to close. A thread that is interrupted gets a {@link PmfException} and
 * stays interrupted.
 */
public final class Tokenizer {
  private final Normalizer normalizer;
  private final PreTokenizer preTokenizer;
  private final Model model;
  private final PostProcessor postProcessor;
  private final AddedTokens added;
  private final Pieces pieces;

  private Tokenizer(Section root, boolean splitSpecial) {
    root.only(
        "version",
        "truncation",
        "padding",
        "added_tokens",
        "normalizer",
        "pre_tokenizer",
        "post_processor",
        "decoder",
        "model");
    model = Models.read(root.object("model"));
    normalizer = Normalizers.read(root.find("normalizer"));
    preTokenizer = PreTokenizers.read(root.find("pre_tokenizer"));
    postProcessor = PostProcessors.read(root.find("post_processor"));
    added = AddedTokens.read(root, model, normalizer, splitSpecial);
    boolean cuts = preTokenizer.atSpaces() == PreTokenizer.AtSpaces.CUTS;
    pieces =
        new Pieces(
            cuts && normalizer.worksInPieces() && added.worksInPieces(),
            cuts
                && normalizer instanceof BertNormalizer bert
                && bert.chinese()
                && added.worksBetweenIdeographs());
  }

  /**
   * Reads a tokenizer.
   *
   * @param source its file, for messages
   * @param json in the format of tokenizer.json; its {@code truncation}, {@code padding} and {@code
   *     decoder} are not acted upon
   * @param splitSpecial whether special tokens that stand in a text are cut like any other word
   * @throws PmfException naming the file and the part that is unknown or broken
   */
  public static Tokenizer read(String source, ObjectNode json, boolean splitSpecial) {
    return new Tokenizer(Section.of(source, json), splitSpecial);
  }

  /** The id of a token, if it has one. */
  public Optional<Integer> id(String token) {
    Integer id = added.ids().get(token);
    return Optional.ofNullable(id == null ? model.vocabulary().get(token) : id);
  }

  /** The ids of the special tokens, in order. */
  public List<Integer> specialIds() {
    return added.specialIds().stream().sorted().toList();
  }

  /** The largest id of the vocabulary and of the tokens around a text; -1 if there is none. */
  public int largestId() {
    IntStream all = model.vocabulary().values().stream().mapToInt(i -> i);
    return IntStream.concat(all, postProcessor.added()).max().orElse(-1);
  }

  /** The number of special tokens around a text. */
  public int around() {
    return (int) postProcessor.added().count();
  }

  /**
   * Cuts a text into tokens. Half a character, a surrogate without its other, is taken for U+FFFD.
   *
   * @param longest the most tokens, special ones included; at least {@link #around}
   * @param fromLeft whether tokens that are too many go from the beginning, not from the end
   * @return at most {@code longest} tokens
   */
  public Encoded encode(String text, int longest, boolean fromLeft) {
    int room = longest - around();
    if (room < 0) {
      throw new IllegalArgumentException("no room for special tokens in " + longest);
    }
    Ids ids = new Ids(fromLeft ? Integer.MAX_VALUE : room);
    segments(
        Halves.replaced(text),
        ids::enough,
        new Sink() {
          @Override
          public void token(int id) {
            ids.add(id);
          }

          @Override
          public void word(Piece word) {
            model.tokenize(word.text(), ids);
          }
        });
    int kept = Math.min(ids.size(), room);
    int from = fromLeft ? ids.size() - kept : 0;
    int[] content = ids.range(from, from + kept);
    return postProcessor.apply(new Encoded(content, new int[kept]));
  }

  /**
   * The words of a text, normalized, before the model cuts them; without the added tokens in it.
   */
  public List<String> words(String text) {
    List<String> words = new ArrayList<>();
    segments(
        Halves.replaced(text),
        () -> false,
        new Sink() {
          @Override
          public void token(int id) {}

          @Override
          public void word(Piece word) {
            words.add(word.text());
          }
        });
    return words;
  }

  private interface Sink {
    void token(int id);

    void word(Piece word);
  }

  /** Goes through a text until there is enough: between the added tokens, piece by piece. */
  private void segments(String text, BooleanSupplier enough, Sink sink) {
    int start = 0;
    int at = 0;
    boolean first = true;
    int window = Pieces.SMALLEST;
    while (start < text.length() && !enough.getAsBoolean()) {
      int end = (int) Math.min(text.length(), (long) at + window);
      Matches.Match match = added.raw().next(text, start, at, end);
      if (match.id() >= 0) {
        segment(text, start, match.from(), first, true, sink);
        sink.token(match.id());
        start = match.to();
        at = start;
        first = true;
        window = Pieces.SMALLEST;
      } else if (end == text.length()) {
        segment(text, start, end, first, true, sink);
        start = end;
      } else {
        int cut = pieces.cut(text, start, end);
        if (cut > start) {
          segment(text, start, cut, first, false, sink);
          start = cut;
          first = false;
          window = Pieces.SMALLEST;
        } else {
          window = (int) Math.min(2L * window, Integer.MAX_VALUE);
        }
        // Up to here no token begins.
        at = match.to();
      }
    }
  }

  /** True if nothing remains of a text's first character: it does not begin with the next then. */
  private boolean goes(String text) {
    String one = Character.toString(text.codePointAt(0));
    return normalizer.apply(one, new Normalizer.Edges(true, false)).isEmpty();
  }

  private void segment(String text, int from, int to, boolean first, boolean last, Sink sink) {
    if (from >= to) {
      return;
    }
    Patience.check();
    String part = from == 0 && to == text.length() ? text : text.substring(from, to);
    String changed = normalizer.apply(part, new Normalizer.Edges(first, last));
    boolean begins = from == 0 && !goes(text);
    int start = 0;
    while (start < changed.length()) {
      Matches.Match match = added.normalized().next(changed, start, start, changed.length());
      int end = Math.min(match.from(), changed.length());
      new Piece(changed, begins).give(start, end, p -> preTokenizer.cut(p, sink::word));
      if (match.id() >= 0) {
        sink.token(match.id());
      }
      start = match.to();
    }
  }
}
