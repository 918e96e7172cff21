package org.pmf4j.core.training;

import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.Numbers;
import org.pmf4j.core.safetensors.SafetensorsFile;

/** The optimizer's moments in a checkpoint, or none. */
final class SavedMoments implements ParameterStore.Initial, AutoCloseable {
  private final SafetensorsFile file;

  private SavedMoments(SafetensorsFile file) {
    this.file = file;
  }

  static SavedMoments of(Checkpoints checkpoints, boolean resume) {
    return new SavedMoments(resume ? SafetensorsFile.open(checkpoints.last()) : null);
  }

  @Override
  public HostTensor get(String name) {
    if (file == null) {
      return null;
    }
    HostTensor moment = file.tensor(name);
    Numbers.require(file.source(), name, moment);
    return moment;
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
