package org.pmf4j.api.fusion;

import java.util.OptionalLong;
import org.pmf4j.api.backend.Parameter;

/**
 * A service of the host: makes trainable parameters, from a seed or from saved values. The host
 * owns and closes them. For the one thread that builds the model.
 */
public interface Parameters {
  /**
   * A parameter.
   *
   * @param name as it is saved
   * @param role what the optimizer does to it beside following its gradient
   * @param start how a new one begins
   * @param dims its shape
   * @since API version 2
   */
  Parameter make(String name, Role role, Start start, long... dims);

  /**
   * How many rows what is built is trained on; empty where it is not trained. A penalty that stands
   * for what is known beforehand weighs the less the more rows there are.
   *
   * @since API version 2
   */
  default OptionalLong trainingRows() {
    return OptionalLong.empty();
  }

  /**
   * A parameter whose role follows from its name, as {@link Role#named} has it.
   *
   * @param name as it is saved
   * @param start how a new one begins
   * @param dims its shape
   */
  default Parameter make(String name, Start start, long... dims) {
    return make(name, Role.named(name, dims.length), start, dims);
  }

  /**
   * What an optimizer does to a parameter beside following its gradient.
   *
   * @since API version 2
   */
  enum Role {
    /** Weight decay pulls it towards 0: matrices of linear layers. */
    DECAYED,
    /** Nothing: prompts, biases, norms, embeddings. */
    PLAIN;

    /**
     * The role of a weight that is called as the files of Hugging Face transformers call theirs:
     * what has two dimensions or more and ends in {@code .weight} is decayed, but for embeddings.
     */
    public static Role named(String name, int rank) {
      return rank >= 2 && name.endsWith(".weight") && !name.contains("embeddings")
          ? DECAYED
          : PLAIN;
    }
  }

  /** How a new parameter begins. */
  sealed interface Start {
    /** The same number everywhere. */
    record Constant(double value) implements Start {}

    /** Normal around 0 with the given standard deviation. */
    record Normal(double deviation) implements Start {}

    /** Uniform between −bound and bound. */
    record Uniform(double bound) implements Start {}
  }
}
