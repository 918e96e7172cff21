package org.pmf4j.djl;

import java.util.List;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.plugin.PmfPlugin;

/** Brings the backend {@code djl}. Immutable, so that any number of threads may share it. */
public final class DjlPlugin implements PmfPlugin {
  /** For the service loader. */
  public DjlPlugin() {}

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<BackendFactory> backends() {
    return List.of(new DjlBackendFactory());
  }
}
