package org.pmf4j.testkit.plain;

import java.util.List;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.plugin.PmfPlugin;

/** Brings the backend {@code plain}. */
public final class PlainPlugin implements PmfPlugin {
  /** For the service loader. */
  public PlainPlugin() {}

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<BackendFactory> backends() {
    return List.of(new PlainBackendFactory());
  }
}
