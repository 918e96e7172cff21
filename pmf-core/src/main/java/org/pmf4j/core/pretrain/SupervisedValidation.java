package org.pmf4j.core.pretrain;

import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Evaluation;
import org.pmf4j.core.pipeline.Prefetch;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.Validation;

/**
 * Measures an encoder and its head on labelled samples, without augmentation.
 *
 * @param encoder being trained
 * @param head on its pooled vector
 * @param task what the labels mean
 * @param samples labelled
 */
record SupervisedValidation(
    EncoderInTraining encoder, Linear head, Task task, PretrainingRows samples)
    implements Validation {
  private static final int BATCH = 64;

  @Override
  public Map<String, Double> measure(Progress progress) {
    Evaluation evaluation = Evaluation.of(task);
    int batches = (samples.count() + BATCH - 1) / BATCH;
    try (Program program =
            encoder
                .backend()
                .inference("validation", in -> Named.of("logits", head.apply(encoder.pooled(in))));
        Prefetch<Named<HostTensor>> ahead = new Prefetch<>(0, batches, i -> inputs(batch(i)))) {
      for (int i = 0; i < batches; i++) {
        progress.checkStop("during validation");
        List<float[]> targets = batch(i).stream().map(task::target).toList();
        evaluation.add(logits(program, ahead.take()), targets);
      }
    }
    return evaluation.result().metrics();
  }

  private HostTensor logits(Program program, Named<HostTensor> inputs) {
    Named<Tensor> in = inputs.map(encoder.backend()::tensor);
    try (Tensor logits = program.run(in).get("logits")) {
      return encoder.backend().read(logits);
    } finally {
      in.asMap().values().forEach(Tensor::close);
    }
  }

  private List<Example> batch(int i) {
    return samples.rows().subList(i * BATCH, Math.min(samples.count(), (i + 1) * BATCH));
  }

  private Named<HostTensor> inputs(List<Example> batch) {
    Preprocessor preprocessor = encoder.preprocessor();
    return preprocessor.collate(
        batch.stream().map(e -> e.prepare(samples.modality(), preprocessor)).toList());
  }
}
