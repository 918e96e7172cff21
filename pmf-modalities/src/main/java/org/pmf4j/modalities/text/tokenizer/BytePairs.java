package org.pmf4j.modalities.text.tokenizer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Merges neighbours in the order in which they were learnt (Sennrich et al., 2016). */
final class BytePairs implements Model {
  /** So many words are remembered, none longer than the second number. */
  private static final int REMEMBERED = 20_000;

  private static final int LONGEST_REMEMBERED = 64;

  private final Section section;
  private final Map<String, Integer> vocabulary;
  private final Merges merges;
  private final String unknown;
  private final String prefix;
  private final String suffix;
  private final boolean fuse;
  private final boolean wholeWords;
  private final int[] bytes;
  private final int[] ofCharacter;
  private final Map<String, int[]> remembered = new ConcurrentHashMap<>();

  private BytePairs(Section section) {
    this.section = section;
    vocabulary = Models.vocabulary(section);
    prefix = section.text("continuing_subword_prefix", "");
    suffix = section.text("end_of_word_suffix", "");
    merges = Merges.read(section, vocabulary, prefix);
    unknown = section.text("unk_token", null);
    fuse = section.flag("fuse_unk", false);
    wholeWords = section.flag("ignore_merges", false);
    bytes = section.flag("byte_fallback", false) ? Unigram.bytes(vocabulary) : null;
    ofCharacter = new int[0x400];
    for (int c = 0; c < ofCharacter.length; c++) {
      ofCharacter[c] = vocabulary.getOrDefault(Character.toString(c), -1);
    }
  }

  static BytePairs read(Section section) {
    section.only(
        "type",
        "vocab",
        "merges",
        "dropout",
        "unk_token",
        "continuing_subword_prefix",
        "end_of_word_suffix",
        "fuse_unk",
        "byte_fallback",
        "ignore_merges");
    if (section.find("dropout").isPresent() && section.node().get("dropout").asDouble(1) != 0) {
      throw section.wrong("dropout", "absent or 0, for a text always to give the same tokens");
    }
    return new BytePairs(section);
  }

  @Override
  public void tokenize(String word, Ids out) {
    Integer whole = wholeWords ? vocabulary.get(word) : null;
    if (whole != null) {
      out.add(whole);
      return;
    }
    if (word.length() > LONGEST_REMEMBERED) {
      out.addAll(merges.apply(characters(word)));
      return;
    }
    int[] ids = remembered.get(word);
    if (ids == null) {
      ids = merges.apply(characters(word));
      if (remembered.size() < REMEMBERED) {
        remembered.put(word, ids);
      }
    }
    out.addAll(ids);
  }

  /** The ids of a word's characters. What is unknown and has no unknown token is left out. */
  private int[] characters(String word) {
    Ids ids = new Ids(Integer.MAX_VALUE);
    boolean pending = false;
    for (int i = 0; i < word.length(); ) {
      Patience.at(i);
      int c = word.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean last = next == word.length();
      int id = id(c, i == 0, last);
      if (id >= 0) {
        if (pending) {
          ids.add(unknownId(word));
          pending = false;
        }
        ids.add(id);
      } else if (bytes == null || !Unigram.addBytes(spelled(c, i == 0, last), bytes, ids)) {
        if (pending && !fuse) {
          ids.add(unknownId(word));
        }
        pending = unknown != null;
      }
      i = next;
    }
    if (pending) {
      ids.add(unknownId(word));
    }
    return ids.range(0, ids.size());
  }

  private int id(int c, boolean first, boolean last) {
    boolean plain = (first || prefix.isEmpty()) && (!last || suffix.isEmpty());
    if (plain && c < ofCharacter.length) {
      return ofCharacter[c];
    }
    return vocabulary.getOrDefault(spelled(c, first, last), -1);
  }

  private String spelled(int c, boolean first, boolean last) {
    String one = Character.toString(c);
    return (first ? "" : prefix) + one + (last ? suffix : "");
  }

  private int unknownId(String word) {
    return Models.unknown(section, vocabulary, unknown, word);
  }

  @Override
  public Map<String, Integer> vocabulary() {
    return vocabulary;
  }
}
