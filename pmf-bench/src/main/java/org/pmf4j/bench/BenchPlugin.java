package org.pmf4j.bench;

import java.util.List;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.bench.fusion.late.LateConcatMethod;
import org.pmf4j.bench.fusion.late.UnimodalMethod;
import org.pmf4j.bench.fusion.mbt.MbtMethod;
import org.pmf4j.bench.fusion.mmbt.MmbtMethod;
import org.pmf4j.bench.fusion.mope.MopeMethod;
import org.pmf4j.bench.fusion.promptfuse.PromptFuseMethod;
import org.pmf4j.core.pmf.WholeLayersMethod;

/**
 * Brings the fusion methods that PMF is compared with. Immutable, so that any number of threads may
 * share it.
 */
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
    return List.of(
        new WholeLayersMethod(),
        new UnimodalMethod(),
        new LateConcatMethod(),
        new MmbtMethod(),
        new MbtMethod(),
        new PromptFuseMethod(),
        new MopeMethod());
  }
}
