package org.pmf4j.bench;

import java.util.List;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.core.pmf.WholeLayersMethod;

/** Brings the fusion methods that PMF is compared with. */
public final class BenchPlugin implements PmfPlugin {
  @Override
  public String name() {
    return "bench";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<FusionMethod> fusionMethods() {
    return List.of(new WholeLayersMethod());
  }
}
