package org.pmf4j.api.encoder;

/** Where tokens stand, for attention that depends on it. */
public enum Place {
  /** One after the other from the sequence's beginning: token i stands at position i. */
  SEQUENCE,
  /**
   * Nowhere, as prompts do, which belong to no position: they see everything and everything sees
   * them as if there were no positions. {@link PositionRule} says what that means for each rule.
   */
  NOWHERE
}
