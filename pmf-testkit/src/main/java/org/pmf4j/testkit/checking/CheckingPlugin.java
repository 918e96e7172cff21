package org.pmf4j.testkit.checking;

import java.util.List;
import java.util.ServiceLoader;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.plugin.PmfPlugin;

/**
 * Offers every backend on the class path a second time, checked. What it finds is thrown, and can
 * be asked of {@link Violations#OF_PROCESS}. Immutable, so that any number of threads may share it.
 */
public final class CheckingPlugin implements PmfPlugin {
  /** For the service loader. */
  public CheckingPlugin() {}

  @Override
  public String name() {
    return "checking";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<BackendFactory> backends() {
    return ServiceLoader.load(PmfPlugin.class, CheckingPlugin.class.getClassLoader()).stream()
        .filter(provider -> provider.type() != CheckingPlugin.class)
        .flatMap(provider -> provider.get().backends().stream())
        .<BackendFactory>map(f -> new CheckingBackendFactory(f, Violations.OF_PROCESS))
        .toList();
  }
}
