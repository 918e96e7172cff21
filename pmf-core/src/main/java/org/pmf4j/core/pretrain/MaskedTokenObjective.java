package org.pmf4j.core.pretrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining.MaskedFeatures.Masked;
import org.pmf4j.api.modality.Pretraining.MaskedFeatures.Masking;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.Targets;
import org.pmf4j.core.training.Objective;
import org.pmf4j.core.training.TrainedParameter;

/**
 * Guessing masked tokens from what is left of a sample.
 *
 * @param encoder that is trained
 * @param decoder from a token's state to the vocabulary
 * @param masking hides tokens
 * @param samples the training rows
 */
record MaskedTokenObjective(
    EncoderInTraining encoder, Linear decoder, Masking masking, PretrainingRows samples)
    implements Objective {

  @Override
  public List<TrainedParameter> parameters() {
    return encoder.parameters();
  }

  @Override
  public int rows() {
    return samples.count();
  }

  @Override
  public int length(int row) {
    Preprocessor preprocessor = encoder.preprocessor();
    return preprocessor.length(samples.prepare(row, preprocessor));
  }

  @Override
  public List<Batch<HostTensor>> prepare(List<Integer> rows, int epoch, long seed) {
    Preprocessor preprocessor = encoder.preprocessor();
    SplittableRandom random = new SplittableRandom(seed);
    List<Named<HostTensor>> hidden = new ArrayList<>();
    List<long[]> answers = new ArrayList<>();
    for (int row : rows) {
      Masked masked = masking.hide(samples.prepare(row, preprocessor), random);
      hidden.add(masked.sample());
      answers.add(masked.answers());
    }
    Named<HostTensor> inputs = preprocessor.collate(hidden);
    int length = answers.stream().mapToInt(a -> a.length).max().orElseThrow();
    return List.of(Batch.of(samples.modality(), inputs).with(guesses(answers, length)));
  }

  /** The answers [B, N, V] one-hot, and weights [B, N, 1], which sum to 1. */
  private Targets<HostTensor> guesses(List<long[]> answers, int length) {
    int v = masking.vocabulary();
    int b = answers.size();
    float[] oneHot = new float[Math.multiplyExact(b * length, v)];
    float[] weights = new float[b * length];
    long count = answers.stream().flatMapToLong(Arrays::stream).filter(a -> a >= 0).count();
    for (int i = 0; i < b; i++) {
      for (int j = 0; j < answers.get(i).length; j++) {
        long a = answers.get(i)[j];
        if (a >= 0) {
          oneHot[(i * length + j) * v + (int) a] = 1;
          weights[i * length + j] = 1f / count;
        }
      }
    }
    return new Targets<>(HostTensor.of(oneHot, b, length, v), HostTensor.of(weights, b, length, 1));
  }

  @Override
  public Batch<Tensor> place(Batch<HostTensor> batch) {
    return encoder.place(batch);
  }

  @Override
  public Tensor loss(Batch<Tensor> batch) {
    return loss(logProbabilities(batch), batch.requireTargets());
  }

  /** {@code loss} [1], and {@code right} [1], the share of masked tokens that are guessed. */
  Named<Tensor> measure(Batch<Tensor> batch) {
    Targets<Tensor> answers = batch.requireTargets();
    Tensor guesses = logProbabilities(batch);
    Tensor answer = guesses.mul(answers.values()).sum(-1);
    Tensor missed = guesses.max(-1).greaterThan(answer).cast(guesses.dtype());
    Tensor right = missed.neg().add(1).mul(answers.weights()).sum().reshape(1);
    return Named.of("loss", loss(guesses, answers)).with("right", right);
  }

  /** The same encoder over other rows. */
  MaskedTokenObjective over(PretrainingRows other) {
    return new MaskedTokenObjective(encoder, decoder, masking, other);
  }

  private Tensor logProbabilities(Batch<Tensor> batch) {
    Tokens tokens = encoder.lastStates(batch.encoderInput(samples.modality()));
    return Neural.logSoftmax(decoder.apply(encoder.encoder().finalNorm(tokens.states())), -1);
  }

  private static Tensor loss(Tensor logProbabilities, Targets<Tensor> answers) {
    Tensor picked = logProbabilities.mul(answers.values()).sum(-1);
    return picked.mul(answers.weights()).sum().neg().reshape(1);
  }
}
