package org.pmf4j.api.nn;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/** Activation functions, under the names that Hugging Face configurations use. */
public enum Activation {
  /** max(x, 0). */
  RELU(Tensor::relu),
  /** GELU by the error function. */
  GELU(Neural::gelu),
  /** GELU by its tanh approximation. */
  GELU_TANH(Neural::geluTanh),
  /** x · sigmoid(1.702 x). */
  QUICK_GELU(x -> x.mul(x.mul(1.702).sigmoid())),
  /** x · sigmoid(x), also called swish. */
  SILU(x -> x.mul(x.sigmoid())),
  /** Hyperbolic tangent. */
  TANH(Tensor::tanh);

  private final UnaryOperator<Tensor> function;

  Activation(UnaryOperator<Tensor> function) {
    this.function = function;
  }

  /** Applies the function element by element. */
  public Tensor apply(Tensor x) {
    return function.apply(x);
  }

  /**
   * The activation that a {@code config.json} names.
   *
   * @throws PmfException for a name not known here
   */
  public static Activation named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "relu" -> RELU;
      case "gelu", "gelu_python" -> GELU;
      case "gelu_tanh",
          "gelu_new",
          "gelu_pytorch_tanh",
          "gelu_fast",
          "gelu_python_tanh",
          "gelu_accurate" ->
          GELU_TANH;
      case "quick_gelu" -> QUICK_GELU;
      case "silu", "swish" -> SILU;
      case "tanh" -> TANH;
      default ->
          throw PmfException.input(
              "unknown activation '" + name + "'; known: relu, gelu, gelu_new, quick_gelu, silu");
    };
  }
}
