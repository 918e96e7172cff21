package org.pmf4j.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.Tuning;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.model.PlannedMethod;

/** What version 1 had in place of settings and a plan: defaults, tuning, and a map to build by. */
@DisplayName("A fusion method of version 1 of the interfaces")
class VersionOneMethodTest {
  @TempDir private Path work;
  @TempDir private Path folder;

  @Test
  @DisplayName("is planned by what its model says of itself")
  void firstVersion() throws IOException {
    PluginJars.in(work)
        .source(
            "First",
            """
            import java.util.*;
            import org.pmf4j.api.backend.Parameter;
            import org.pmf4j.api.encoder.*;
            import org.pmf4j.api.fusion.*;
            import org.pmf4j.api.tensor.*;
            public class First implements org.pmf4j.api.plugin.PmfPlugin, FusionMethod {
              @Override public String name() { return "first"; }
              @Override public int apiVersion() { return 1; }
              @Override public List<FusionMethod> fusionMethods() { return List.of(this); }
              @Override public String description() { return "of version 1"; }
              @Override public Map<String, Object> defaults() { return Map.of("last_layers", 2); }
              @Override public Tuning tuning() { return Tuning.FULL; }
              @Override public FusionModel build(Named<Encoder> encoders, int outputs,
                  Map<String, Object> settings, Parameters parameters) {
                int layers = (Integer) settings.get("last_layers");
                Parameter p = parameters.make("p", new Parameters.Start.Constant(1), outputs);
                return new FusionModel() {
                  @Override public List<Parameter> parameters() { return List.of(p); }
                  @Override public int fusionLayers(String modality) { return layers; }
                  @Override public Set<String> required() { return Set.of("text"); }
                  @Override public Tensor logits(Named<Tokens> trunk) { return p.value(); }
                };
              }
            }
            """)
        .service("First")
        .write(folder.resolve("first.jar"));
    try (PluginRegistry found =
        PluginRegistry.discover(VersionOneMethodTest.class.getClassLoader(), folder)) {
      FusionMethod first = found.fusionMethods().get("first");
      Named<EncoderShape> encoders =
          Named.of("image", new EncoderShape(4, 3)).with("text", new EncoderShape(8, 5));
      Settings one = PlannedMethod.settings(first, Map.of("last_layers", "1"));
      assertThat(PlannedMethod.of(first, one, encoders).plan())
          .isEqualTo(
              new FusionPlan(Named.of("image", 1).with("text", 1), Set.of("text"), Tuning.FULL));
      assertThatThrownBy(() -> PlannedMethod.settings(first, Map.of("last_layers", "few")))
          .hasMessage("last_layers of method first must be a whole number, of any size, got 'few'");
    }
  }
}
