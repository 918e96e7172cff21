package org.pmf4j.core.pretrain;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.pmf4j.api.modality.Pretraining.MaskedFeatures.Masked;
import org.pmf4j.api.modality.Pretraining.MaskedFeatures.Masking;
import org.pmf4j.api.modality.Pretraining.MaskedTokens.Vocabulary;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * Hides tokens of a text as BERT is pretrained (Devlin et al., 2019): 15 % of the tokens are to be
 * guessed; of these 80 % are hidden by the mask token, 10 % replaced at random and 10 % left. A
 * sample has at least one.
 *
 * @param input name of the input that holds token ids
 * @param tokens of the tokenizer
 */
record HiddenTokens(String input, Vocabulary tokens) implements Masking {
  private static final double SHARE = 0.15;

  @Override
  public int vocabulary() {
    return tokens.size();
  }

  @Override
  public Masked hide(Named<HostTensor> sample, RandomGenerator random) {
    long[] ids = sample.get(input).longs();
    long[] answers = hide(ids, random);
    return new Masked(sample.with(input, HostTensor.of(ids, ids.length)), answers);
  }

  /** Hides tokens in place; returns what they were, and −1 where nothing is to be guessed. */
  private long[] hide(long[] ids, RandomGenerator random) {
    long[] answer = new long[ids.length];
    Arrays.fill(answer, -1);
    int[] candidates = new int[ids.length];
    int n = 0;
    for (int i = 0; i < ids.length; i++) {
      if (!tokens.special().contains(Math.toIntExact(ids[i]))) {
        candidates[n++] = i;
      }
    }
    for (int c = 0; c < n; c++) {
      if (random.nextDouble() < SHARE) {
        hide(ids, answer, candidates[c], random);
      }
    }
    if (n > 0 && Arrays.stream(answer).allMatch(a -> a < 0)) {
      hide(ids, answer, candidates[random.nextInt(n)], random);
    }
    return answer;
  }

  private void hide(long[] ids, long[] answer, int at, RandomGenerator random) {
    answer[at] = ids[at];
    double dice = random.nextDouble();
    if (dice < 0.8) {
      ids[at] = tokens.mask();
    } else if (dice < 0.9) {
      ids[at] = random.nextInt(tokens.size());
    }
  }
}
