package org.pmf4j.core.look;

/** What a column holds. */
public enum Kind {
  /** Files, or their bytes, of a modality. */
  FILE("files"),
  /** Texts. */
  TEXT("text"),
  /** Numbers. */
  NUMBER("numbers"),
  /** Some values, each in many rows. */
  CATEGORY("categories"),
  /** Another value in each row, of which nothing can be learnt. */
  IDENTIFIER("names of rows"),
  /** Labels. */
  LABEL("labels"),
  /** Which part a row belongs to. */
  PART("parts"),
  /** Which rows stay together. */
  GROUP("groups"),
  /** Lists and objects, which nothing reads. */
  OTHER("lists or objects"),
  /** Nothing. */
  EMPTY("nothing");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  /** Whether an encoder could learn of it. */
  public boolean isInput() {
    return this == FILE || this == TEXT || this == NUMBER || this == CATEGORY;
  }

  /** In words. */
  @Override
  public String toString() {
    return words;
  }
}
