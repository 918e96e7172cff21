package org.pmf4j.core.model;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.training.ParameterStore;

/**
 * Trained tensors of a file as the starting values of parameters; every one must be there, and none
 * may be left over. Immutable, so that any number of threads may share it.
 *
 * @param file for messages
 * @param values by name
 */
public record SavedValues(Path file, Map<String, HostTensor> values)
    implements ParameterStore.Initial {

  /**
   * The tensors of a file.
   *
   * @throws PmfException if it is missing or broken, or has numbers that are none
   */
  static SavedValues read(Path file) {
    return new SavedValues(file, SafetensorsFile.readNumbers(file));
  }

  @Override
  public String place() {
    return file + ": ";
  }

  @Override
  public HostTensor get(String name) {
    HostTensor value = values.get(name);
    if (value == null) {
      throw PmfException.input(file + ": tensor " + name + " is missing");
    }
    return value;
  }

  /**
   * Checks that no tensor is left over.
   *
   * @param used names of all parameters
   */
  public void requireAllUsed(Collection<String> used) {
    TreeSet<String> extra = new TreeSet<>(values.keySet());
    extra.removeAll(used);
    if (!extra.isEmpty()) {
      throw PmfException.input(
          file + ": tensor " + extra.first() + " does not belong to this model");
    }
  }
}
