package org.pmf4j.methods;

import java.util.List;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.methods.late.LateConcatMethod;
import org.pmf4j.methods.late.UnimodalMethod;
import org.pmf4j.methods.mbt.MbtMethod;
import org.pmf4j.methods.mmbt.MmbtMethod;
import org.pmf4j.methods.mope.MopeMethod;
import org.pmf4j.methods.probe.LinearProbeMethod;
import org.pmf4j.methods.promptfuse.PromptFuseMethod;

/**
 * Brings the fusion methods that PMF is compared with. Immutable, so that any number of threads may
 * share it.
 */
public final class MethodsPlugin implements PmfPlugin {
  @Override
  public String name() {
    return "methods";
  }

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public List<FusionMethod> fusionMethods() {
    return List.of(
        new LinearProbeMethod(),
        new UnimodalMethod(),
        new LateConcatMethod(),
        new MmbtMethod(),
        new MbtMethod(),
        new PromptFuseMethod(),
        new MopeMethod());
  }
}
