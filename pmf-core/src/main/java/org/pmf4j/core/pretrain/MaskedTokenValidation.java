package org.pmf4j.core.pretrain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.Validation;

/**
 * Measures the loss and the share of masked tokens that are guessed, with the same tokens masked
 * each time.
 *
 * @param objective over the validation rows
 * @param seed of the masking
 */
record MaskedTokenValidation(MaskedTokenObjective objective, long seed) implements Validation {
  private static final int BATCH = 64;

  @Override
  public Map<String, Double> measure(Progress progress) {
    double loss = 0;
    double right = 0;
    int rows = objective.rows();
    Backend backend = objective.encoder().backend();
    try (Program program =
        backend.inference("masked tokens", in -> objective.measure(BatchCodec.batch(in)))) {
      for (int from = 0; from < rows; from += BATCH) {
        progress.checkStop("during validation");
        int end = Math.min(rows, from + BATCH);
        List<Integer> batch = IntStream.range(from, end).boxed().toList();
        Batch<Tensor> in = objective.place(objective.prepare(batch, 0, seed + from).get(0));
        Named<Tensor> out = program.run(BatchCodec.names(in));
        loss += number(out.get("loss")) * batch.size();
        right += number(out.get("right")) * batch.size();
        in.tensors().forEach(Tensor::close);
        out.asMap().values().forEach(Tensor::close);
      }
    }
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put(Metric.LOSS.key(), loss / rows);
    measured.put(Metric.ACCURACY.key(), right / rows);
    return measured;
  }

  private double number(Tensor t) {
    HostTensor host = objective.encoder().backend().read(t);
    return host.floats()[0];
  }
}
