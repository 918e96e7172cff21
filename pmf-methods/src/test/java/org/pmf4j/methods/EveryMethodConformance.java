package org.pmf4j.methods;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.methods.late.LateConcatMethod;
import org.pmf4j.methods.late.UnimodalMethod;
import org.pmf4j.methods.mbt.MbtMethod;
import org.pmf4j.methods.mmbt.MmbtMethod;
import org.pmf4j.methods.mope.MopeMethod;
import org.pmf4j.methods.probe.LinearProbeMethod;
import org.pmf4j.methods.promptfuse.PromptFuseMethod;
import org.pmf4j.testkit.fusion.FusionMethodConformance;

/** The testkit's suite for each method, on the backend that a test class names. */
abstract class EveryMethodConformance {
  private static final PluginRegistry PLUGINS =
      PluginRegistry.discover(EveryMethodConformance.class.getClassLoader());

  private final String backend;

  EveryMethodConformance(String backend) {
    this.backend = backend;
  }

  /** The suite for one method. */
  abstract class Suite extends FusionMethodConformance {
    private final FusionMethod method;
    private final List<Map<String, String>> variants;

    Suite(FusionMethod method) {
      this(method, List.of());
    }

    Suite(FusionMethod method, List<Map<String, String>> variants) {
      this.method = method;
      this.variants = variants;
    }

    @Override
    protected FusionMethod method() {
      return method;
    }

    @Override
    protected BackendFactory backend() {
      return PLUGINS.backends().get(backend);
    }

    @Override
    protected List<Map<String, String>> variants() {
      return variants;
    }
  }

  @Nested
  @DisplayName("linear-probe")
  class LinearProbe extends Suite {
    LinearProbe() {
      super(new LinearProbeMethod());
    }
  }

  @Nested
  @DisplayName("unimodal")
  class Unimodal extends Suite {
    Unimodal() {
      super(new UnimodalMethod());
    }

    @Override
    protected List<String> modalities() {
      return List.of("text");
    }
  }

  @Nested
  @DisplayName("late-concat")
  class LateConcat extends Suite {
    LateConcat() {
      super(new LateConcatMethod());
    }
  }

  @Nested
  @DisplayName("mmbt")
  class Mmbt extends Suite {
    Mmbt() {
      super(new MmbtMethod(), List.of(Map.of("main", "image"), Map.of("regions", "0")));
    }
  }

  @Nested
  @DisplayName("mbt")
  class Mbt extends Suite {
    Mbt() {
      super(new MbtMethod(), List.of(Map.of("fusion-layers", "2", "bottleneck-tokens", "1")));
    }
  }

  @Nested
  @DisplayName("prompt-fuse")
  class PromptFuse extends Suite {
    PromptFuse() {
      super(new PromptFuseMethod(), List.of(Map.of("main", "image", "prompt-length", "1")));
    }

    @Override
    protected List<String> modalities() {
      return List.of("image", "text", "audio");
    }
  }

  @Nested
  @DisplayName("mope")
  class Mope extends Suite {
    Mope() {
      super(new MopeMethod(), List.of(Map.of("main", "image", "experts", "2")));
    }
  }
}
