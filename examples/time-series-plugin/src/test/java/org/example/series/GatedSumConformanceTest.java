package org.example.series;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.testkit.fusion.FusionMethodConformance;
import org.pmf4j.testkit.plain.PlainBackendFactory;

@DisplayName("The gated sum")
class GatedSumConformanceTest extends FusionMethodConformance {
  @Override
  protected FusionMethod method() {
    return new GatedSumMethod();
  }

  @Override
  protected List<Map<String, String>> variants() {
    return List.of(Map.of("width", "1"));
  }

  @Override
  protected BackendFactory backend() {
    return new PlainBackendFactory();
  }
}
