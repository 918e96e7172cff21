package org.pmf4j.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.core.pmf.PmfMethod;

@DisplayName("The registry of plugins")
class PluginRegistryTest {
  private record Named(String name) implements PmfPlugin {
    @Override
    public int apiVersion() {
      return API_VERSION;
    }

    @Override
    public List<FusionMethod> fusionMethods() {
      return List.of(new PmfMethod());
    }
  }

  @Test
  @DisplayName("finds what is on the class path")
  void discovers() {
    PluginRegistry found = PluginRegistry.discover(PluginRegistryTest.class.getClassLoader());
    assertThat(found.backends().all()).containsKey("djl");
    assertThat(found.modalities().all()).containsKeys("image", "text");
    assertThat(found.encoderFamilies().modelTypes()).contains("vit", "bert");
    assertThat(found.fusionMethods().all()).containsKeys("pmf", "pmf-whole-layers");
  }

  @Test
  @DisplayName("refuses a name that two plugins claim, naming both")
  void duplicateName() {
    assertThatThrownBy(() -> new PluginRegistry(List.of(new Named("one"), new Named("two"))))
        .hasMessage(
            "fusion method 'pmf' is offered by two plugins, one and two; remove one of their jars");
  }

  @Test
  @DisplayName("says which jar would bring a backend that is not there")
  void missingBackend() {
    PluginRegistry empty = new PluginRegistry(List.of());
    assertThatThrownBy(() -> empty.backends().get("tf"))
        .hasMessage(
            "unknown backend 'tf' (there is none); add org.pmf4j:pmf-backend-tf to the class path");
    assertThatThrownBy(() -> empty.backends().get("abacus"))
        .hasMessageContaining("djl comes with org.pmf4j:pmf-backend-djl")
        .hasMessageContaining("tf comes with org.pmf4j:pmf-backend-tf");
  }

  @Test
  @DisplayName("names what there is when a name is unknown")
  void unknownName() {
    PluginRegistry one = new PluginRegistry(List.of(new Named("one")));
    assertThatThrownBy(() -> one.fusionMethods().get("mbt"))
        .hasMessage(
            "unknown fusion method 'mbt' (known: [pmf]); add org.pmf4j:pmf-methods to the class path");
    assertThatThrownBy(() -> one.fusionMethods().get("mft"))
        .hasMessage(
            "unknown fusion method 'mft' (known: [pmf]); late-concat, linear-probe, mbt, mmbt, mope,"
                + " prompt-fuse, unimodal come with org.pmf4j:pmf-methods");
  }
}
