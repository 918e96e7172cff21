package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * The tokens of a row's features (Gorishniy et al., 2021, section 3.3), CLS first: x_j · w_j + b_j
 * of a number, or a vector of its own where there is none; a row of a table and b_j of a category.
 *
 * @param cls [1, 1, d]
 * @param numbers of the numbers, if there are any
 * @param categories of the categories, if there are any
 */
record FeatureTokenizer(Tensor cls, Optional<Numbers> numbers, Optional<Categories> categories) {
  private static final String COUNT = "num_numbers";
  private static final String CARDINALITIES = "cardinalities";

  /**
   * What numbers are turned into tokens by.
   *
   * @param weight [1, K, d]
   * @param bias [1, K, d]
   * @param missing the token of a number that is not there, [1, K, d]
   */
  record Numbers(Tensor weight, Tensor bias, Tensor missing) {
    private static Numbers of(int count, int d, Weights w) {
      return new Numbers(
          w.get("weight", 1, count, d), w.get("bias", 1, count, d), w.get("missing", 1, count, d));
    }

    private Tensor tokens(Tensor values, Tensor present) {
      Tensor x = values.reshape(Tensor.KEEP, Tensor.KEEP, 1);
      Tensor there = present.reshape(Tensor.KEEP, Tensor.KEEP, 1);
      return missing.add(x.mul(weight).add(bias).sub(missing).mul(there));
    }
  }

  /**
   * What categories are turned into tokens by.
   *
   * @param table one row for each id of each category, [rows, d]
   * @param bias [1, C, d]
   */
  record Categories(Tensor table, Tensor bias) {
    private static Categories of(int[] cardinalities, int d, Weights w) {
      int rows = 0;
      for (int cardinality : cardinalities) {
        rows = Math.addExact(rows, cardinality);
      }
      return new Categories(w.get("table", rows, d), w.get("bias", 1, cardinalities.length, d));
    }

    private Tensor tokens(Tensor ids) {
      return Neural.gather(table, ids).add(bias);
    }
  }

  /**
   * The tokenizer of a configuration.
   *
   * @throws org.pmf4j.api.error.PmfException if it has no features, or wrong numbers of them
   */
  static FeatureTokenizer of(EncoderConfig config, int d, Weights w) {
    int count = config.number(COUNT, 0) == 0 ? 0 : config.size(COUNT);
    boolean none = config.values().get(CARDINALITIES) instanceof List<?> list && list.isEmpty();
    int[] cardinalities = none ? new int[0] : FamilyConfig.sizes(config, CARDINALITIES);
    if (count + cardinalities.length == 0) {
      throw config.wrong(COUNT, "above 0 where there are no " + CARDINALITIES, count);
    }
    return new FeatureTokenizer(
        w.get("cls", 1, 1, d),
        count == 0 ? Optional.empty() : Optional.of(Numbers.of(count, d, w.under("numbers."))),
        cardinalities.length == 0
            ? Optional.empty()
            : Optional.of(Categories.of(cardinalities, d, w.under("categories."))));
  }

  /** States [B, 1 + K + C, d] of {@code numbers}, {@code present} and {@code categories}. */
  Tokens embed(Named<Tensor> inputs) {
    List<Tensor> parts = new ArrayList<>();
    numbers.ifPresent(n -> parts.add(n.tokens(inputs.get("numbers"), inputs.get("present"))));
    categories.ifPresent(c -> parts.add(c.tokens(inputs.get("categories"))));
    parts.add(0, cls.repeatFor(parts.get(0)));
    return Tokens.of(Tensor.concat(1, parts));
  }
}
