package org.pmf4j.core.split;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A part of a table. */
public enum Part {
  /** What weights are learnt from. */
  TRAIN("train", List.of("training")),
  /** What the best epoch is chosen by. */
  VALIDATION("validation", List.of("valid", "val", "dev", "eval")),
  /** What is measured on, once. */
  TEST("test", List.of("testing"));

  private final String word;
  private final List<String> others;

  Part(String word, List<String> others) {
    this.word = word;
    this.others = others;
  }

  /** The part that a word means, whatever its case. */
  public static Optional<Part> named(String written) {
    String plain = written.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(p -> p.word.equals(plain) || p.others.contains(plain))
        .findFirst();
  }

  /** All words that mean a part, for messages. */
  static String words() {
    return Arrays.stream(values())
        .map(p -> p.word + " (or " + String.join(", ", p.others) + ")")
        .collect(Collectors.joining("; "));
  }

  /** Its usual word. */
  @Override
  public String toString() {
    return word;
  }
}
