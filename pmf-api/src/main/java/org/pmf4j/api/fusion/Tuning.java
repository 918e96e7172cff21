package org.pmf4j.api.fusion;

/** What becomes of the encoders' own weights when a {@link FusionMethod} is trained. */
public enum Tuning {
  /** They stay as they are; what lies below fusion is a constant of each sample. */
  FROZEN,
  /**
   * All of them are trained with the rest, embeddings included: fine-tuning. They are then
   * parameters of the host, beside those that the method makes, and the host runs the layers below
   * fusion, from the embedding on, within the program that runs the method.
   */
  FULL
}
