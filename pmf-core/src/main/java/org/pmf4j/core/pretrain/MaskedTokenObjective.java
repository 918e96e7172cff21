package org.pmf4j.core.pretrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining.MaskedTokens.Vocabulary;
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
 * Guessing masked tokens, as BERT is pretrained (Devlin et al., 2019): 15 % of the tokens are to be
 * guessed; of these 80 % are hidden by the mask token, 10 % replaced at random and 10 % left. A
 * sample has at least one.
 *
 * @param encoder that is trained
 * @param decoder from a token's state to the vocabulary
 * @param input name of the input that holds token ids
 * @param vocabulary of the tokenizer
 * @param samples the training rows
 */
record MaskedTokenObjective(
    EncoderInTraining encoder,
    Linear decoder,
    String input,
    Vocabulary vocabulary,
    PretrainingRows samples)
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
    List<Named<HostTensor>> masked = new ArrayList<>();
    List<long[]> answers = new ArrayList<>();
    for (int row : rows) {
      Named<HostTensor> sample = samples.prepare(row, preprocessor);
      long[] ids = sample.get(input).longs();
      long[] answer = hide(ids, random);
      masked.add(sample.with(input, HostTensor.of(ids, ids.length)));
      answers.add(answer);
    }
    Named<HostTensor> inputs = preprocessor.collate(masked);
    int length = Math.toIntExact(inputs.get(input).shape().dim(1));
    return List.of(Batch.of(samples.modality(), inputs).with(guesses(answers, length)));
  }

  /** Hides tokens in place; returns what they were, and −1 where nothing is to be guessed. */
  private long[] hide(long[] ids, SplittableRandom random) {
    long[] answer = new long[ids.length];
    Arrays.fill(answer, -1);
    int[] candidates = new int[ids.length];
    int n = 0;
    for (int i = 0; i < ids.length; i++) {
      if (!vocabulary.special().contains(Math.toIntExact(ids[i]))) {
        candidates[n++] = i;
      }
    }
    for (int c = 0; c < n; c++) {
      if (random.nextDouble() < 0.15) {
        hide(ids, answer, candidates[c], random);
      }
    }
    if (n > 0 && Arrays.stream(answer).allMatch(a -> a < 0)) {
      hide(ids, answer, candidates[random.nextInt(n)], random);
    }
    return answer;
  }

  private void hide(long[] ids, long[] answer, int at, SplittableRandom random) {
    answer[at] = ids[at];
    double dice = random.nextDouble();
    if (dice < 0.8) {
      ids[at] = vocabulary.mask();
    } else if (dice < 0.9) {
      ids[at] = random.nextInt(vocabulary.size());
    }
  }

  /** The answers [B, N, V] one-hot, and weights [B, N, 1], which sum to 1. */
  private Targets<HostTensor> guesses(List<long[]> answers, int length) {
    int v = vocabulary.size();
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
    return new MaskedTokenObjective(encoder, decoder, input, vocabulary, other);
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
