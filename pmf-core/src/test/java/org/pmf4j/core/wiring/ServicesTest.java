package org.pmf4j.core.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.ConfigurationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import jakarta.inject.Inject;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.core.plugin.PluginRegistry;

@DisplayName("The wiring")
class ServicesTest {
  private static final PluginRegistry FOUND =
      PluginRegistry.discover(ServicesTest.class.getClassLoader());

  /** A service that nobody states. */
  static final class Unstated {
    @Inject
    Unstated(Backend backend) {
      assertThat(backend).isNotNull();
    }
  }

  /** Offers one backend, and keeps count of how often it is opened. */
  private static final class Counting implements PmfPlugin, BackendFactory {
    private final Supplier<Backend> opening;
    private int opened;

    Counting(Supplier<Backend> opening) {
      this.opening = opening;
    }

    @Override
    public Backend open(BackendOptions options) {
      opened++;
      return opening.get();
    }

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public String description() {
      return "counts";
    }

    @Override
    public int apiVersion() {
      return API_VERSION;
    }

    @Override
    public List<BackendFactory> backends() {
      return List.of(this);
    }

    Injector injector() {
      PluginRegistry plugins = new PluginRegistry(List.of(this));
      return Guice.createInjector(
          Stage.PRODUCTION,
          new CoreModule(plugins, new OpenedBackend(plugins, "counting", BackendOptions.DEFAULT)));
    }
  }

  private static Backend real(String name) {
    return FOUND.backends().get(name).open(BackendOptions.DEFAULT);
  }

  @ParameterizedTest(name = "on {0}")
  @ValueSource(strings = {"djl", "tf"})
  @DisplayName("gives every service, each once, over a backend that is opened once and at once")
  void everyService(String name) throws ReflectiveOperationException {
    Counting plugin = new Counting(() -> real(name));
    Injector injector = plugin.injector();
    assertThat(plugin.opened).isEqualTo(1);
    Services services = injector.getInstance(Services.class);
    try (Backend backend = services.backend()) {
      assertThat(backend.info().name()).isEqualTo(name);
      for (RecordComponent part : Services.class.getRecordComponents()) {
        assertThat(part.getAccessor().invoke(services))
            .as(part.getName())
            .isNotNull()
            .isSameAs(injector.getInstance(part.getType()));
      }
      assertThat(plugin.opened).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("gives nothing that the module does not state")
  void strict() {
    Injector injector = new Counting(() -> real("djl")).injector();
    try (Backend backend = injector.getInstance(Backend.class)) {
      assertThat(backend.info().name()).isEqualTo("djl");
      assertThatThrownBy(() -> injector.getInstance(Unstated.class))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("Explicit bindings are required");
    }
  }

  @Test
  @DisplayName("hands on what a backend says that does not open, after one try")
  void doesNotOpen() {
    PmfException broken = new PmfException(ErrorKind.ENVIRONMENT, "the device is taken", null);
    Counting plugin =
        new Counting(
            () -> {
              throw broken;
            });
    PluginRegistry plugins = new PluginRegistry(List.of(plugin));
    assertThatThrownBy(() -> Services.wire(plugins, "counting", BackendOptions.DEFAULT))
        .isSameAs(broken);
    assertThat(plugin.opened).isEqualTo(1);
  }

  @Test
  @DisplayName("says so if there is no backend of that name")
  void noSuchBackend() {
    assertThatThrownBy(() -> Services.wire(FOUND, "abacus", BackendOptions.DEFAULT))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("unknown backend 'abacus'");
  }
}
