package org.pmf4j.modalities.text.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tokens that are found in a text before its words are cut: in the text as it is, or in the
 * normalized one. They have the ids that the tokenizers library gives them: those of the model's
 * vocabulary, or the next behind it, whatever the file says.
 */
final class AddedTokens {

  /**
   * An added token.
   *
   * @param content its text
   * @param word whether it must be a word of its own
   * @param left whether it takes the white space before it along
   * @param right whether it takes the white space behind it along
   * @param normalized whether it is looked for in the normalized text
   * @param special whether it is a special token
   */
  record Token(
      String content,
      boolean word,
      boolean left,
      boolean right,
      boolean normalized,
      boolean special) {}

  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final Map<Integer, Token> byId = new TreeMap<>();
  private final Set<Integer> specialIds = new HashSet<>();
  private final Matches raw;
  private final Matches normalized;
  private final boolean inPieces;
  private final boolean ascii;

  private AddedTokens(List<Token> tokens, Model model, Normalizer normalizer, boolean split) {
    Map<String, Token> specials = new LinkedHashMap<>();
    Map<String, Token> others = new LinkedHashMap<>();
    tokens.stream()
        .filter(t -> t.special() && !t.content().isEmpty())
        .forEach(t -> specials.putIfAbsent(t.content(), t));
    Set<Token> present = new HashSet<>();
    int largest = -1;
    for (Token token : tokens) {
      if (token.content().isEmpty() || present.contains(token)) {
        continue;
      }
      int id = id(token.content(), model, largest);
      largest = Math.max(largest, id);
      ids.put(token.content(), id);
      present.remove(byId.put(id, token));
      present.add(token);
      if (!specials.containsKey(token.content())) {
        others.putIfAbsent(token.content(), token);
      }
    }
    List<Token> listed = new ArrayList<>(specials.values());
    listed.addAll(others.values());
    specials.keySet().forEach(s -> specialIds.add(ids.get(s)));
    if (split) {
      listed.removeIf(t -> specials.containsKey(t.content()));
    }
    Map<String, Integer> inRaw = new HashMap<>();
    Map<String, Integer> inNormalized = new HashMap<>();
    for (Token token : listed) {
      if (token.normalized()) {
        String changed = normalizer.apply(token.content(), Normalizer.Edges.WHOLE);
        if (!changed.isEmpty()) {
          inNormalized.putIfAbsent(changed, ids.get(token.content()));
        }
      } else {
        inRaw.putIfAbsent(token.content(), ids.get(token.content()));
      }
    }
    raw = new Matches(inRaw, byId);
    normalized = new Matches(inNormalized, byId);
    inPieces =
        inNormalized.entrySet().stream()
            .noneMatch(e -> byId.get(e.getValue()).right() || hasSpace(e.getKey()));
    ascii = inNormalized.keySet().stream().allMatch(t -> t.chars().allMatch(c -> c < 0x80));
  }

  private static boolean hasSpace(String text) {
    return text.chars().anyMatch(c -> CodePoints.is(CodePoints.SPACE, c));
  }

  private int id(String content, Model model, int largest) {
    Integer known = ids.get(content);
    known = known == null ? model.vocabulary().get(content) : known;
    return known == null ? Math.max(largest + 1, model.size()) : known;
  }

  /**
   * Reads {@code added_tokens}.
   *
   * @param splitSpecial whether special tokens in a text are cut like any other word
   */
  static AddedTokens read(Section root, Model model, Normalizer normalizer, boolean splitSpecial) {
    List<Token> tokens = new ArrayList<>();
    if (root.find("added_tokens").isPresent()) {
      for (Section section : root.list("added_tokens")) {
        section.only("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
        section.count("id");
        tokens.add(
            new Token(
                section.text("content"),
                section.flag("single_word"),
                section.flag("lstrip"),
                section.flag("rstrip"),
                section.flag("normalized"),
                section.flag("special")));
      }
    }
    return new AddedTokens(tokens, model, normalizer, splitSpecial);
  }

  Map<String, Integer> ids() {
    return ids;
  }

  Set<Integer> specialIds() {
    return specialIds;
  }

  /** Those that are found in the text as it is. */
  Matches raw() {
    return raw;
  }

  /** Those that are found in the normalized text. */
  Matches normalized() {
    return normalized;
  }

  /** True if none of the normalized ones goes across a single space. */
  boolean worksInPieces() {
    return inPieces;
  }

  /** True if none of the normalized ones has a Chinese character, say. */
  boolean worksBetweenIdeographs() {
    return inPieces && ascii;
  }
}
