package org.pmf4j.core.pmf;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.testkit.fusion.FusionMethodConformance;

@DisplayName("PMF, as a fusion method")
class PmfConformanceTest extends FusionMethodConformance {
  @Override
  protected FusionMethod method() {
    return new PmfMethod();
  }

  @Override
  protected BackendFactory backend() {
    return PluginRegistry.discover(getClass().getClassLoader())
        .backends()
        .get(TinyEncoders.BACKEND);
  }

  @Override
  protected List<String> modalities() {
    return List.of("image", "text", "audio");
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(
        Map.of("fusion-layers", "3", "head", "joint"),
        Map.of("query-context-prompts", "0", "fusion-context-prompts", "0"),
        Map.of("pairs", "image>text"));
  }
}
