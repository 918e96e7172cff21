package org.pmf4j.core.pretrain;

import org.pmf4j.core.training.TrainingListener;

/** Hears of encoders that training makes before it begins. Called by the thread that trains. */
public interface EncoderMaking {
  /** Hears nothing. */
  EncoderMaking SILENT = (how, rows) -> TrainingListener.NONE;

  /**
   * An encoder is about to be made, or gone on with.
   *
   * @param how all that was decided
   * @param rows it learns of
   * @return hears its epochs
   */
  TrainingListener begins(PretrainConfig how, int rows);

  /** It is there. */
  default void ended(PretrainReport report) {}
}
