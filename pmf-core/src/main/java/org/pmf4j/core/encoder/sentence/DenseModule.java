package org.pmf4j.core.encoder.sentence;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/**
 * The settings of a Dense module. Immutable.
 *
 * @param folder where its weights are
 * @param path the same in the folder of the model
 * @param in width of the vectors that it takes
 * @param out width of those that it gives
 * @param bias whether it has one
 * @param activation what follows
 */
record DenseModule(
    Path folder, String path, int in, int out, boolean bias, UnaryOperator<Tensor> activation) {
  private static final String ACTIVATION = "activation_function";
  private static final String TORCH = "torch.nn.";
  private static final String LAYER = "linear";

  /**
   * Reads them.
   *
   * @throws PmfException for a module that works on other than the pooled vector, adds what it
   *     takes to what it gives, or has an activation that is not known
   */
  static DenseModule read(Path folder, String path, EncoderConfig config) {
    SentenceVector.requireOfVector(config);
    if (config.flag("use_residual", false)) {
      throw config.wrong("use_residual", "false; " + SentenceVector.ADVICE, true);
    }
    return new DenseModule(
        folder,
        path,
        config.size("in_features"),
        config.size("out_features"),
        config.flag("bias", true),
        activation(config));
  }

  private static UnaryOperator<Tensor> activation(EncoderConfig config) {
    String name = config.text(ACTIVATION, TORCH + "Tanh");
    String plain = name.substring(name.lastIndexOf('.') + 1);
    return switch (name.startsWith(TORCH) ? plain : "") {
      case "Identity" -> x -> x;
      case "Tanh" -> Activation.TANH::apply;
      case "ReLU" -> Activation.RELU::apply;
      case "GELU" -> Activation.GELU::apply;
      case "SiLU" -> Activation.SILU::apply;
      case "Sigmoid" -> Tensor::sigmoid;
      default ->
          throw PmfException.input(
              String.format(
                  Locale.ROOT,
                  "%s: \"%s\" is %s; known are Identity, Tanh, ReLU, GELU, SiLU and Sigmoid of"
                      + " PyTorch; %s",
                  config.source(),
                  ACTIVATION,
                  Quoted.of(name.startsWith(TORCH) ? plain : name),
                  SentenceVector.ADVICE));
    };
  }

  /**
   * The module over its weights.
   *
   * @param weights those in its folder
   */
  VectorStep step(Weights weights) {
    Tensor weight = weights.get(LAYER + ".weight", out, in);
    Linear layer = new Linear(weight, bias ? weights.get(LAYER + ".bias", out) : null);
    return new VectorStep.Dense(layer, activation);
  }
}
