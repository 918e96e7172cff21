package org.pmf4j.testkit.plain;

import java.util.List;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.plugin.PmfPlugin;

/**
 * Brings the backend {@code plain}. A test that asks for it by name, {@code Pmf.open("plain",
 * options)}, lists this class in a service file of its own. Stateless, so that any number of
 * threads may share it.
 */
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
