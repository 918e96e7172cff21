package org.pmf4j.core.pool;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.Prediction;

/**
 * A record that was accepted.
 *
 * @param hold keeps the model that it is for
 * @param example what it is
 * @param inputs by modality, of those that it has, in the model's order
 * @param answer completed once
 * @param since when it was ready, by {@link System#nanoTime()}
 */
record Pending(
    ModelHold hold,
    Example example,
    Map<String, Input> inputs,
    CompletableFuture<Prediction> answer,
    long since) {

  /** Records of models of one make and with the same modalities are computed together. */
  record Group(Object make, List<String> modalities) {}

  ServedModel model() {
    return hold.model();
  }

  Group group() {
    return new Group(model().make(), List.copyOf(inputs.keySet()));
  }

  /** It is through: its model may go, and what it was decoded to. */
  void release() {
    inputs.values().forEach(Input::release);
    hold.release();
  }

  /** Nobody waits for it any more. */
  boolean isDone() {
    return answer.isDone();
  }
}
