package org.pmf4j.tf;

import java.util.List;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.plugin.PmfPlugin;

/** Brings the backend {@code tf}. Immutable, so that any number of threads may share it. */
public final class TfPlugin implements PmfPlugin {
  /** For the service loader. */
  public TfPlugin() {}

  @Override
  public String name() {
    return "tf";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<BackendFactory> backends() {
    return List.of(new TfBackendFactory());
  }
}
