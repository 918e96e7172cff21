package org.pmf4j.modalities.family;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Activation;

/** What the configurations of all transformer families share, and the checks that go with it. */
final class FamilyConfig {
  private static final String HEAD_WIDTH = "head_dim";

  private FamilyConfig() {}

  /**
   * What a family calls the settings of its transformer.
   *
   * @param width d
   * @param heads attention heads
   * @param mlpWidth width inside the feed-forward network
   * @param activation its activation
   * @param epsilon of the norms, or null where the family has a fixed one
   */
  record Keys(String width, String heads, String mlpWidth, String activation, String epsilon) {
    /** The keys that BERT and most of its relatives share. */
    static final Keys BERT =
        new Keys(
            "hidden_size",
            "num_attention_heads",
            "intermediate_size",
            "hidden_act",
            "layer_norm_eps");

    Keys withoutEpsilon() {
      return new Keys(width, heads, mlpWidth, activation, null);
    }
  }

  /**
   * The keys that BERT and its relatives share, with the defaults of Hugging Face transformers.
   *
   * @param norm where the family's norms stand
   */
  static TransformerSpec transformer(EncoderConfig config, TransformerSpec.Norm norm) {
    return transformer(config, Keys.BERT, 1e-12, norm);
  }

  /**
   * A family's transformer, with BERT's sizes where nothing is said.
   *
   * @param epsilon of the norms where the configuration does not say
   * @param norm where the family's norms stand
   */
  static TransformerSpec transformer(
      EncoderConfig config, Keys keys, double epsilon, TransformerSpec.Norm norm) {
    int width = config.size(keys.width(), 768);
    int heads = config.size(keys.heads(), 12);
    if (width % heads != 0) {
      throw config.wrong(keys.width(), "a multiple of " + keys.heads() + " " + heads, width);
    }
    if (config.size(HEAD_WIDTH, width / heads) != width / heads) {
      throw config.wrong(
          HEAD_WIDTH,
          keys.width() + " divided by " + keys.heads(),
          config.values().get(HEAD_WIDTH));
    }
    return new TransformerSpec(
        width,
        heads,
        config.size(keys.mlpWidth(), 3072),
        activation(config, keys.activation()),
        norm,
        epsilon(config, keys, epsilon));
  }

  /**
   * A family's pre-norm transformer whose heads may have a width of their own ({@code head_dim})
   * and share keys and values ({@code num_key_value_heads}).
   *
   * @param epsilon of the norms where the configuration does not say
   */
  static TransformerSpec grouped(EncoderConfig config, Keys keys, double epsilon) {
    int width = config.size(keys.width());
    int heads = config.size(keys.heads());
    if (!config.has(HEAD_WIDTH) && width % heads != 0) {
      throw config.wrong(keys.width(), "a multiple of " + keys.heads() + " " + heads, width);
    }
    int headWidth = config.size(HEAD_WIDTH, Math.max(1, width / heads));
    int shared = config.size("num_key_value_heads", heads);
    if (heads % shared != 0) {
      throw config.wrong("num_key_value_heads", "a divisor of " + heads + " heads", shared);
    }
    return new TransformerSpec(
        width,
        heads,
        config.size(keys.mlpWidth()),
        activation(config, keys.activation()),
        TransformerSpec.Mlp.PLAIN,
        TransformerSpec.Norm.PRE,
        epsilon(config, keys, epsilon),
        TransformerSpec.NormKind.LAYER_NORM,
        shared,
        headWidth,
        1 / Math.sqrt(headWidth));
  }

  private static double epsilon(EncoderConfig config, Keys keys, double otherwise) {
    double eps = keys.epsilon() == null ? otherwise : config.number(keys.epsilon(), otherwise);
    if (!(eps > 0)) {
      throw config.wrong(keys.epsilon(), "above 0", eps);
    }
    return eps;
  }

  /** The shape of a transformer with BERT's keys, and its sizes where nothing is said. */
  static EncoderShape shape(EncoderConfig config) {
    int width = config.size(Keys.BERT.width(), 768);
    return new EncoderShape(width, config.size("num_hidden_layers", 12));
  }

  /** An activation by name, GELU where nothing is said. */
  static Activation activation(EncoderConfig config, String key) {
    String name = config.text(key, "gelu");
    try {
      return Activation.named(name);
    } catch (PmfException e) {
      throw PmfException.input(config.source() + ": \"" + key + "\": " + e.getMessage(), e);
    }
  }

  /** The same configuration where missing keys have a family's own defaults. */
  static EncoderConfig withDefaults(EncoderConfig config, Map<String, Object> defaults) {
    Map<String, Object> all = new LinkedHashMap<>(defaults);
    config
        .values()
        .forEach(
            (key, value) -> {
              if (value != null) {
                all.put(key, value);
              }
            });
    return new EncoderConfig(config.source(), all);
  }

  /**
   * Which of two names of one setting a configuration has, if any.
   *
   * @throws PmfException if it has both, with different values
   */
  static Optional<String> either(EncoderConfig config, String name, String other) {
    if (config.has(name) && config.has(other)) {
      Object value = config.values().get(other);
      if (config.number(name, 0) != config.number(other, 0)) {
        throw config.wrong(other, "the same as " + name, value);
      }
    }
    return config.has(name) ? Optional.of(name) : Optional.of(other).filter(config::has);
  }

  /**
   * The same configuration under a family's own names: transformers lets some settings be called as
   * BERT calls them.
   *
   * @param names from BERT's name to the family's
   * @throws PmfException if a setting stands there under both names, with different values
   */
  static EncoderConfig withOwnNames(EncoderConfig config, Map<String, String> names) {
    Map<String, Object> all = new LinkedHashMap<>(config.values());
    names.forEach(
        (other, own) ->
            either(config, own, other)
                .filter(other::equals)
                .ifPresent(key -> all.put(own, all.get(other))));
    return new EncoderConfig(config.source(), all);
  }

  /** Refuses a text that is not the only one supported. */
  static void demand(EncoderConfig config, String key, String only) {
    String found = config.text(key, only);
    if (!found.equals(only)) {
      throw config.wrong(key, "\"" + only + "\", the only kind supported", '"' + found + '"');
    }
  }

  /** A list of whole numbers above 0. */
  static int[] sizes(EncoderConfig config, String key, int... otherwise) {
    if (!config.has(key)) {
      return otherwise;
    }
    if (config.values().get(key) instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(n -> n instanceof Integer i && i > 0)) {
      return list.stream().mapToInt(n -> (Integer) n).toArray();
    }
    throw config.wrong(key, "a list of whole numbers above 0", config.values().get(key));
  }

  /** A height and a width: one number for both, or a list [height, width]. */
  static int[] heightAndWidth(EncoderConfig config, String key, int otherwise) {
    if (!(config.values().get(key) instanceof List<?> list)) {
      int side = config.size(key, otherwise);
      return new int[] {side, side};
    }
    int[] sides = new int[2];
    for (int i = 0; i < 2; i++) {
      boolean fits = list.size() == 2 && list.get(i) instanceof Integer side && side > 0;
      if (!fits) {
        throw config.wrong(key, "a whole number above 0 or a list [height, width]", list);
      }
      sides[i] = (Integer) list.get(i);
    }
    return sides;
  }
}
