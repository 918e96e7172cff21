package org.pmf4j.ort;

import java.util.List;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.plugin.PmfPlugin;

/** Brings the backend {@code ort}. Immutable, so that any number of threads may share it. */
public final class OrtPlugin implements PmfPlugin {
  /** For the service loader. */
  public OrtPlugin() {}

  @Override
  public String name() {
    return "ort";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<BackendFactory> backends() {
    return List.of(new OrtBackendFactory());
  }
}
