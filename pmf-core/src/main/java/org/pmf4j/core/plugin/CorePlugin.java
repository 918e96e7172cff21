package org.pmf4j.core.plugin;

import java.util.List;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.core.pmf.PmfMethod;
import org.pmf4j.core.pmf.WholeLayersMethod;

/**
 * What the core itself brings: the method that gives the framework its name, and the same computed
 * literally as in the paper, to compare it with. Immutable, so that any number of threads may share
 * it.
 */
public final class CorePlugin implements PmfPlugin {
  @Override
  public String name() {
    return "core";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<FusionMethod> fusionMethods() {
    return List.of(new PmfMethod(), new WholeLayersMethod());
  }
}
