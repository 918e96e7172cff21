package org.pmf4j.core.pool;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a model for the records of one request, until the last of them has been through its batch
 * or has been given up: not until it is answered, because who waits may give up while a batch is
 * being computed. Several threads may use it at once.
 */
final class ModelHold {
  private final ServedModel model;
  private final AtomicInteger records;

  /**
   * Takes over one use of the model's lifetime.
   *
   * @param records how many times it will be released
   */
  ModelHold(ServedModel model, int records) {
    this.model = model;
    this.records = new AtomicInteger(records);
  }

  ServedModel model() {
    return model;
  }

  /** A record is through. */
  void release() {
    if (records.decrementAndGet() == 0) {
      model.lifetime().leave();
    }
  }

  /** None of them will go into a batch. */
  void releaseAll() {
    model.lifetime().leave();
  }
}
